package org.isthmus.protocol.wire;

/**
 * Connect Speed Update AVP (RFC 5515 section 6.1): in a CSUN the speeds that a session has now, in a CSURQ, with both
 * speeds 0, the question for them.
 *
 * <p>Layout of L2TPv2: reserved (2), Remote Session Id (2), Tx (4), Rx (4); of L2TPv3: Remote Session Id (4), Tx (8),
 * Rx (8).
 *
 * @param sessionId      the session, by the identifier that the receiver of the message gave it
 * @param txConnectSpeed bits per second from the LAC to the remote system
 * @param rxConnectSpeed bits per second from the remote system to the LAC
 */
public record ConnectSpeedUpdate(int sessionId, long txConnectSpeed, long rxConnectSpeed) {

    private static final int V3_BYTES = 20;

    static ConnectSpeedUpdate read(Avp avp) {
        int speedBytes = avp.length() >= V3_BYTES ? 8 : 4;
        // The reserved octets of version 2 must not be read as a part of the identifier.
        int sessionId = speedBytes == 8 ? (int) avp.number(0, 4) : (int) avp.number(2, 2);
        return new ConnectSpeedUpdate(sessionId, avp.number(4, speedBytes), avp.number(4 + speedBytes, speedBytes));
    }
}
