package org.isthmus.core.engine;

/**
 * The hardware address that the interface of an Ethernet session has when none is configured.
 *
 * <p>It follows from the identifiers of both ends, ours first: those are random and outlive a failure (RFC 4951), so an
 * interface that is made anew after one has its old address, and the neighbours that remember it go on. The other end has the
 * identifiers the other way round, and so another address.
 */
final class HardwareAddress {
    private static final long OCTETS = 0xffff_ffff_ffffL;
    /** Told by who runs the network, not by a maker of hardware; and of one interface, not of a group. */
    private static final long LOCAL = 0x0200_0000_0000L;
    private static final long GROUP = 0x0100_0000_0000L;

    private HardwareAddress() {
    }

    /** Six octets in the low 48 bits, the first on the wire highest. */
    static long of(int localId, int remoteId) {
        long ids = (long) localId << 32 | remoteId & 0xffff_ffffL;
        return mix(ids) & OCTETS & ~GROUP | LOCAL;
    }

    /** Every bit of the result depends on each of the number's (the finisher of SplitMix64, Steele and others 2014). */
    private static long mix(long number) {
        long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
