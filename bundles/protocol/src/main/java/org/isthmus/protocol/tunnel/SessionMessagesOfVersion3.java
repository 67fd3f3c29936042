package org.isthmus.protocol.tunnel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ConnectSpeedUpdate;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.FailoverSession;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.ResultCode;

/**
 * Writes the messages of the sessions of one tunnel of version 3 (RFC 3931 section 6). What RFC 2661 says about a caller
 * and his PPP link goes along where a PPP pseudowire is asked for and there is something to say.
 */
final class SessionMessagesOfVersion3 implements SessionMessages {

    private final OptionalInt phb;
    private final Function<MessageType, MessageWriter> start;

    /**
     * @param phb   the PHB code that calls of ours ask for (RFC 3308)
     * @param start begins a message, with digest and hiding as the tunnel has them
     */
    SessionMessagesOfVersion3(OptionalInt phb, Function<MessageType, MessageWriter> start) {
        this.phb = phb;
        this.start = start;
    }

    @Override
    public byte[] icrq(Session session, IncomingCall call) {
        MessageWriter writer = request(MessageType.ICRQ, session, call)
                .optionalNumber(AvpType.PHYSICAL_CHANNEL_ID, call.physicalChannelId());
        session.connected().ifPresent(connected -> speeds(writer, connected));
        return writer.toBytes();
    }

    @Override
    public byte[] ocrq(Session session, OutgoingCall call) {
        return request(MessageType.OCRQ, session, call)
                .optionalNumber(AvpType.TX_CONNECT_SPEED_64, call.maximumBps()).toBytes();
    }

    private MessageWriter request(MessageType type, Session session, CallRequest call) {
        Pseudowire pseudowire = session.pseudowire();
        MessageWriter writer = start(type, session.localId(), session.remoteId())
                .number(AvpType.CALL_SERIAL_NUMBER, call.serialNumber())
                .number(AvpType.PSEUDOWIRE_TYPE, pseudowire.type().code())
                .octets(AvpType.REMOTE_END_ID, pseudowire.remoteEndId().getBytes(StandardCharsets.UTF_8))
                .circuitStatus(pseudowire.tellCircuit());
        pseudowire.tieBreaker().ifPresent(value -> writer.number(AvpType.TIE_BREAKER, value));
        terms(writer, pseudowire);
        optionalPhb(writer, phb);
        if (pseudowire.type() == PseudowireType.PPP) {
            writer.optionalText(AvpType.CALLING_NUMBER, call.callingNumber())
                    .optionalText(AvpType.CALLED_NUMBER, call.calledNumber())
                    .optionalText(AvpType.SUB_ADDRESS, call.subAddress());
        }
        return writer;
    }

    @Override
    public byte[] reply(MessageType type, Session session) {
        MessageWriter writer = start(type, session.localId(), session.remoteId())
                .circuitStatus(session.pseudowire().tellCircuit());
        terms(writer, session.pseudowire());
        optionalPhb(writer, session.phb());
        return writer.toBytes();
    }

    private static void terms(MessageWriter writer, Pseudowire pseudowire) {
        writer.optionalOctets(AvpType.ASSIGNED_COOKIE, pseudowire.localCookie());
        sublayer(writer, pseudowire.terms());
    }

    private static void sublayer(MessageWriter writer, PseudowireTerms terms) {
        if (terms.sublayer()) {
            writer.number(AvpType.L2_SPECIFIC_SUBLAYER, Pseudowire.DEFAULT_SUBLAYER)
                    .number(AvpType.DATA_SEQUENCING, terms.sequencing().code());
        }
    }

    @Override
    public byte[] iccn(Session session, ConnectedCall call) {
        return connected(MessageType.ICCN, session, call);
    }

    @Override
    public byte[] occn(Session session, ConnectedCall call) {
        return connected(MessageType.OCCN, session, call);
    }

    private byte[] connected(MessageType type, Session session, ConnectedCall call) {
        MessageWriter writer = start(type, session.localId(), session.remoteId());
        sublayer(writer, session.pseudowire().terms());
        speeds(writer, call);
        writer.circuitStatus(session.pseudowire().tellCircuit().known());
        if (session.pseudowire().type() == PseudowireType.PPP) {
            call.proxy().forEach(writer::octets);
            writer.optionalText(AvpType.PRIVATE_GROUP_ID, call.privateGroupId());
        }
        return writer.toBytes();
    }

    private static void speeds(MessageWriter writer, ConnectedCall call) {
        writer.optionalNumber(AvpType.TX_CONNECT_SPEED_64, call.txConnectSpeed());
        if (call.rxConnectSpeed() != call.txConnectSpeed()) {
            writer.number(AvpType.RX_CONNECT_SPEED_64, call.rxConnectSpeed());
        }
    }

    @Override
    public byte[] cdn(int peerSessionId, int localSessionId, ResultCode result,
            Optional<DisconnectCause> disconnect) {
        MessageWriter writer = start(MessageType.CDN, localSessionId, peerSessionId).resultCode(result);
        disconnect.ifPresent(writer::disconnectCause);
        return writer.toBytes();
    }

    @Override
    public byte[] wen(Session session, CallErrors errors) {
        return start(MessageType.WEN, session.localId(), session.remoteId()).callErrors(errors).toBytes();
    }

    @Override
    public byte[] sli(Session session, LinkInfo info) {
        return info.write(start(MessageType.SLI, session.localId(), session.remoteId()));
    }

    @Override
    public byte[] sli(Session session, CircuitStatus status) {
        return start(MessageType.SLI, session.localId(), session.remoteId()).circuitStatus(status).toBytes();
    }

    @Override
    public byte[] failover(MessageType type, List<FailoverSession> sessions) {
        MessageWriter writer = start.apply(type);
        sessions.forEach(writer::failoverSession);
        return writer.toBytes();
    }

    /** RFC 5515 is agreed on in ICRQs of version 2 alone: nothing here asks for it. */
    @Override
    public byte[] speeds(MessageType type, List<ConnectSpeedUpdate> updates) {
        throw new UnsupportedOperationException(type + " in version 3");
    }

    private MessageWriter start(MessageType type, int localId, int remoteId) {
        return start.apply(type).number(AvpType.LOCAL_SESSION_ID, localId)
                .number(AvpType.REMOTE_SESSION_ID, remoteId);
    }

    private static void optionalPhb(MessageWriter writer, OptionalInt value) {
        value.ifPresent(code -> writer.number(AvpType.SESSION_DS, code));
    }
}
