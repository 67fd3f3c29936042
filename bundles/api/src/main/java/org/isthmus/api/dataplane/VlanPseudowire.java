package org.isthmus.api.dataplane;

/**
 * The Ethernet frames of one VLAN (RFC 4719), on an interface as with {@link EthernetPseudowire}. On the way to the peer frames
 * have the VLAN's tag, on the interface they have not; frames of other VLANs from the peer are dropped.
 *
 * @param vlanId 1 to 4094
 * @param bridge the Linux bridge that the interface is put into, made if there is none of that name; or empty
 * @param mac    the interface's address, 48 bits; 0 has the kernel choose one
 * @param port   how the interface is in the bridge
 */
public record VlanPseudowire(int vlanId, String bridge, long mac, BridgePort port) implements Pseudowire {

    /** With all others in the bridge. */
    public VlanPseudowire(int vlanId, String bridge, long mac) {
        this(vlanId, bridge, mac, BridgePort.PLAIN);
    }
}
