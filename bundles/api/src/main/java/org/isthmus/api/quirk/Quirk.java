package org.isthmus.api.quirk;

import java.util.List;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows a kind of peer: which AVPs of vendors it sends, and which it wants to get. Registered as a service; all of them are asked, those
 * with a higher ranking first. Called by the engine's workers, one at a time for a tunnel, several at once for several tunnels; a call
 * must not block, since it holds up all tunnels of its worker.
 *
 * <p>Messages of peers come from anybody: an SCCRQ or SCCRP is heard before it is known whether the peer is who it says.
 */
@ConsumerType
public interface Quirk {

    /** Its name in messages and commands. */
    String name();

    /**
     * Whether it is about this peer. Asked when a tunnel begins, when the peer has said who it is, and when quirks come or go; while the
     * answer is false nothing else of it is asked.
     */
    boolean fits(Peer peer);

    /**
     * Whether it understands this AVP: its M bit then does not end the session or tunnel, as that of an AVP has to that nobody
     * understands (RFC 2661 section 4.1).
     *
     * @param vendorId  SMI enterprise code, 1 to 65535
     * @param attribute Attribute Type, 0 to 65535
     */
    default boolean understands(int vendorId, int attribute) {
        return false;
    }

    /**
     * AVPs that go with a message of ours, behind all others. Not asked for StopCCN, HELLO and bare acknowledgements. What does not fit
     * is left out as a whole: a message has at most 4096 bytes, and an SCCRP to a peer that has not shown yet that it can be reached may
     * be no larger than its SCCRQ.
     */
    default List<VendorAvp> added(Message message) {
        return List.of();
    }

    /**
     * A message of the peer came with AVPs of vendors, before the engine acts on it.
     *
     * @param avps all of them, in their order, those of other vendors too; hidden ones are left out
     */
    default void received(Message message, List<VendorAvp> avps) {
    }
}
