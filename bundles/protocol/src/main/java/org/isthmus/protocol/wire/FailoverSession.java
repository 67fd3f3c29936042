package org.isthmus.protocol.wire;

/**
 * Failover Session State AVP (RFC 4951 section 5.4): a session in the question of an FSQ or the answer of an FSR.
 *
 * <p>Layout: reserved (2), Session ID (4), Remote Session ID (4); in version 2 only the low two octets of each count.
 *
 * @param sessionId       as the sender named it; in an answer 0 when the sender has no such session. Unsigned
 * @param remoteSessionId as the receiver named it; unsigned
 */
public record FailoverSession(int sessionId, int remoteSessionId) {

    static FailoverSession read(Avp avp, ProtocolVersion version) {
        return new FailoverSession(TunnelRecovery.id(avp, 2, version), TunnelRecovery.id(avp, 6, version));
    }
}
