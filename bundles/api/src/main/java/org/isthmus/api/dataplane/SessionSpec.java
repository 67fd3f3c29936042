package org.isthmus.api.dataplane;

/**
 * A session, as its data path must know it. Identifiers of L2TPv3 are unsigned 32-bit numbers.
 *
 * @param name          its name, for messages
 * @param sessionId     our id, which packets to us carry
 * @param peerSessionId the peer's id, which packets to it carry
 * @param lns           whether we are the LNS of this call: in L2TPv2 the LNS decides on sequence numbers (RFC 2661 5.4)
 * @param sequencing    which packets have sequence numbers, and what is done with them
 * @param header        what is optional in the L2TP header
 * @param pseudowire    what the session carries
 * @param interfaceName the name of an interface of its own, or empty
 * @param mtu           the largest network packet, in bytes; for Ethernet, what follows a frame's header
 * @param dscp          the DSCP of its packets, 0 to 63 (RFC 3308); 0 if nothing was agreed on
 */
public record SessionSpec(String name, int sessionId, int peerSessionId, boolean lns, Sequencing sequencing, Header header,
        Pseudowire pseudowire, String interfaceName, int mtu, int dscp) {
    /** A session whose packets have no particular DSCP. */
    public SessionSpec(String name, int sessionId, int peerSessionId, boolean lns, Sequencing sequencing, Header header,
            Pseudowire pseudowire, String interfaceName, int mtu) {
        this(name, sessionId, peerSessionId, lns, sequencing, header, pseudowire, interfaceName, mtu, 0);
    }

    /** Whether the path of the earlier one, which another engine had opened, can go on as that of this one: it is the same call. */
    public boolean continues(SessionSpec earlier) {
        return sessionId == earlier.sessionId && peerSessionId == earlier.peerSessionId
                && pseudowire.getClass() == earlier.pseudowire.getClass();
    }

    /** The same, with our sequence numbers beginning elsewhere. */
    public SessionSpec numberedFrom(int first) {
        Sequencing later = new Sequencing(sequencing.send(), sequencing.required(), sequencing.reorderTimeoutMillis(), first);
        return new SessionSpec(name, sessionId, peerSessionId, lns, later, header, pseudowire, interfaceName, mtu, dscp);
    }
}
