package org.isthmus.upgrade;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.osgi.framework.Bundle;

/** Looks whether all is as before. What it throws is a fault of the new versions, in words. */
final class Watch {
    private static final long LOOK_MILLIS = 100;
    private static final Duration READY_LIMIT = Duration.ofSeconds(12);
    /** A HELLO that is lost, or that a busy machine sends late, has its answer by then. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(12);
    /** With fewer it may be chance that none sends any more. */
    private static final int TELLING_SESSIONS = 3;
    private static final int MOST_NAMED = 3;

    private final EngineView view;
    private final Components components;
    private final Collection<Bundle> affected;
    private final Baseline before;

    Watch(EngineView view, Components components, Collection<Bundle> affected, Baseline before) {
        this.view = view;
        this.components = components;
        this.affected = affected;
        this.before = before;
    }

    /** Waits until everything that was there is there again. */
    void awaitReady() throws UpgradeException {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (true) {
            for (Bundle bundle : affected) {
                if (bundle.getState() != Bundle.ACTIVE) {
                    throw new UpgradeException(bundle.getSymbolicName() + " " + bundle.getVersion() + " is not active");
                }
            }
            failOn(components.failed(affected));
            Set<String> missing = new TreeSet<>(before.components());
            missing.retainAll(components.described(affected));
            missing.removeAll(components.ready(affected));
            boolean engine = before.census().isEmpty() || view.isThere();
            if (missing.isEmpty() && engine) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new UpgradeException(missing.isEmpty() ? "the engine did not come back within " + READY_LIMIT.toSeconds() + " s"
                        : String.join(", ", missing) + " did not come back within " + READY_LIMIT.toSeconds() + " s");
            }
            Baseline.pause(LOOK_MILLIS / 10);
        }
    }

    /**
     * Looks for so long, during which the engine does not meet a defect and loses nothing, and longer for a peer that answered a HELLO
     * before and has not answered one yet.
     */
    void look(Duration length) throws UpgradeException {
        if (before.census().isEmpty()) {
            return;
        }
        Census first = once();
        boolean greeted = view.hello();
        Set<String> silent = new TreeSet<>(greeted ? before.answering() : Set.of());
        long began = System.nanoTime();
        Census last;
        do {
            last = again(silent);
        } while (System.nanoTime() - began < length.toNanos());
        if (before.receiving().size() >= TELLING_SESSIONS) {
            Set<String> receiving = Baseline.receiving(first, last);
            receiving.retainAll(before.receiving());
            if (receiving.isEmpty()) {
                throw new UpgradeException("none of the " + before.receiving().size() + " sessions that received packets receives any more");
            }
        }
        while (!silent.isEmpty()) {
            if (System.nanoTime() - began > ANSWER_LIMIT.toNanos()) {
                throw new UpgradeException("the peers of " + some(List.copyOf(silent)) + " do not answer any more");
            }
            again(silent);
        }
    }

    /** @param silent tunnels whose peers have not answered yet: those that have by now, and those that ended, are taken out */
    private Census again(Set<String> silent) throws UpgradeException {
        Baseline.pause(LOOK_MILLIS);
        Census now = once();
        silent.removeAll(Baseline.answering(now));
        silent.retainAll(now.tunnels().keySet());
        return now;
    }

    private Census once() throws UpgradeException {
        failOn(components.failed(affected));
        Census now = view.look().orElseThrow(() -> new UpgradeException("the engine is gone"));
        if (now.defects() > before.census().orElseThrow().defects()) {
            throw new UpgradeException("the engine met a defect, which stands in the log");
        }
        failOn(now.lostSince(before.census().orElseThrow()));
        return now;
    }

    private static void failOn(List<String> faults) throws UpgradeException {
        if (!faults.isEmpty()) {
            throw new UpgradeException(some(faults));
        }
    }

    private static String some(List<String> all) {
        return all.size() <= MOST_NAMED ? String.join(", ", all)
                : String.join(", ", all.subList(0, MOST_NAMED)) + " and " + (all.size() - MOST_NAMED) + " more";
    }
}
