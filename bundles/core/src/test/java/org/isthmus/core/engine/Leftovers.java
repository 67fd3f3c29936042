package org.isthmus.core.engine;

import java.util.ArrayList;
import java.util.List;

/** What an engine holds on to, for a test that wants it to hold nothing. */
public final class Leftovers {
    private Leftovers() {
    }

    /** Everything that should be gone when all tunnels are; empty if nothing is left. */
    public static List<String> of(Engine engine, List<Worker> workers) {
        List<String> left = new ArrayList<>();
        for (Worker worker : workers) {
            String who = "worker " + worker.index() + ": ";
            if (!worker.tunnels().all().isEmpty()) {
                left.add(who + worker.tunnels().all().size() + " live tunnels");
            }
            if (worker.wheel().armed() > 0) {
                left.add(who + worker.wheel().armed() + " timers");
            }
            int halfOpen = worker.frontDoor().halfOpenKnown() + worker.frontDoor().halfOpenUnknown();
            if (halfOpen > 0) {
                left.add(who + halfOpen + " half-open");
            }
            if (worker.incoming().size() > 0) {
                left.add(who + "remembers requests");
            }
            if (worker.tunnels().free(worker.nowMillis()) != worker.tunnels().size()) {
                left.add(who + (worker.tunnels().size() - worker.tunnels().free(worker.nowMillis())) + " tunnel ids");
            }
            if (!worker.local().all().isEmpty()) {
                left.add(who + worker.local().all().size() + " tunnels of ours");
            }
        }
        if (engine.limits().tunnelsOpen() != 0 || engine.limits().sessionsOpen() != 0) {
            left.add("counts " + engine.limits().tunnelsOpen() + " tunnels and " + engine.limits().sessionsOpen() + " sessions");
        }
        if (!engine.outstanding().isEmpty()) {
            left.add("requests of ours that nobody answers");
        }
        if (!engine.circuits().isEmpty()) {
            left.add("calls for circuits");
        }
        if (!engine.bundles().isEmpty()) {
            left.add("bundles");
        }
        if (engine.challengeBook().size() != 0) {
            left.add(engine.challengeBook().size() + " challenges");
        }
        if (!engine.plugins().lent().isEmpty()) {
            left.add("leases " + engine.plugins().lent());
        }
        if (engine.taps().size() != 0) {
            left.add(engine.taps().size() + " traced tunnels");
        }
        return left;
    }

    /** Tunnels of unknown peers that are not up, over all workers. */
    public static int halfOpen(List<Worker> workers) {
        return workers.stream().mapToInt(worker -> worker.frontDoor().halfOpenUnknown()).sum();
    }
}
