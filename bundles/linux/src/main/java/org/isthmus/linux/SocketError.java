package org.isthmus.linux;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Why an earlier datagram did not arrive, as the kernel or a router on the way reported it (IP_RECVERR).
 *
 * @param errno the error, a constant of {@link Errno}: EMSGSIZE, ECONNREFUSED, EHOSTUNREACH, ...
 * @param origin who reported it
 * @param icmpType type of the ICMP message; 0 if the kernel itself reported
 * @param icmpCode code of the ICMP message
 * @param mtu for EMSGSIZE the largest packet in bytes, IP header included, that the path takes; else 0
 * @param destination where the datagram was sent; the port is 0 where this host itself refused it
 * @param quoted the first bytes of the datagram's payload, at most 64, as the reporter quotes them; many routers quote less, some nothing
 */
public record SocketError(int errno, Origin origin, int icmpType, int icmpCode, int mtu, InetSocketAddress destination,
        ByteBuffer quoted) {

    /** Who reported an error. */
    public enum Origin {
        /** This host, for instance because a datagram is larger than the known path MTU. */
        LOCAL,
        /** A router or the peer, by ICMP or ICMPv6. */
        ICMP,
        OTHER
    }
}
