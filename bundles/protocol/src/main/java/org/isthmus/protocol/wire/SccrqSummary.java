package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an LNS needs to know of an SCCRQ before it makes anything: who asks, and for what.
 *
 * <p>Nothing is deciphered, so no secret is needed; an Assigned Tunnel ID that the peer hid is reported as 0.
 *
 * @param hostName         the peer's name, empty when it sent none
 * @param vendorName       what the peer says it is, empty when it does not
 * @param firmwareRevision the peer's revision, 0 when it gives none
 * @param assignedTunnelId the identifier the peer chose for itself, unsigned, up to 65535 unless only version 3 is
 *                         offered; 0 when hidden or missing
 * @param challenged       true when the peer wants us to authenticate
 * @param tieBreaker       the peer's tie breaker, to be compared unsigned
 * @param offers           the versions that the peer would take for an answer; both when it may fall back
 * @param routerId         the Router ID of version 3, 0 when there is none
 * @param recovers         the old tunnel that is to be recovered (RFC 4951); empty for a tunnel like others
 * @param bytes            octets of the whole SCCRQ
 */
public record SccrqSummary(String hostName, String vendorName, int firmwareRevision, int assignedTunnelId,
        boolean challenged, OptionalLong tieBreaker, Set<ProtocolVersion> offers, int routerId,
        Optional<TunnelRecovery> recovers, int bytes) {

    /** The summary of a datagram, or empty when it is not an SCCRQ that can be read; never throws. */
    public static Optional<SccrqSummary> of(ByteBuffer datagram) {
        return MessageReader.readPlain(datagram).readable().filter(m -> m.type() == MessageType.SCCRQ)
                .map(m -> of(m, Datagram.length(datagram)));
    }

    private static SccrqSummary of(ControlMessage message, int bytes) {
        return new SccrqSummary(message.text(AvpType.HOST_NAME), message.text(AvpType.VENDOR_NAME),
                message.integer(AvpType.FIRMWARE_REVISION, 0), message.assignedTunnelId(),
                message.has(AvpType.CHALLENGE) || message.has(AvpType.AUTHENTICATION_NONCE),
                message.uint64(AvpType.TIE_BREAKER), offers(message), (int) message.number(AvpType.ROUTER_ID, 0),
                message.tunnelRecovery(), bytes);
    }

    /** An SCCRQ of version 2 that gives a Control Connection ID is one of version 3 too (RFC 3931 section 4.7.3). */
    private static Set<ProtocolVersion> offers(ControlMessage message) {
        if (message.version() == ProtocolVersion.V3) {
            return EnumSet.of(ProtocolVersion.V3);
        }
        return message.number(AvpType.ASSIGNED_CONNECTION_ID, 0) == 0 ? EnumSet.of(ProtocolVersion.V2)
                : EnumSet.allOf(ProtocolVersion.class);
    }
}
