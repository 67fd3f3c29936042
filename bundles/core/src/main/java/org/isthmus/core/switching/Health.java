package org.isthmus.core.switching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** How the LNSes of all switches do: which calls they have, which of them are set aside. Any thread may ask. */
public final class Health {
    private final Map<String, Tally> byTunnel = new ConcurrentHashMap<>();

    /** What is known of one LNS; guarded by itself. */
    private static final class Tally {
        private int calls;
        private long taken;
        private long failed;
        private long setAsideUntil = Long.MIN_VALUE;
        private String lastCause = "";
    }

    /**
     * The same for people.
     *
     * @param calls         calls that it has now
     * @param taken         calls that it has taken
     * @param failed        times that it failed
     * @param setAsideUntil in milliseconds of the engine's clock; in the past if it is not set aside
     * @param lastCause     why it last failed, or empty
     */
    public record State(int calls, long taken, long failed, long setAsideUntil, String lastCause) {

        /** Whether it is set aside now. */
        public boolean isSetAside(long nowMillis) {
            return setAsideUntil > nowMillis;
        }
    }

    private Tally of(Lns lns) {
        return byTunnel.computeIfAbsent(lns.tunnelName(), name -> new Tally());
    }

    /** How it stands. */
    public State state(Lns lns) {
        Tally tally = of(lns);
        synchronized (tally) {
            return new State(tally.calls, tally.taken, tally.failed, tally.setAsideUntil, tally.lastCause);
        }
    }

    /** It has taken a call. */
    public void taken(Lns lns) {
        Tally tally = of(lns);
        synchronized (tally) {
            tally.calls++;
            tally.taken++;
            tally.setAsideUntil = Long.MIN_VALUE;
        }
    }

    /** A call that it had taken is over. */
    public void ended(Lns lns) {
        Tally tally = of(lns);
        synchronized (tally) {
            tally.calls--;
        }
    }

    /** It failed, and is set aside. */
    public void failed(Lns lns, String why, Duration holdDown, long nowMillis) {
        Tally tally = of(lns);
        synchronized (tally) {
            if (tally.setAsideUntil > nowMillis) {
                return; // one failure ends many calls
            }
            tally.failed++;
            tally.lastCause = why;
            if (!holdDown.isZero()) {
                tally.setAsideUntil = nowMillis + holdDown.toMillis();
            }
        }
    }

    /** Forgets those that no switch leads to any more and that have no call. */
    public void keepOnly(Rules rules) {
        byTunnel.entrySet().removeIf(entry -> {
            synchronized (entry.getValue()) {
                return entry.getValue().calls == 0 && rules.byTunnel(entry.getKey()).isEmpty();
            }
        });
    }

    /**
     * The order in which LNSes are tried: by preference, among equals by lot and weight; those that are set aside come
     * last, in the order of their return.
     */
    public List<Lns> order(List<Lns> all, RandomGenerator random, long nowMillis) {
        List<Lns> ready = new ArrayList<>(all.stream().filter(lns -> !state(lns).isSetAside(nowMillis)).toList());
        List<Lns> order = new ArrayList<>(all.size());
        while (!ready.isEmpty()) {
            int best = ready.stream().mapToInt(Lns::preference).min().getAsInt();
            Lns next = draw(ready.stream().filter(lns -> lns.preference() == best).toList(), random);
            order.add(next);
            ready.remove(next);
        }
        all.stream().filter(lns -> !order.contains(lns))
                .sorted(Comparator.comparingLong(lns -> state(lns).setAsideUntil())).forEach(order::add);
        return order;
    }

    private static Lns draw(List<Lns> equals, RandomGenerator random) {
        int lot = random.nextInt(equals.stream().mapToInt(Lns::weight).sum());
        for (Lns lns : equals) {
            lot -= lns.weight();
            if (lot < 0) {
                return lns;
            }
        }
        throw new AssertionError("weights are 1 or more");
    }
}
