package org.isthmus.linux.netlink;

import java.net.InetAddress;

/**
 * An address of an interface.
 *
 * @param interfaceIndex the interface
 * @param local the address itself
 * @param peer the address or range at the other end: on a point-to-point link the peer alone (32 or 128 bits), else the network that
 *     the address lies in
 */
public record InterfaceAddress(int interfaceIndex, InetAddress local, Prefix peer) {

    /** An address within its network: 192.0.2.1/24. */
    public static InterfaceAddress inNetwork(int interfaceIndex, InetAddress local, int prefixLength) {
        return new InterfaceAddress(interfaceIndex, local, new Prefix(local, prefixLength));
    }

    /** The address of one end of a point-to-point link. */
    public static InterfaceAddress pointToPoint(int interfaceIndex, InetAddress local, InetAddress peer) {
        return new InterfaceAddress(interfaceIndex, local, Prefix.host(peer));
    }

    @Override
    public String toString() {
        return local.getHostAddress() + (local.equals(peer.address()) ? "/" + peer.length() : " peer " + peer)
                + " of interface " + interfaceIndex;
    }
}
