package org.isthmus.protocol.simulator;

import org.isthmus.protocol.tunnel.Counter;
import org.isthmus.protocol.tunnel.TunnelCounters;

/**
 * How much happened in runs, so that a run in which nothing does is noticed.
 *
 * @param tunnels     that came up, both ends counted
 * @param calls       that came up, both ends counted
 * @param refused     tunnels and calls that did not, and were told why
 * @param crashes     of hosts
 * @param recoveries  of tunnels after a crash, both ends counted
 * @param handOvers   of tunnels to other objects
 * @param datagrams   sent
 * @param retransmits messages sent again
 * @param duplicates  messages that came again
 * @param outOfOrder  messages that came too early
 */
record Tally(long tunnels, long calls, long refused, long crashes, long recoveries, long handOvers, long datagrams, long retransmits,
        long duplicates, long outOfOrder) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(tunnels + other.tunnels, calls + other.calls, refused + other.refused, crashes + other.crashes,
                recoveries + other.recoveries, handOvers + other.handOvers,
                datagrams + other.datagrams, retransmits + other.retransmits, duplicates + other.duplicates,
                outOfOrder + other.outOfOrder);
    }

    static Tally of(Host host) {
        return host.history().stream().map(Tally::of).reduce(new Tally(0, 0, 0, host.crashes(), 0, 0, 0, 0, 0, 0), Tally::plus);
    }

    private static Tally of(Watch watch) {
        TunnelCounters counters = watch.tunnel().counters();
        return new Tally(watch.wasEstablished() ? 1 : 0, watch.callsEstablished(),
                watch.callsFailed() + (watch.wasEstablished() ? 0 : 1), 0, watch.recoveries(), watch.handOvers(),
                counters.get(Counter.CONTROL_SENT),
                counters.get(Counter.RETRANSMITS), counters.get(Counter.DUPLICATES), counters.get(Counter.OUT_OF_ORDER));
    }

    @Override
    public String toString() {
        return String.format("%,d tunnels and %,d calls up, %,d refused or lost, %,d crashes, %,d recoveries, %,d handed over; %,d"
                + " datagrams, %,d sent again, %,d duplicates, %,d out of order", tunnels, calls, refused, crashes, recoveries, handOvers,
                datagrams, retransmits, duplicates, outOfOrder);
    }
}
