package org.isthmus.protocol.simulator;

import java.util.Set;

/**
 * What the network does to datagrams.
 *
 * @param lossPercent      lost
 * @param duplicatePercent delivered twice
 * @param reorderPercent   held back for a while, so that later ones overtake them
 * @param corruptPercent   delivered with a few bits turned over, as the checksum of UDP would not notice
 * @param delayMillis      time that each takes
 * @param jitterMillis     additional time, at random
 * @param cutOff           hosts that nothing reaches and nothing leaves
 */
public record Impairment(int lossPercent, int duplicatePercent, int reorderPercent, int corruptPercent, long delayMillis,
        long jitterMillis, Set<Host> cutOff) {

    /** A network that only takes a little time. */
    public static final Impairment NONE = new Impairment(0, 0, 0, 0, 5, 0, Set.of());

    static Impairment loss(int percent) {
        return new Impairment(percent, 0, 0, 0, 5, 0, Set.of());
    }

    /** The same network with these hosts cut off, and no others. */
    Impairment cutting(Set<Host> hosts) {
        return new Impairment(lossPercent, duplicatePercent, reorderPercent, corruptPercent, delayMillis, jitterMillis, hosts);
    }

    boolean parts(Host from, Host to) {
        return cutOff.contains(from) || cutOff.contains(to);
    }
}
