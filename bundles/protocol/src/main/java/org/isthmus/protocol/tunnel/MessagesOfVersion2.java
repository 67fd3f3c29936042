package org.isthmus.protocol.tunnel;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ResultCode;

/** Writes the messages of the control connection (RFC 2661 section 6), each with the AVPs in the order of the RFC. */
final class MessagesOfVersion2 implements Messages {

    /** Version 1, revision 0 (RFC 2661 section 4.4.3). */
    static final int PROTOCOL_VERSION = 0x0100;

    private static final int OPTIONAL_OF_SCCRP = 4;

    private final TunnelConfig config;
    private final RandomGenerator random;
    private int peerTunnelId;

    MessagesOfVersion2(TunnelConfig config, RandomGenerator random, int peerTunnelId) {
        this.config = config;
        this.random = random;
        this.peerTunnelId = peerTunnelId;
    }

    @Override
    public void peerTunnelId(int tunnelId) {
        peerTunnelId = tunnelId;
    }

    /** SCCRQ. Never hides anything: some peers cannot read it there, and there is no budget for it. */
    byte[] sccrq(byte[] challenge) {
        MessageWriter writer = new MessageWriter(MessageType.SCCRQ, 0, 0)
                .number(AvpType.PROTOCOL_VERSION, PROTOCOL_VERSION)
                .text(AvpType.HOST_NAME, config.hostName())
                .number(AvpType.FRAMING_CAPABILITIES, config.framingCapabilities())
                .number(AvpType.ASSIGNED_TUNNEL_ID, config.localTunnelId())
                .optionalNumber(AvpType.BEARER_CAPABILITIES, config.bearerCapabilities())
                .number(AvpType.RECEIVE_WINDOW_SIZE, config.receiveWindowSize())
                .optionalOctets(AvpType.CHALLENGE, challenge);
        config.tieBreaker().ifPresent(value -> writer.number(AvpType.TIE_BREAKER, value));
        writer.optionalNumber(AvpType.FIRMWARE_REVISION, config.firmwareRevision())
                .optionalText(AvpType.VENDOR_NAME, config.vendorName());
        config.diffServ().control().ifPresent(phb -> writer.number(AvpType.CONTROL_CONNECTION_DS, phb));
        failover(writer, config);
        return writer.toBytes();
    }

    /** What an SCCRQ of either version says of failover (RFC 4951): what we can, or which tunnel we want back. */
    static void failover(MessageWriter writer, TunnelConfig config) {
        config.failover().ifPresent(writer::failoverCapability);
        config.recovery().flatMap(RecoveryTerms::asks).ifPresent(writer::tunnelRecovery);
    }

    /** The same of an SCCRP: what we can, or where the old tunnel goes on. */
    static void failover(MessageWriter writer, TunnelConfig config, Optional<FailoverCapability> capability) {
        capability.ifPresent(writer::failoverCapability);
        config.recovery().flatMap(RecoveryTerms::suggests).ifPresent(writer::suggestedSequence);
    }

    /**
     * SCCRP, no larger than the budget if that can be: sheds Vendor Name, Firmware Revision, Bearer Capabilities and
     * Receive Window Size in this order, then of the Host Name ({@link Shedding}). Never hides anything, for the same
     * reason.
     *
     * @param response empty when the peer did not challenge
     * @param challenge empty when the peer is not challenged
     * @param phb       our answer to the peer's Control Connection DS; empty when it gets none
     * @param failover  our answer to the peer's Failover Capability; empty when it gets none
     */
    byte[] sccrp(byte[] response, byte[] challenge, OptionalInt phb, Optional<FailoverCapability> failover,
            int budgetBytes) {
        return Shedding.fit(budgetBytes, OPTIONAL_OF_SCCRP, config.hostName(), (shed, hostName) -> {
            MessageWriter writer = sccrp(response, challenge, phb, shed, hostName);
            failover(writer, config, failover);
            return writer.toBytes();
        });
    }

    private MessageWriter sccrp(byte[] response, byte[] challenge, OptionalInt phb, int shed, String hostName) {
        MessageWriter writer = new MessageWriter(MessageType.SCCRP, peerTunnelId, 0)
                .number(AvpType.PROTOCOL_VERSION, PROTOCOL_VERSION)
                .number(AvpType.FRAMING_CAPABILITIES, config.framingCapabilities())
                .text(AvpType.HOST_NAME, hostName)
                .number(AvpType.ASSIGNED_TUNNEL_ID, config.localTunnelId());
        // Who places outgoing calls must say what on (RFC 2661 section 4.4.3).
        if (shed < 3 || config.takeOutgoingCalls()) {
            writer.optionalNumber(AvpType.BEARER_CAPABILITIES, config.bearerCapabilities());
        }
        if (shed < 2) {
            writer.optionalNumber(AvpType.FIRMWARE_REVISION, config.firmwareRevision());
        }
        if (shed < 1) {
            writer.optionalText(AvpType.VENDOR_NAME, config.vendorName());
        }
        if (shed < 4) {
            writer.number(AvpType.RECEIVE_WINDOW_SIZE, config.receiveWindowSize());
        }
        writer.optionalOctets(AvpType.CHALLENGE, challenge).optionalOctets(AvpType.CHALLENGE_RESPONSE, response);
        phb.ifPresent(value -> writer.number(AvpType.CONTROL_CONNECTION_DS, value));
        return writer;
    }

    byte[] scccn(byte[] response) {
        return start(MessageType.SCCCN).optionalOctets(AvpType.CHALLENGE_RESPONSE, response).toBytes();
    }

    @Override
    public byte[] stopccn(ResultCode result) {
        return new MessageWriter(MessageType.STOPCCN, peerTunnelId, 0)
                .number(AvpType.ASSIGNED_TUNNEL_ID, config.localTunnelId())
                .resultCode(result).toBytes();
    }

    @Override
    public byte[] acknowledgement() {
        return new MessageWriter(MessageType.ZLB, peerTunnelId, 0).toBytes();
    }

    @Override
    public SessionMessages sessions() {
        return new SessionMessagesOfVersion2(config, random, peerTunnelId);
    }

    @Override
    public byte[] hello(int octets) {
        return new MessageWriter(MessageType.HELLO, peerTunnelId, 0).padding(octets).toBytes();
    }

    private MessageWriter start(MessageType type) {
        MessageWriter writer = new MessageWriter(type, peerTunnelId, 0);
        return config.hideAvps() ? writer.hiding(config.secret(), random) : writer;
    }
}
