package org.isthmus.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.Dataplane.Ability;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data planes that there are, the best first, and which of them may serve a tunnel: the one that the configuration names, or with
 * {@code auto} each that can. Any thread may ask; who changes it does so one at a time.
 */
final class Dataplanes {
    private static final Logger LOG = LoggerFactory.getLogger(Dataplanes.class);
    private static final String AUTO = "auto";

    private final Plugins plugins;
    private volatile List<Dataplane> all = List.of();
    /** Those of them that can work on this machine. */
    private volatile List<Dataplane> usable = List.of();
    private String told = "";
    /** Before it is, nobody is asked whether it can work: they come one after the other. */
    private boolean configured;

    Dataplanes(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Others have come or some have gone. */
    void are(List<Dataplane> ranked, Settings system) {
        all = List.copyOf(ranked);
        if (configured) {
            configure(system);
        }
    }

    /** Tells each what the system block wants, and asks it again whether it can work. */
    void configure(Settings system) {
        configured = true;
        DataplaneSettings settings = new DataplaneSettings(system.get(SystemParameters.INTERFACE_MODE),
                system.get(SystemParameters.SHARED_INTERFACE_NAME));
        StringBuilder objections = new StringBuilder();
        usable = all.stream().filter(dataplane -> {
            try {
                dataplane.configure(settings);
                Optional<String> objection = dataplane.objection();
                objection.ifPresent(why -> objections.append("; ").append(dataplane.name()).append(" cannot be used: ").append(why));
                return objection.isEmpty();
            } catch (RuntimeException broken) {
                plugins.failed(dataplane, broken);
                return true;
            }
        }).toList();
        String now = "data plane: " + chosen(system).map(Dataplane::name).orElse("none") + objections;
        if (!now.equals(told)) {
            told = now;
            LOG.info("{}", now);
        }
    }

    /** The one for tunnels that name none. */
    Optional<Dataplane> chosen(Settings system) {
        return named(system.get(SystemParameters.DATAPLANE)).stream().findFirst();
    }

    /** Those that may serve a tunnel, the best first. */
    List<Dataplane> of(Settings tunnel, Settings system, ProtocolVersion version, Encapsulation encapsulation) {
        Set<Ability> needed = Set.of(version == ProtocolVersion.V2 ? Ability.L2TPV2 : Ability.L2TPV3,
                encapsulation == Encapsulation.UDP ? Ability.UDP : Ability.IP);
        return named(wanted(tunnel, system)).stream()
                .filter(dataplane -> dataplane.abilities().containsAll(needed)).toList();
    }

    /** Why there is none for a tunnel, and what to do about it. */
    String lack(Settings tunnel, Settings system) {
        String name = wanted(tunnel, system);
        if (all.isEmpty()) {
            return "there is no data plane: install the feature l2tp-dataplane-user";
        }
        Optional<Dataplane> meant = all.stream().filter(dataplane -> dataplane.name().equals(name)).findFirst();
        if (name.equals(AUTO) || meant.isPresent() && usable.contains(meant.get())) {
            return "no data plane can carry a tunnel of this version and encapsulation (dataplane " + name + ")";
        }
        return meant.isEmpty() ? "there is no data plane \"" + name + "\": install the feature l2tp-dataplane-" + name
                + ", or set dataplane to " + AUTO
                : "the data plane \"" + name + "\" cannot be used: " + meant.get().objection().orElse("it does not say why");
    }

    private List<Dataplane> named(String name) {
        return name.equals(AUTO) ? usable : usable.stream().filter(dataplane -> dataplane.name().equals(name)).toList();
    }

    private static String wanted(Settings tunnel, Settings system) {
        return tunnel.find(TunnelParameters.DATAPLANE).orElseGet(() -> system.get(SystemParameters.DATAPLANE));
    }
}
