package org.isthmus.linux.l2tp;

import java.util.Optional;

/**
 * A session, as the kernel must know it. Identifiers are unsigned.
 *
 * @param tunnelId        our id of its tunnel
 * @param peerTunnelId    the peer's id of its tunnel
 * @param id              our id
 * @param peerId          the peer's id
 * @param pseudowire      what it carries
 * @param header          what its header holds; in L2TPv3 only
 * @param sendsNumbers    whether what we send has sequence numbers
 * @param requiresNumbers whether what comes without is dropped
 * @param keepsNumbering  whether that stays as it is said here, whatever the peer does; else what we send follows the peer
 * @param reorderMillis   how long what came early waits for what is before it; 0 for not at all
 * @param interfaceName   the name of the interface of a session that carries Ethernet; empty has the kernel choose
 */
public record KernelSession(int tunnelId, int peerTunnelId, int id, int peerId, Pseudowire pseudowire, Optional<Header> header,
        boolean sendsNumbers, boolean requiresNumbers, boolean keepsNumbering, long reorderMillis, String interfaceName) {

    /** What the kernel can carry. */
    public enum Pseudowire {
        ETHERNET(5),
        PPP(7);

        private final int number;

        Pseudowire(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /**
     * The header of L2TPv3.
     *
     * @param sentCookie     what we put into packets: 0, 4 or 8 bytes
     * @param expectedCookie what packets to us must carry: 0, 4 or 8 bytes
     * @param sublayer       whether there is the default sublayer of 4 bytes, both ways
     */
    public record Header(byte[] sentCookie, byte[] expectedCookie, boolean sublayer) {
    }

    @Override
    public String toString() {
        return "session " + Integer.toUnsignedString(id) + " of tunnel " + Integer.toUnsignedString(tunnelId);
    }
}
