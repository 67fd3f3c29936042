package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.SessionState.WAIT_CONNECT;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_REPLY;

import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;

/** The state tables of incoming calls: of the LAC (RFC 2661 section 7.4.1) and of the LNS (section 7.4.2). */
final class IncomingCalls {

    private final Calls calls;
    private final OfferedCalls offered;
    private final CallSteps steps;
    private final ControlConnection connection;
    private final TunnelObserver observer;

    IncomingCalls(Calls calls, OfferedCalls offered, CallSteps steps, ControlConnection connection, TunnelObserver observer) {
        this.calls = calls;
        this.offered = offered;
        this.steps = steps;
        this.connection = connection;
        this.observer = observer;
    }

    /** LAC: the tunnel is up, the call can be asked for, if the LNS has what it takes. */
    void request(Session session, long now) {
        ConnectedCall call = session.connected().orElseThrow();
        int framing = framingWithin(call);
        if (framing == 0 && call.framingType() != 0) {
            calls.close(session, CallEnd.lacking("framing"), now);
            return;
        }
        session.connected(call.withFraming(framing));
        session.state(WAIT_REPLY);
        connection.send(MessageType.ICRQ, session.localId(),
                connection.sessionMessages().icrq(session, (IncomingCall) session.call()));
    }

    /**
     * RFC 2661 section 4.4.3: only a framing that the peer has advertised may be named. Version 3 knows no framings, and
     * a peer that advertised none at all, which it must not, cannot mean that.
     */
    private int framingWithin(ConnectedCall call) {
        int capabilities = connection.peer().map(PeerFacts::framingCapabilities).orElse(0);
        return connection.version() != ProtocolVersion.V2 || capabilities == 0 ? call.framingType()
                : call.framingType() & capabilities;
    }

    /** LNS: ICRQ. */
    void requested(ControlMessage message, long now) {
        if (!connection.config().role().isLns() && !Pseudowires.hasNoRoles(message)) {
            offered.refuse(message, ResultCode.of(CallResult.NO_FACILITIES, "this end answers no calls"), now);
            return;
        }
        IncomingCall call = new IncomingCall(message.number(AvpType.CALL_SERIAL_NUMBER, 0),
                message.integer(AvpType.BEARER_TYPE, 0), (int) message.number(AvpType.PHYSICAL_CHANNEL_ID, 0),
                message.text(AvpType.CALLING_NUMBER), message.text(AvpType.CALLED_NUMBER),
                message.text(AvpType.SUB_ADDRESS), message.accessLine(),
                message.has(AvpType.CONNECT_SPEED_UPDATE_ENABLE));
        offered.begin(message, CallType.LNS_INCOMING, call, now)
                .ifPresent(session -> observer.callReceived(session, call));
    }

    /** LNS: this side takes the call. */
    void accept(Session session) {
        session.state(WAIT_CONNECT);
        connection.send(MessageType.ICRP, session.localId(), connection.sessionMessages().reply(MessageType.ICRP, session));
    }

    /** LAC: ICRP. */
    void replied(Session session, ControlMessage message, long now) {
        if (steps.replied(session, CallType.LAC_INCOMING, message, now)) {
            ConnectedCall call = session.connected().orElseThrow();
            steps.connect(session, call, MessageType.ICCN, connection.sessionMessages().iccn(session, call));
        }
    }
}
