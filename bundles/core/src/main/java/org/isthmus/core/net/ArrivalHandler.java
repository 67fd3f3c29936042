package org.isthmus.core.net;

import java.net.InetSocketAddress;

/** Takes what arrives at a worker's ports, on the worker's thread. */
@FunctionalInterface
public interface ArrivalHandler {
    void arrived(Arrival arrival);

    /** A datagram came that is too long to be taken. */
    default void tooLong() {
    }

    /**
     * The way to a peer takes no larger packets, says a router on it or this host.
     *
     * @param to    the peer; port 0 if only its address is known
     * @param bytes the largest packet, IP header included
     */
    default void pathMtu(InetSocketAddress to, int bytes) {
    }
}
