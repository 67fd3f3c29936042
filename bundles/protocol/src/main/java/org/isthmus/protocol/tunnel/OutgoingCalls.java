package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.SessionState.WAIT_CONNECT;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_CS_ANSWER;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_REPLY;

import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;

/** The state tables of outgoing calls: of the LAC (RFC 2661 section 7.5.1) and of the LNS (section 7.5.2). */
final class OutgoingCalls {

    private final Calls calls;
    private final OfferedCalls offered;
    private final CallSteps steps;
    private final ControlConnection connection;
    private final TunnelObserver observer;

    OutgoingCalls(Calls calls, OfferedCalls offered, CallSteps steps, ControlConnection connection, TunnelObserver observer) {
        this.calls = calls;
        this.offered = offered;
        this.steps = steps;
        this.connection = connection;
        this.observer = observer;
    }

    /** LNS: the tunnel is up, the call can be asked for, if the LAC has what it takes. */
    void request(Session session, long now) {
        OutgoingCall wanted = (OutgoingCall) session.call();
        OutgoingCall possible = connection.version() == ProtocolVersion.V2
                ? within(wanted, connection.peer().orElseThrow()) : wanted;
        if (possible == null) {
            calls.close(session, CallEnd.lacking("bearer or framing"), now);
            return;
        }
        session.state(WAIT_REPLY);
        connection.send(MessageType.OCRQ, session.localId(), connection.sessionMessages().ocrq(session, possible));
    }

    /**
     * What of a call the LAC can do: RFC 2661 sections 4.4.3, 4.4.4 and 6.9 let us ask only for bearers and framings that
     * it has advertised, and for no call if it advertised no bearers. Null if nothing is left.
     */
    private static OutgoingCall within(OutgoingCall call, PeerFacts lac) {
        int bearer = call.bearerType() & lac.bearerCapabilities();
        int framing = call.framingType() & lac.framingCapabilities();
        boolean lacks = lac.bearerCapabilities() == 0 || bearer == 0 && call.bearerType() != 0
                || framing == 0 && call.framingType() != 0;
        return lacks ? null : new OutgoingCall(call.serialNumber(), call.minimumBps(), call.maximumBps(), bearer,
                framing, call.calledNumber(), call.subAddress());
    }

    /** LAC: OCRQ. */
    void requested(ControlMessage message, long now) {
        if (!connection.config().role().isLac() || !connection.config().takeOutgoingCalls()) {
            offered.refuse(message, ResultCode.of(CallResult.NO_FACILITIES, "this end places no calls for its peer"),
                    now);
            return;
        }
        OutgoingCall call = new OutgoingCall(message.number(AvpType.CALL_SERIAL_NUMBER, 0),
                message.number(AvpType.MINIMUM_BPS, 0),
                message.number(AvpType.MAXIMUM_BPS, message.number(AvpType.TX_CONNECT_SPEED_64, 0)),
                message.integer(AvpType.BEARER_TYPE, 0), message.integer(AvpType.FRAMING_TYPE, 0),
                message.text(AvpType.CALLED_NUMBER), message.text(AvpType.SUB_ADDRESS));
        offered.begin(message, CallType.LAC_OUTGOING, call, now)
                .ifPresent(session -> observer.outgoingCallReceived(session, call));
    }

    /** LAC: this side places the call. */
    void accept(Session session) {
        session.state(WAIT_CS_ANSWER);
        connection.send(MessageType.OCRP, session.localId(), connection.sessionMessages().reply(MessageType.OCRP, session));
    }

    /** LNS: OCRP. */
    void replied(Session session, ControlMessage message, long now) {
        if (steps.replied(session, CallType.LNS_OUTGOING, message, now)) {
            session.state(WAIT_CONNECT);
        }
    }

    /** LAC: the remote system answered. */
    void connect(Session session, ConnectedCall call) {
        steps.connect(session, call, MessageType.OCCN, connection.sessionMessages().occn(session, call));
    }
}
