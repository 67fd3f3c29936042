package org.isthmus.protocol.tunnel;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.Text;

/** Writes the messages of the control connection (RFC 2661 section 6), each with the AVPs in the order of the RFC. */
final class Messages {

    /** Version 1, revision 0 (RFC 2661 section 4.4.3). */
    static final int PROTOCOL_VERSION = 0x0100;

    /** How much an SCCRP leaves out: nothing, or all that is optional. */
    private static final int NOTHING_SHED = 0;
    private static final int ALL_SHED = 4;

    private final TunnelConfig config;
    private final RandomGenerator random;
    private int peerTunnelId;

    Messages(TunnelConfig config, RandomGenerator random, int peerTunnelId) {
        this.config = config;
        this.random = random;
        this.peerTunnelId = peerTunnelId;
    }

    /** Sets the Tunnel ID that all later messages carry. */
    void peerTunnelId(int tunnelId) {
        peerTunnelId = tunnelId;
    }

    /** SCCRQ. Never hides anything: some peers cannot read it there, and there is no budget for it. */
    byte[] sccrq(byte[] challenge) {
        MessageWriter writer = new MessageWriter(MessageType.SCCRQ, 0, 0)
                .number(AvpType.PROTOCOL_VERSION, PROTOCOL_VERSION)
                .text(AvpType.HOST_NAME, config.hostName())
                .number(AvpType.FRAMING_CAPABILITIES, config.framingCapabilities())
                .number(AvpType.ASSIGNED_TUNNEL_ID, config.localTunnelId());
        bearerCapabilities(writer);
        writer.number(AvpType.RECEIVE_WINDOW_SIZE, config.receiveWindowSize());
        if (challenge.length > 0) {
            writer.octets(AvpType.CHALLENGE, challenge);
        }
        config.tieBreaker().ifPresent(value -> writer.uint64(AvpType.TIE_BREAKER, value));
        firmwareRevision(writer);
        vendorName(writer);
        config.diffServ().control().ifPresent(phb -> writer.number(AvpType.CONTROL_CONNECTION_DS, phb));
        return writer.toBytes();
    }

    /**
     * SCCRP, no larger than the budget if that can be: sheds Vendor Name, Firmware Revision, Bearer Capabilities and
     * Receive Window Size in this order, then shortens the Host Name to as little as one character. Never hides
     * anything, for the same reason.
     *
     * @param response empty when the peer did not challenge
     * @param challenge empty when the peer is not challenged
     * @param phb       our answer to the peer's Control Connection DS; empty when it gets none
     */
    byte[] sccrp(byte[] response, byte[] challenge, OptionalInt phb, int budgetBytes) {
        byte[] message = sccrp(response, challenge, phb, NOTHING_SHED, config.hostName());
        for (int shed = 1; message.length > budgetBytes && shed <= ALL_SHED; shed++) {
            message = sccrp(response, challenge, phb, shed, config.hostName());
        }
        if (message.length > budgetBytes) {
            int nameBytes = config.hostName().getBytes(StandardCharsets.UTF_8).length;
            int left = Math.max(0, nameBytes - (message.length - budgetBytes));
            String shorter = Text.prefix(config.hostName(), left);
            message = sccrp(response, challenge, phb, ALL_SHED,
                    shorter.isEmpty() ? firstOf(config.hostName()) : shorter);
        }
        return message;
    }

    private byte[] sccrp(byte[] response, byte[] challenge, OptionalInt phb, int shed, String hostName) {
        MessageWriter writer = new MessageWriter(MessageType.SCCRP, peerTunnelId, 0)
                .number(AvpType.PROTOCOL_VERSION, PROTOCOL_VERSION)
                .number(AvpType.FRAMING_CAPABILITIES, config.framingCapabilities())
                .text(AvpType.HOST_NAME, hostName)
                .number(AvpType.ASSIGNED_TUNNEL_ID, config.localTunnelId());
        if (shed < 3) {
            bearerCapabilities(writer);
        }
        if (shed < 2) {
            firmwareRevision(writer);
        }
        if (shed < 1) {
            vendorName(writer);
        }
        if (shed < 4) {
            writer.number(AvpType.RECEIVE_WINDOW_SIZE, config.receiveWindowSize());
        }
        if (challenge.length > 0) {
            writer.octets(AvpType.CHALLENGE, challenge);
        }
        if (response.length > 0) {
            writer.octets(AvpType.CHALLENGE_RESPONSE, response);
        }
        phb.ifPresent(value -> writer.number(AvpType.CONTROL_CONNECTION_DS, value));
        return writer.toBytes();
    }

    byte[] scccn(byte[] response) {
        MessageWriter writer = start(MessageType.SCCCN);
        if (response.length > 0) {
            writer.octets(AvpType.CHALLENGE_RESPONSE, response);
        }
        return writer.toBytes();
    }

    /** StopCCN. Hides nothing, so that a peer with another secret can read it too. */
    byte[] stopccn(ResultCode result) {
        return new MessageWriter(MessageType.STOPCCN, peerTunnelId, 0)
                .number(AvpType.ASSIGNED_TUNNEL_ID, config.localTunnelId())
                .resultCode(result).toBytes();
    }

    /** StopCCN that is no larger than the budget, if need be without its error message; null when it cannot be. */
    byte[] stopccn(ResultCode result, int budgetBytes) {
        byte[] message = stopccn(result);
        if (message.length > budgetBytes) {
            message = stopccn(new ResultCode(result.scope(), result.result(), result.error(), ""));
        }
        return message.length > budgetBytes ? null : message;
    }

    byte[] hello() {
        return new MessageWriter(MessageType.HELLO, peerTunnelId, 0).toBytes();
    }

    private MessageWriter start(MessageType type) {
        MessageWriter writer = new MessageWriter(type, peerTunnelId, 0);
        return config.hideAvps() ? writer.hiding(config.secret(), random) : writer;
    }

    private void bearerCapabilities(MessageWriter writer) {
        if (config.bearerCapabilities() != 0) {
            writer.number(AvpType.BEARER_CAPABILITIES, config.bearerCapabilities());
        }
    }

    private void firmwareRevision(MessageWriter writer) {
        if (config.firmwareRevision() != 0) {
            writer.number(AvpType.FIRMWARE_REVISION, config.firmwareRevision());
        }
    }

    private void vendorName(MessageWriter writer) {
        if (!config.vendorName().isEmpty()) {
            writer.text(AvpType.VENDOR_NAME, config.vendorName());
        }
    }

    private static String firstOf(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1));
    }
}
