package org.isthmus.pppd;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import org.isthmus.api.ppp.PppPort;
import org.isthmus.api.ppp.PppProvider;
import org.isthmus.api.ppp.PppProviderSettings;
import org.isthmus.api.ppp.PppRun;
import org.isthmus.api.ppp.PppSpec;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The {@code ppp_provider} {@code pppd}: the service itself. The property {@code isthmus.pppd} of the framework names another program
 * than /usr/sbin/pppd.
 */
@Component(service = PppProvider.class, immediate = true) // else it would be taken down when the engine is replaced
public final class PppdProvider implements PppProvider {
    private final Launcher launcher;
    private final AtomicLong lastRun = new AtomicLong();

    /** @throws LinuxException if the process has no descriptors left */
    @Activate
    public PppdProvider(BundleContext context) throws LinuxException {
        this(Path.of(property(context, "isthmus.pppd", "/usr/sbin/pppd")),
                Path.of(property(context, "karaf.data", "data"), "pppd").toAbsolutePath(), Long.toString(context.getBundle().getBundleId()));
    }

    PppdProvider(Path pppd, Path folder, String name) throws LinuxException {
        launcher = new Launcher(pppd, folder, name);
    }

    private static String property(BundleContext context, String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null ? otherwise : value;
    }

    @Deactivate
    void stop() {
        launcher.stop();
    }

    @Override
    public String name() {
        return "pppd";
    }

    @Override
    public void configure(PppProviderSettings settings) {
        launcher.configure(settings);
    }

    @Override
    public PppRun open(PppSpec spec, PppPort port) {
        PppdRun run = new PppdRun(launcher, lastRun.incrementAndGet(), spec, port, socket(spec));
        launcher.open(run);
        return run;
    }

    /** One of our own: the session may be gone, and its number another's, when its turn comes. */
    private static Descriptor socket(PppSpec spec) {
        if (spec.socket() < 0) {
            throw new IllegalArgumentException("its data plane has no PPPoX socket for it: pppd needs sessions in the kernel, set"
                    + " dataplane kernel");
        }
        try {
            return Descriptor.owning(spec.socket()).duplicate();
        } catch (LinuxException closed) {
            throw new IllegalStateException(closed.getMessage(), closed);
        }
    }
}
