package org.isthmus.protocol.simulator;

import java.util.Set;

/**
 * What the network does to datagrams.
 *
 * @param lossPercent      lost
 * @param duplicatePercent delivered twice
 * @param corruptPercent   delivered with a few bits turned over
 * @param delayMillis      time that each takes
 * @param jitterMillis     additional time, at random: datagrams overtake each other
 * @param cutOff           hosts that nothing reaches and nothing leaves
 */
public record Impairment(int lossPercent, int duplicatePercent, int corruptPercent, long delayMillis,
        long jitterMillis, Set<Host> cutOff) {

    /** A network that only takes a little time. */
    public static final Impairment NONE = new Impairment(0, 0, 0, 5, 0, Set.of());

    static Impairment loss(int percent) {
        return new Impairment(percent, 0, 0, 5, 0, Set.of());
    }

    boolean parts(Host from, Host to) {
        return cutOff.contains(from) || cutOff.contains(to);
    }
}
