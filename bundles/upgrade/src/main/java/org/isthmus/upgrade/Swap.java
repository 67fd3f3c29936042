package org.isthmus.upgrade;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Stops, updates and starts bundles as an update of the framework's does, but in the order of their start levels, so that the engine
 * leaves before what it uses and comes after it, and with time limits.
 */
final class Swap {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final Duration START_LIMIT = Duration.ofSeconds(25);
    private static final Duration UPDATE_LIMIT = Duration.ofSeconds(20);

    private final BundleContext context;
    private final List<Bundle> affected;

    /** @param affected in the order of starting */
    Swap(BundleContext context, List<Bundle> affected) {
        this.context = context;
        this.affected = affected;
    }

    /** Stops all, the last one first; each still counts as wanted, which tells it that another version follows. */
    void stop() throws UpgradeException {
        List<Bundle> backwards = new ArrayList<>(affected);
        Collections.reverse(backwards);
        for (Bundle bundle : backwards) {
            if (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING) {
                Timed.call("stopping " + bundle.getSymbolicName(), STOP_LIMIT, () -> {
                    bundle.stop(Bundle.STOP_TRANSIENT);
                    return null;
                });
            }
        }
    }

    /** Puts these jars in the places of bundles, and has those that use packages of theirs find the new ones. */
    void update(Map<Bundle, Path> jars) throws UpgradeException {
        for (Map.Entry<Bundle, Path> entry : jars.entrySet()) {
            Bundle bundle = entry.getKey();
            Timed.call("updating " + bundle.getSymbolicName(), UPDATE_LIMIT, () -> {
                try (InputStream jar = Files.newInputStream(entry.getValue())) {
                    bundle.update(jar);
                    return null;
                }
            });
        }
        refresh(jars.keySet());
    }

    private void refresh(Collection<Bundle> bundles) throws UpgradeException {
        CountDownLatch done = new CountDownLatch(1);
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        wiring.refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        try {
            if (!done.await(UPDATE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new UpgradeException("the framework did not wire the bundles anew within " + UPDATE_LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException hurried) {
            throw new UpgradeException("the framework was not waited for", hurried);
        }
    }

    /** Starts all, the first one first. */
    void start() throws UpgradeException {
        for (Bundle bundle : affected) {
            Timed.call("starting " + bundle.getSymbolicName() + " " + bundle.getVersion(), START_LIMIT, () -> {
                bundle.start(Bundle.START_TRANSIENT);
                return null;
            });
        }
    }
}
