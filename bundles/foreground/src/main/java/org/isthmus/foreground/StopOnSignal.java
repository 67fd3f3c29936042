package org.isthmus.foreground;

import java.time.Duration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Stops the framework, and waits for it, when the process is told to end: SIGINT (Ctrl-C without a console) and SIGHUP
 * (the terminal is gone) would otherwise end the JVM under running tunnels. Karaf itself sees to SIGTERM.
 */
@Component(service = {}, immediate = true)
public final class StopOnSignal {

    /** Longer than the engine needs to tell its peers. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Framework framework;
    private final Thread hook = new Thread(this::stop, "stop on signal");

    @Activate
    public StopOnSignal(BundleContext context) {
        framework = context.getBundle(0).adapt(Framework.class);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Deactivate
    void deactivate() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The hook runs: it is what stops this component.
            return;
        }
    }

    private void stop() {
        if ((framework.getState() & (Bundle.ACTIVE | Bundle.STARTING | Bundle.STOPPING)) == 0) {
            return;
        }
        try {
            framework.stop();
            framework.waitForStop(LIMIT.toMillis());
        } catch (BundleException e) {
            System.err.println("The appliance did not stop in order: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
