package org.isthmus.protocol.wire;

/**
 * Tunnel Recovery AVP (RFC 4951 section 5.2): which old tunnel the sender of an SCCRQ wants back.
 *
 * <p>Layout: reserved (2), Recover Tunnel ID (4), Recover Remote Tunnel ID (4); in version 2 only the low two octets of
 * each identifier count.
 *
 * @param tunnelId       of the old tunnel, as its sender named it; unsigned
 * @param remoteTunnelId of the old tunnel, as its receiver named it; unsigned
 */
public record TunnelRecovery(int tunnelId, int remoteTunnelId) {

    static TunnelRecovery read(Avp avp, ProtocolVersion version) {
        return new TunnelRecovery(id(avp, 2, version), id(avp, 6, version));
    }

    /** The identifier at this offset, in the layout of both AVPs of failover that have identifiers. */
    static int id(Avp avp, int at, ProtocolVersion version) {
        return version == ProtocolVersion.V2 ? (int) avp.number(at + 2, 2) : (int) avp.number(at, 4);
    }
}
