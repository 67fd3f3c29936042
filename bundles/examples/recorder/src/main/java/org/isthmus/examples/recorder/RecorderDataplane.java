package org.isthmus.examples.recorder;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The data plane "user" with a recorder in front of it: what passes in tunnels with {@code dataplane recorder} is written to data/recorder.pcap,
 * or to {@code file} of etc/org.isthmus.examples.recorder.cfg, up to so many {@code megabytes}, 100 if nothing is said. Paths of sessions
 * are those of "user" itself: packets of a tunnel come and go by its {@link TunnelPath} and {@link TunnelPort} alone.
 */
@Component(service = Dataplane.class, immediate = true, // else it would be taken down when the engine, its only user, is replaced
        configurationPid = "org.isthmus.examples.recorder", property = {"name=recorder", "service.ranking:Integer=-10"})
public final class RecorderDataplane implements Dataplane {
    private static final String MEGABYTES = "100";

    private final Dataplane user;
    private final PcapFile file;

    @Activate
    public RecorderDataplane(@Reference(target = "(name=user)", policyOption = ReferencePolicyOption.GREEDY) Dataplane user,
            Map<String, Object> configuration) {
        this(user, new PcapFile(
                Path.of(System.getProperty("karaf.data", "data")).resolve(String.valueOf(configuration.getOrDefault("file", "recorder.pcap"))),
                1_000_000 * Long.parseLong(String.valueOf(configuration.getOrDefault("megabytes", MEGABYTES)).strip())));
    }

    RecorderDataplane(Dataplane user, PcapFile file) {
        this.user = user;
        this.file = file;
        file.open();
    }

    @Deactivate
    void close() {
        file.close();
    }

    @Override
    public String name() {
        return "recorder";
    }

    @Override
    public Set<Ability> abilities() {
        return user.abilities();
    }

    @Override
    public Optional<String> objection() {
        return user.objection();
    }

    @Override
    public void configure(DataplaneSettings settings) {
        // The engine tells "user" itself.
    }

    @Override
    public CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port) {
        RecordedTunnel recorded = new RecordedTunnel(file, spec, port);
        return user.openTunnel(spec, recorded).thenApply(recorded::on);
    }
}
