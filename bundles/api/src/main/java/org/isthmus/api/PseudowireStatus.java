package org.isthmus.api;

import org.isthmus.api.config.PseudowireType;

/**
 * What a session carries, and how its data packets of version 3 look. Cookies are not told: they guard against packets of
 * strangers. Immutable.
 *
 * @param type            what is carried
 * @param remoteEndId     the circuit that was asked for, or empty
 * @param vlanId          the VLAN, 0 if none
 * @param cookieBytes     the length of our cookie: 0, 4 or 8
 * @param peerCookieBytes the length of the peer's
 * @param sublayer        whether there is the default sublayer, in one direction at least
 * @param circuit         whether our end can carry traffic, in words: {@code up}, or {@code down} and why
 * @param peerCircuit     the same of the peer's end, as it says
 * @param mtu             the largest network packet that may be sent now, in bytes, as far as the tunnel is concerned; for Ethernet,
 *                        what follows a frame's header; 0 before the session is up
 */
public record PseudowireStatus(PseudowireType type, String remoteEndId, int vlanId, int cookieBytes, int peerCookieBytes,
        boolean sublayer, String circuit, String peerCircuit, int mtu) {
    /** PPP in version 2. */
    public static final PseudowireStatus PPP = new PseudowireStatus(PseudowireType.PPP, "", 0, 0, 0, false, "up", "up", 0);
}
