package org.isthmus.protocol.tunnel;

import java.util.ArrayList;
import java.util.List;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ConnectSpeedUpdate;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;

/**
 * What both ends tell each other about calls that are up: WEN (RFC 2661 section 6.13), SLI (section 6.14), and the
 * connect speeds of RFC 5515. None of it is answered but CSURQ; none of it ends a call.
 */
final class LinkNotices {

    private final SessionTable sessions;
    private final ControlConnection connection;
    private final TunnelObserver observer;
    private final TunnelCounters counters;

    LinkNotices(SessionTable sessions, ControlConnection connection, TunnelObserver observer,
            TunnelCounters counters) {
        this.sessions = sessions;
        this.connection = connection;
        this.observer = observer;
        this.counters = counters;
    }

    // As LAC

    void reportErrors(Session session, CallErrors errors) {
        if (isUp(session) && session.type().isLac()) {
            connection.send(MessageType.WEN, session.localId(), connection.sessionMessages().wen(session, errors));
        }
    }

    void updateSpeed(Session session, long tx, long rx) {
        if (isUp(session) && session.type() == CallType.LAC_INCOMING) {
            session.connected(session.connected().orElseThrow().withSpeeds(tx, rx));
            if (tellsSpeeds(session)) {
                send(MessageType.CSUN, List.of(speedOf(session)));
            }
        }
    }

    /** CSURQ: answers for those sessions that we said we would, and for no other (RFC 5515 section 4.2). */
    void speedsAsked(ControlMessage message) {
        List<ConnectSpeedUpdate> answers = new ArrayList<>();
        for (ConnectSpeedUpdate question : message.connectSpeedUpdates()) {
            Session session = sessions.local(question.sessionId());
            if (session != null && isUp(session) && session.type() == CallType.LAC_INCOMING && tellsSpeeds(session)) {
                answers.add(speedOf(session));
            } else {
                counters.count(Counter.NO_SUCH_SESSION);
            }
        }
        send(MessageType.CSUN, answers);
    }

    // As LNS

    void setLinkInfo(Session session, LinkInfo info) {
        if (isUp(session) && !session.type().isLac()) {
            connection.send(MessageType.SLI, session.localId(), connection.sessionMessages().sli(session, info));
        }
    }

    /** Asks for the speeds of all sessions whose LAC said that it tells them. */
    void askSpeeds() {
        List<ConnectSpeedUpdate> questions = new ArrayList<>();
        for (Session session : sessions.all()) {
            if (isUp(session) && session.type() == CallType.LNS_INCOMING && tellsSpeeds(session)) {
                questions.add(new ConnectSpeedUpdate(session.remoteId(), 0, 0));
            }
        }
        send(MessageType.CSURQ, questions);
    }

    /** CSUN. */
    void speedsTold(ControlMessage message) {
        for (ConnectSpeedUpdate update : message.connectSpeedUpdates()) {
            Session session = sessions.local(update.sessionId());
            if (session != null && isUp(session) && session.type() == CallType.LNS_INCOMING) {
                ConnectedCall now = session.connected().orElseThrow()
                        .withSpeeds(update.txConnectSpeed(), update.rxConnectSpeed());
                session.connected(now);
                observer.speedChanged(session, now);
            } else {
                counters.count(Counter.NO_SUCH_SESSION);
            }
        }
    }

    // As either

    /** In version 3; before the session is up its next message says it. */
    void setCircuit(Session session, CircuitStatus status) {
        if (session.pseudowire() == null) {
            return;
        }
        session.pseudowire().localCircuit(status);
        session.touched();
        if (isUp(session)) {
            tellCircuit(session);
        }
    }

    /** Tells the peer of our circuit, if that has changed since a message said it. */
    void tellCircuit(Session session) {
        Pseudowire pseudowire = session.pseudowire();
        if (pseudowire != null && !pseudowire.isCircuitTold()) {
            CircuitStatus status = pseudowire.tellCircuit().known();
            session.touched();
            connection.send(MessageType.SLI, session.localId(), connection.sessionMessages().sli(session, status));
        }
    }

    /** After a failure nobody knows what the peer has read of what was told. */
    void tellCircuits() {
        for (Session session : sessions.all()) {
            if (isUp(session) && session.pseudowire() != null) {
                session.pseudowire().forgetTold();
                tellCircuit(session);
            }
        }
    }

    private void circuitTold(Session session, CircuitStatus status) {
        session.pseudowire().remoteCircuit(status);
        session.touched();
        observer.circuitChanged(session, status);
    }

    /** WEN is for an LNS, SLI for a LAC: at the other end it is counted and says nothing. */
    void noticed(Session session, ControlMessage message) {
        if (message.type() == MessageType.SLI && session.pseudowire() != null
                && message.circuitStatus().isPresent()) {
            circuitTold(session, message.circuitStatus().get());
            return;
        }
        if ((message.type() == MessageType.SLI) != session.type().isLac()) {
            counters.count(Counter.UNEXPECTED);
            return;
        }
        message.callErrors().ifPresent(session::callErrors);
        message.accm().ifPresent(session::accm);
        observer.sessionNotice(session, message);
    }

    private void send(MessageType type, List<ConnectSpeedUpdate> speeds) {
        SessionMessages.divide(speeds, some -> connection.send(type, connection.sessionMessages().speeds(type, some)));
    }

    private static ConnectSpeedUpdate speedOf(Session session) {
        ConnectedCall call = session.connected().orElseThrow();
        return new ConnectSpeedUpdate(session.remoteId(), call.txConnectSpeed(), call.rxConnectSpeed());
    }

    private static boolean tellsSpeeds(Session session) {
        return session.pseudowire() == null && session.call() instanceof IncomingCall call && call.speedUpdates();
    }

    private static boolean isUp(Session session) {
        return session.state() == SessionState.ESTABLISHED;
    }
}
