package org.isthmus.core.engine;

import org.isthmus.api.config.Endpoint;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;

/**
 * The hardware address that the interface of an Ethernet session has when none is configured.
 *
 * <p>It follows from the identifiers of both ends, ours first: those are random and outlive a failure (RFC 4951), or stand in the
 * configuration, so an interface that is made anew has its old address, and the neighbours that remember it go on. The other end
 * has the identifiers the other way round, and so another address.
 */
final class HardwareAddress {
    private static final long OCTETS = 0xffff_ffff_ffffL;
    /** Told by who runs the network, not by a maker of hardware; and of one interface, not of a group. */
    private static final long LOCAL = 0x0200_0000_0000L;
    private static final long GROUP = 0x0100_0000_0000L;

    private HardwareAddress() {
    }

    /** Of a session that was negotiated: six octets in the low 48 bits, the first on the wire highest. */
    static long of(int localId, int remoteId) {
        return address(pair(localId, remoteId));
    }

    /**
     * Of a static session. Its identifiers are an operator's and may be those of others, but no two tunnels that end at one peer have
     * the same identifier there.
     */
    static long of(int localId, int remoteId, Settings tunnel) {
        String peer = tunnel.find(TunnelParameters.PEER).map(Endpoint::host).orElse("");
        long tunnelIds = pair(tunnel.find(TunnelParameters.TUNNEL_ID).orElse(0), tunnel.find(TunnelParameters.PEER_TUNNEL_ID).orElse(0));
        return address(mix(pair(localId, remoteId)) ^ mix(mix(tunnelIds) ^ peer.hashCode()));
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | low & 0xffff_ffffL;
    }

    private static long address(long number) {
        return mix(number) & OCTETS & ~GROUP | LOCAL;
    }

    /** Every bit of the result depends on each of the number's (the finisher of SplitMix64, Steele and others 2014). */
    private static long mix(long number) {
        long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
