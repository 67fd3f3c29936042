package org.isthmus.api.dataplane;

/**
 * Ethernet frames as they are, tagged or not (RFC 4719), on an interface of the session's own, which is there and switched on
 * from when the path is open until it is closed. It has the name {@link SessionSpec#interfaceName}, or without one
 * {@code l2tpethN}; the largest packet in a frame is {@link SessionSpec#mtu}.
 *
 * @param bridge the Linux bridge that the interface is put into, made if there is none of that name; or empty
 * @param mac    the interface's address, 48 bits; 0 has the kernel choose one
 * @param port   how the interface is in the bridge
 */
public record EthernetPseudowire(String bridge, long mac, BridgePort port) implements Pseudowire {

    /** With all others in the bridge. */
    public EthernetPseudowire(String bridge, long mac) {
        this(bridge, mac, BridgePort.PLAIN);
    }
}
