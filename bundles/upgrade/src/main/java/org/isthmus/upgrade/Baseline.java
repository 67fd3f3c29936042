package org.isthmus.upgrade;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.osgi.framework.Bundle;

/**
 * How it is before an upgrade, for comparing.
 *
 * @param census     the tunnels and sessions; empty if there is no engine
 * @param components the names of the components that work, of all bundles that will restart
 * @param answering  the tunnels whose peer acknowledged a HELLO just now
 * @param receiving  the sessions that got data packets within a second
 */
record Baseline(Optional<Census> census, Set<String> components, Set<String> answering, Set<String> receiving) {
    private static final long LOOK_MILLIS = 100;
    private static final long LEAST_MILLIS = 1_000;
    private static final long MOST_MILLIS = 2_500;

    /** Looks, for one to two seconds. */
    static Baseline take(EngineView view, Components components, Collection<Bundle> affected) throws UpgradeException {
        Set<String> ready = components.ready(affected);
        Optional<Census> first = view.look();
        if (first.isEmpty()) {
            return new Baseline(first, ready, Set.of(), Set.of());
        }
        boolean greeted = view.hello();
        long began = System.nanoTime();
        Census last;
        do {
            pause(LOOK_MILLIS);
            last = view.look().orElse(first.get());
        } while (passed(began) < LEAST_MILLIS
                || passed(began) < MOST_MILLIS && last.tunnels().values().stream().anyMatch(tunnel -> tunnel.isUp() && !tunnel.isQuiet()));
        return new Baseline(Optional.of(last), ready, greeted ? answering(last) : Set.of(), receiving(first.get(), last));
    }

    private static long passed(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }

    static void pause(long millis) throws UpgradeException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException hurried) {
            throw new UpgradeException("looking was interrupted", hurried);
        }
    }

    /** The tunnels that are up and whose peer has acknowledged everything. */
    static Set<String> answering(Census census) {
        Set<String> names = new TreeSet<>();
        census.tunnels().forEach((name, tunnel) -> {
            if (tunnel.isUp() && tunnel.isQuiet()) {
                names.add(name);
            }
        });
        return names;
    }

    /** The sessions that have got packets from one look to the other. */
    static Set<String> receiving(Census earlier, Census later) {
        Set<String> names = new TreeSet<>();
        later.sessions().forEach((name, session) -> {
            Census.Session before = earlier.sessions().get(name);
            if (before != null && session.received() > before.received()) {
                names.add(name);
            }
        });
        return names;
    }

    /** The same with the tunnels and sessions of this moment. */
    Baseline now(EngineView view) throws UpgradeException {
        return new Baseline(census.isEmpty() ? census : view.look(), components, answering, receiving);
    }
}
