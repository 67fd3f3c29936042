package org.isthmus.protocol.tunnel;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ResultCode;

/** Writes the messages of a control connection of version 3 (RFC 3931 section 6), AVPs in the order of the RFC. */
final class MessagesOfVersion3 implements Messages {

    /** Control Connection DS, Vendor Name and Receive Window Size. */
    private static final int OPTIONAL_OF_SCCRP = 3;

    private final TunnelConfig config;
    private final RandomGenerator random;
    private final Authentication authentication;
    private int peerId;

    MessagesOfVersion3(TunnelConfig config, RandomGenerator random, Authentication authentication, int peerId) {
        this.config = config;
        this.random = random;
        this.authentication = authentication;
        this.peerId = peerId;
    }

    @Override
    public void peerTunnelId(int id) {
        peerId = id;
    }

    /** SCCRQ for a peer that has to have version 3. */
    byte[] sccrq() {
        return sccrq(authentication.reservePlace(MessageWriter.version3(MessageType.SCCRQ, 0)));
    }

    /**
     * SCCRQ for a peer that may have version 2 only, which then answers to that (RFC 3931 section 4.7.3).
     *
     * @param challenge of version 2; empty when the peer is not challenged
     */
    byte[] sccrqOfBothVersions(byte[] challenge) {
        MessageWriter writer = authentication.reservePlace(MessageWriter.sccrqOfBothVersions())
                .number(AvpType.PROTOCOL_VERSION, MessagesOfVersion2.PROTOCOL_VERSION)
                .number(AvpType.FRAMING_CAPABILITIES, config.framingCapabilities())
                .number(AvpType.ASSIGNED_TUNNEL_ID, config.localTunnelId())
                .optionalOctets(AvpType.CHALLENGE, challenge);
        return sccrq(writer);
    }

    private byte[] sccrq(MessageWriter writer) {
        common(writer, config.hostName());
        config.tieBreaker().ifPresent(value -> writer.number(AvpType.TIE_BREAKER, value));
        writer.number(AvpType.RECEIVE_WINDOW_SIZE, config.receiveWindowSize())
                .optionalText(AvpType.VENDOR_NAME, config.vendorName());
        MessagesOfVersion2.failover(writer, config);
        config.diffServ().control().ifPresent(phb -> writer.number(AvpType.CONTROL_CONNECTION_DS, phb));
        return writer.toBytes();
    }

    /**
     * SCCRP, no larger than the budget if that can be: see {@link Shedding}. Never hides anything.
     *
     * @param phb our answer to the peer's Control Connection DS; empty when it gets none
     */
    byte[] sccrp(Optional<FailoverCapability> failover, OptionalInt phb, int budgetBytes) {
        return Shedding.fit(budgetBytes, OPTIONAL_OF_SCCRP, config.hostName(), (shed, hostName) -> {
            MessageWriter writer = start(MessageType.SCCRP);
            common(writer, hostName);
            if (shed < 3) {
                writer.number(AvpType.RECEIVE_WINDOW_SIZE, config.receiveWindowSize());
            }
            if (shed < 2) {
                writer.optionalText(AvpType.VENDOR_NAME, config.vendorName());
            }
            if (shed < 1) {
                phb.ifPresent(value -> writer.number(AvpType.CONTROL_CONNECTION_DS, value));
            }
            MessagesOfVersion2.failover(writer, config, failover);
            return writer.toBytes();
        });
    }

    private void common(MessageWriter writer, String hostName) {
        writer.text(AvpType.HOST_NAME, hostName)
                .number(AvpType.ROUTER_ID, config.v3().routerId())
                .number(AvpType.ASSIGNED_CONNECTION_ID, config.localTunnelId())
                .pseudowireCapabilities(config.v3().pseudowires())
                .optionalOctets(AvpType.AUTHENTICATION_NONCE, authentication.localNonce());
    }

    byte[] scccn() {
        return start(MessageType.SCCCN).toBytes();
    }

    @Override
    public byte[] stopccn(ResultCode result) {
        return start(MessageType.STOPCCN).resultCode(result)
                .number(AvpType.ASSIGNED_CONNECTION_ID, config.localTunnelId()).toBytes();
    }

    @Override
    public byte[] hello(int octets) {
        return start(MessageType.HELLO).padding(octets).toBytes();
    }

    /** An ACK where a ZLB could not be authenticated. */
    @Override
    public byte[] acknowledgement() {
        return start(authentication.isEnabled() ? MessageType.ACK : MessageType.ZLB).toBytes();
    }

    @Override
    public SessionMessages sessions() {
        return new SessionMessagesOfVersion3(config.diffServ().session(), this::startHiding);
    }

    /** Only what is authenticated may be hidden (RFC 3931 section 5.3). */
    private MessageWriter startHiding(MessageType type) {
        MessageWriter writer = start(type);
        return config.hideAvps() && authentication.isEnabled()
                ? writer.hiding(authentication.hidingKey(), random) : writer;
    }

    private MessageWriter start(MessageType type) {
        MessageWriter writer = MessageWriter.version3(type, peerId);
        return type == MessageType.ZLB ? writer : authentication.reservePlace(writer);
    }
}
