package org.isthmus.core.os;

import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.SocketFilter;

/**
 * Programs by which the kernel gives each packet to the worker that owns its tunnel or session: the one whose index is the
 * identifier in the L2TP header modulo the number of workers. That is the tunnel id in version 2 (RFC 2661 section 3.1); in
 * version 3 the control connection id of a control message and the session id of a data packet (RFC 3931 sections 3.2.1
 * and 4.1). A request for a new tunnel has id 0 and goes where its source falls.
 */
final class Steering {
    /** Each worker has so many sockets of a port, of which the first takes the packets of its tunnels: see {@link Sockets}. */
    private static final int SOCKETS = 2;
    private static final int VERSION_MASK = 0x000f;
    private static final int LENGTH_BIT = 0x4000;
    private static final int INET_SOURCE = 12;
    /** The last word of an IPv6 source address. */
    private static final int INET6_SOURCE = 20;

    private Steering() {
    }

    /** Chooses among the workers' sockets of one UDP port. */
    static SocketFilter udp(int workers) {
        return new SocketFilter()
                .loadHalf(0)
                .and(VERSION_MASK)
                .skipIfEqual(3, 0, 2)
                .loadWord(4) // of a control message and of a data packet alike
                .skip(5)
                .loadHalf(0)
                .skipIfBits(LENGTH_BIT, 0, 2) // a length field comes first
                .loadHalf(4)
                .skip(1)
                .loadHalf(2)
                .skipIfEqual(0, 3, 0)
                .modulo(workers)
                .times(SOCKETS)
                .result()
                .noResult(); // the kernel spreads by address and port
    }

    /** What one worker keeps of IP protocol 115, of which every worker gets a copy. */
    static SocketFilter ip(AddressFamily family, int worker, int workers) {
        boolean inet = family == AddressFamily.INET;
        SocketFilter filter = new SocketFilter();
        return (inet ? filter.indexInetHeader() : filter.index(0))
                .loadWordBehind(0)
                .skipIfEqual(0, 0, 3) // 0 in front: a control message
                .loadWordBehind(8)
                .skipIfEqual(0, 0, 1)
                .loadWordOfIpHeader(inet ? INET_SOURCE : INET6_SOURCE)
                .modulo(workers)
                .skipIfEqual(worker, 0, 1)
                .keep()
                .drop();
    }
}
