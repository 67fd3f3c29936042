package org.isthmus.linux.netlink;

import java.net.InetAddress;

/**
 * An address that the kernel answers for on a network.
 *
 * @param interfaceIndex the interface of that network
 * @param address        the address
 * @param protocol       who made the entry, by a number of rtnetlink's protocols; 0 if it bears none
 */
record ProxyNeighbour(int interfaceIndex, InetAddress address, int protocol) {

    /** The number of L2TP among the protocols over IP, which nothing else uses as a mark. */
    static final int OUR_PROTOCOL = 115;

    boolean isOurs() {
        return protocol == OUR_PROTOCOL;
    }
}
