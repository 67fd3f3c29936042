package org.isthmus.protocol.tunnel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ConnectSpeedUpdate;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.FailoverSession;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ResultCode;

/** Writes the messages of the sessions of one tunnel (RFC 2661 section 6), AVPs in the order of the RFC. */
final class SessionMessagesOfVersion2 implements SessionMessages {

    private final TunnelConfig config;
    private final RandomGenerator random;
    private final int peerTunnelId;

    SessionMessagesOfVersion2(TunnelConfig config, RandomGenerator random, int peerTunnelId) {
        this.config = config;
        this.random = random;
        this.peerTunnelId = peerTunnelId;
    }

    @Override
    public byte[] icrq(Session session, IncomingCall call) {
        MessageWriter writer = start(MessageType.ICRQ, 0)
                .number(AvpType.ASSIGNED_SESSION_ID, session.localId())
                .number(AvpType.CALL_SERIAL_NUMBER, call.serialNumber())
                .number(AvpType.BEARER_TYPE, call.bearerType())
                .optionalNumber(AvpType.PHYSICAL_CHANNEL_ID, call.physicalChannelId())
                .optionalText(AvpType.CALLING_NUMBER, call.callingNumber())
                .optionalText(AvpType.CALLED_NUMBER, call.calledNumber())
                .optionalText(AvpType.SUB_ADDRESS, call.subAddress());
        optionalPhb(writer, config.diffServ().session());
        if (call.speedUpdates()) {
            writer.flag(AvpType.CONNECT_SPEED_UPDATE_ENABLE);
        }
        call.accessLine().values().forEach(writer::octets);
        return writer.toBytes();
    }

    @Override
    public byte[] ocrq(Session session, OutgoingCall call) {
        MessageWriter writer = start(MessageType.OCRQ, 0)
                .number(AvpType.ASSIGNED_SESSION_ID, session.localId())
                .number(AvpType.CALL_SERIAL_NUMBER, call.serialNumber())
                .number(AvpType.MINIMUM_BPS, call.minimumBps())
                .number(AvpType.MAXIMUM_BPS, call.maximumBps())
                .number(AvpType.BEARER_TYPE, call.bearerType())
                .number(AvpType.FRAMING_TYPE, call.framingType())
                // Must be there, even when there is nobody to dial.
                .text(AvpType.CALLED_NUMBER, call.calledNumber())
                .optionalText(AvpType.SUB_ADDRESS, call.subAddress());
        optionalPhb(writer, config.diffServ().session());
        return writer.toBytes();
    }

    @Override
    public byte[] reply(MessageType type, Session session) {
        MessageWriter writer = start(type, session.remoteId())
                .number(AvpType.ASSIGNED_SESSION_ID, session.localId());
        optionalPhb(writer, session.phb());
        return writer.toBytes();
    }

    @Override
    public byte[] iccn(Session session, ConnectedCall call) {
        MessageWriter writer = start(MessageType.ICCN, session.remoteId())
                .number(AvpType.TX_CONNECT_SPEED, call.txConnectSpeed())
                .number(AvpType.FRAMING_TYPE, call.framingType());
        call.proxy().forEach(writer::octets);
        writer.optionalText(AvpType.PRIVATE_GROUP_ID, call.privateGroupId());
        speedAndSequencing(writer, call);
        return writer.toBytes();
    }

    /** OCCN: of the proxy AVPs only the options of RFC 3437 have a place in it. */
    @Override
    public byte[] occn(Session session, ConnectedCall call) {
        MessageWriter writer = start(MessageType.OCCN, session.remoteId())
                .number(AvpType.TX_CONNECT_SPEED, call.txConnectSpeed())
                .number(AvpType.FRAMING_TYPE, call.framingType());
        speedAndSequencing(writer, call);
        for (AvpType type : List.of(AvpType.LCP_WANT_OPTIONS, AvpType.LCP_ALLOW_OPTIONS)) {
            if (call.proxy().containsKey(type)) {
                writer.octets(type, call.proxy().get(type));
            }
        }
        return writer.toBytes();
    }

    private static void speedAndSequencing(MessageWriter writer, ConnectedCall call) {
        if (call.rxConnectSpeed() != call.txConnectSpeed()) {
            writer.number(AvpType.RX_CONNECT_SPEED, call.rxConnectSpeed());
        }
        if (call.sequencingRequired()) {
            writer.flag(AvpType.SEQUENCING_REQUIRED);
        }
    }

    @Override
    public byte[] cdn(int peerSessionId, int localSessionId, ResultCode result, Optional<DisconnectCause> disconnect) {
        MessageWriter writer = start(MessageType.CDN, peerSessionId)
                .resultCode(result)
                .number(AvpType.ASSIGNED_SESSION_ID, localSessionId);
        disconnect.ifPresent(writer::disconnectCause);
        return writer.toBytes();
    }

    @Override
    public byte[] wen(Session session, CallErrors errors) {
        return start(MessageType.WEN, session.remoteId()).callErrors(errors).toBytes();
    }

    @Override
    public byte[] sli(Session session, LinkInfo info) {
        return info.write(start(MessageType.SLI, session.remoteId()));
    }

    /** Version 2 does not know of circuits. */
    @Override
    public byte[] sli(Session session, CircuitStatus status) {
        throw new UnsupportedOperationException("Circuit Status in version 2");
    }

    @Override
    public byte[] failover(MessageType type, List<FailoverSession> sessions) {
        MessageWriter writer = start(type, 0);
        sessions.forEach(writer::failoverSession);
        return writer.toBytes();
    }

    @Override
    public byte[] speeds(MessageType type, List<ConnectSpeedUpdate> updates) {
        MessageWriter writer = start(type, 0);
        updates.forEach(writer::connectSpeedUpdate);
        return writer.toBytes();
    }

    private MessageWriter start(MessageType type, int peerSessionId) {
        MessageWriter writer = new MessageWriter(type, peerTunnelId, peerSessionId);
        return config.hideAvps() ? writer.hiding(config.secret(), random) : writer;
    }

    private static void optionalPhb(MessageWriter writer, OptionalInt phb) {
        phb.ifPresent(value -> writer.number(AvpType.SESSION_DS, value));
    }
}
