package org.isthmus.protocol.tunnel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.FailoverSession;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ResultCode;

/**
 * The calls of a tunnel after a failure of either end: what was not up is cleared, then both ends ask each other for the
 * sessions that they have, and clear those that only one has (RFC 4951 section 3.3).
 */
final class CallRecovery {

    private final Calls calls;
    private final SessionTable sessions;
    private final LinkNotices notices;
    private final ControlConnection connection;
    private final TunnelObserver observer;
    private final TunnelCounters counters;
    private final Set<Session> unconfirmed = new LinkedHashSet<>();

    CallRecovery(Calls calls, SessionTable sessions, LinkNotices notices, ControlConnection connection,
            TunnelObserver observer, TunnelCounters counters) {
        this.calls = calls;
        this.sessions = sessions;
        this.notices = notices;
        this.connection = connection;
        this.observer = observer;
        this.counters = counters;
    }

    /** Takes a session of before; not when there is one with its identifier. */
    void restore(SessionSnapshot snapshot, long now) {
        SessionIds ids = calls.ids();
        if (sessions.remote(snapshot.remoteId()) == null && ids.take(snapshot.localId(), now)) {
            calls.add(Session.restored(calls, ids, snapshot));
        }
    }

    /** Step I: clears what was not up. A call that still waits to be asked for goes on waiting. */
    void clearUnestablished(long now) {
        for (Session session : List.copyOf(sessions.all())) {
            if (!isUp(session) && session.state() != SessionState.WAIT_TUNNEL && session.state() != SessionState.CLOSED) {
                clear(session, "not established when the tunnel was recovered", now);
            }
        }
    }

    /** The control channel is reset: asks for all sessions that are up. */
    void recovered(boolean failedHere, long now) {
        notices.tellCircuits();
        unconfirmed.clear();
        ask(sessions.all().stream().filter(CallRecovery::isUp).toList());
        boolean takesUp = connection.peer().flatMap(PeerFacts::failover).filter(FailoverCapability::data).isPresent();
        if (failedHere && !takesUp) {
            closeSequenced(now);
        }
    }

    /** RFC 4951 section 3.2.3: the peer would drop what we number anew. */
    private void closeSequenced(long now) {
        for (Session session : List.copyOf(sessions.all())) {
            if (isUp(session) && session.isSequenced()) {
                calls.close(session, CallEnd.byUs(ResultCode.of(CallResult.ADMINISTRATIVE,
                        "its sequence numbers cannot be recovered"), Optional.empty()), now);
            }
        }
    }

    private void clear(Session session, String words, long now) {
        counters.count(Counter.SESSIONS_NOT_RECOVERED);
        calls.clear(session, CloseCause.of(Kind.FAILOVER, words), now);
    }

    private void ask(Collection<Session> asked) {
        unconfirmed.addAll(asked);
        send(MessageType.FSQ, asked.stream().map(s -> new FailoverSession(s.localId(), s.remoteId())).toList());
    }

    /** FSQ: says which of these sessions are here. One that is here with another partner is asked for in turn. */
    void asked(ControlMessage message) {
        List<FailoverSession> answers = new ArrayList<>();
        List<Session> stale = new ArrayList<>();
        for (FailoverSession question : message.failoverSessions()) {
            Session session = sessions.local(question.remoteSessionId());
            boolean paired = session != null && session.remoteId() == question.sessionId();
            answers.add(new FailoverSession(paired ? session.localId() : 0, question.sessionId()));
            if (session != null && !paired && isUp(session) && !unconfirmed.contains(session)) {
                stale.add(session);
            }
        }
        send(MessageType.FSR, answers);
        ask(stale);
    }

    /** FSR: clears the sessions that the peer does not have, without a word. */
    void answered(ControlMessage message, long now) {
        for (FailoverSession answer : message.failoverSessions()) {
            Session session = sessions.local(answer.remoteSessionId());
            if (session == null || !isUp(session)) {
                counters.count(Counter.NO_SUCH_SESSION);
                continue;
            }
            unconfirmed.remove(session);
            if (answer.sessionId() == 0) {
                clear(session, "the peer has lost the session", now);
            } else if (!session.mayCarryData() && session.allowData()) {
                // Its ICCN or OCCN was not acknowledged when an end failed.
                observer.dataMayFlow(session);
            }
        }
    }

    /** It is no more. */
    void forget(Session session) {
        unconfirmed.remove(session);
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    List<Integer> unconfirmedIds() {
        return unconfirmed.stream().map(Session::localId).toList();
    }

    /** The peer was asked for these. */
    void resume(List<Integer> ids) {
        ids.stream().map(sessions::local).filter(Objects::nonNull).forEach(unconfirmed::add);
    }

    private void send(MessageType type, List<FailoverSession> states) {
        SessionMessages.divide(states, some -> connection.send(type, connection.sessionMessages().failover(type, some)));
    }

    private static boolean isUp(Session session) {
        return session.state() == SessionState.ESTABLISHED;
    }
}
