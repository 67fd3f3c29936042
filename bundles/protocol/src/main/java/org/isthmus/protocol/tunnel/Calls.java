package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.SessionState.CLOSED;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_ANSWER;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_CS_ANSWER;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_TUNNEL;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.RestingId;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;

/**
 * The sessions of one tunnel: how they begin and end, and who gets which message. The state tables are in
 * {@link IncomingCalls} and {@link OutgoingCalls}, what both have in common in {@link CallSteps} and, of what the peer asks for,
 * in {@link OfferedCalls}; why calls end is in {@link CallEnd}.
 */
final class Calls {
    private final ControlConnection connection;
    private final TunnelObserver observer;
    private final TunnelCounters counters;
    private final SessionTable sessions;
    private final IncomingCalls incoming;
    private final OutgoingCalls outgoing;
    private final LinkNotices notices;
    private final CallSteps steps;
    private final Pseudowires pseudowires;
    private final CallRecovery recovery;
    private final OfferedCalls offered;

    Calls(ControlConnection connection, TunnelObserver observer, TunnelCounters counters, RandomGenerator random) {
        this.connection = connection;
        this.observer = observer;
        this.counters = counters;
        this.sessions = new SessionTable(random);
        this.pseudowires = new Pseudowires(connection, sessions, random);
        this.notices = new LinkNotices(sessions, connection, observer, counters);
        this.recovery = new CallRecovery(this, sessions, notices, connection, observer, counters);
        this.steps = new CallSteps(this, connection, observer, sessions, notices);
        this.offered = new OfferedCalls(this, steps, pseudowires, connection, counters);
        this.incoming = new IncomingCalls(this, offered, steps, connection, observer);
        this.outgoing = new OutgoingCalls(this, offered, steps, connection, observer);
    }

    Tunnel tunnel() {
        return connection.tunnel();
    }

    CallRecovery recovery() {
        return recovery;
    }

    Optional<Session> session(int localId) {
        return Optional.ofNullable(sessions.local(localId));
    }

    Collection<Session> sessions() {
        return sessions.all();
    }

    List<RestingId> resting(long now) {
        return sessions.resting(now);
    }

    /** Goes on with the calls of another object. */
    void resume(TunnelCheckpoint before, long now) {
        SessionIds ids = ids();
        before.sessions().forEach(session -> ids.take(session.localId(), now));
        sessions.resume(before.sessions().stream().map(session -> Session.resumed(this, ids, session, now)).toList(),
                before.resting(), now);
        recovery.resume(before.failover().unconfirmed());
    }

    /** Ends sessions that are the peer's and not ours. */
    void disown(List<SessionCheckpoint> theirs) {
        theirs.stream().filter(other -> sessions.local(other.localId()) == null).forEach(other -> connection.send(MessageType.CDN,
                connection.sessionMessages().cdn(other.remoteId(), other.localId(),
                        ResultCode.of(CallResult.ADMINISTRATIVE, "it is not known here any more"), Optional.empty())));
    }

    boolean isEmpty() {
        return sessions.size() == 0;
    }

    // What this side asks for

    Optional<Session> placeIncoming(CallConfig call, long now) {
        boolean mayPlace = connection.config().role().isLac() || call.terms().type() != PseudowireType.PPP;
        return mayPlace ? place(call.sessionId(), CallType.LAC_INCOMING, call.request(),
                Optional.of(call.connected()), call.terms(), now) : Optional.empty();
    }

    Optional<Session> placeOutgoing(int sessionId, OutgoingCall call, PseudowireTerms terms, long now) {
        CallConfig.check("called number", call.calledNumber());
        CallConfig.check("sub-address", call.subAddress());
        return connection.config().role().isLns()
                ? place(sessionId, CallType.LNS_OUTGOING, call, Optional.empty(), terms, now) : Optional.empty();
    }

    private Optional<Session> place(int sessionId, CallType type, CallRequest call,
            Optional<ConnectedCall> connected, PseudowireTerms terms, long now) {
        SessionIds ids = ids();
        int id = isFull() ? 0 : SessionTable.lend(ids, sessionId, now);
        if (id == 0) {
            return Optional.empty();
        }
        Session session = new Session(this, id, ids, type, call, connected, terms, deadline(now));
        add(session);
        if (connection.state() == TunnelState.ESTABLISHED) {
            tunnelOpened(now);
        }
        return Optional.of(session);
    }

    /** The tunnel is up: asks for the calls that waited for it. */
    void tunnelOpened(long now) {
        for (Session session : sessions.takeWaiting()) {
            if (session.state() != WAIT_TUNNEL || !prepare(session, now)) {
                continue;
            }
            if (session.type().isIncoming()) {
                incoming.request(session, now);
            } else {
                outgoing.request(session, now);
            }
        }
    }

    /** Now that the version is known. False when the session cannot be, and is closed. */
    private boolean prepare(Session session, long now) {
        ResultCode objection = pseudowires.prepare(session, session.terms());
        int formerId = session.localId();
        if (objection != null) {
            close(session, CallEnd.unacceptable(objection, "the peer cannot carry it: " + objection.words()), now);
        } else if (session.ids() != ids()) {
            if (sessions.renumber(session, ids(), now)) {
                observer.sessionRenumbered(session, formerId);
            } else {
                close(session, CallEnd.unacceptable(ResultCode.of(CallResult.NO_FACILITIES_NOW, ""),
                        "no session identifiers left"), now);
            }
        }
        return session.state() == WAIT_TUNNEL;
    }

    SessionIds ids() {
        return sessions.ids(connection.version(), connection.config());
    }

    void accept(Session session, Optional<PseudowireTerms> terms, long now) {
        connection.clock(now);
        if (session.state() == WAIT_ANSWER) {
            if (session.pseudowire() != null) {
                pseudowires.accept(session, terms.orElse(session.pseudowire().terms()));
            }
            if (session.type().isIncoming()) {
                incoming.accept(session);
            } else {
                outgoing.accept(session);
            }
            connection.flush();
        }
    }

    void connect(Session session, ConnectedCall call, long now) {
        connection.clock(now);
        if (session.state() == WAIT_CS_ANSWER) {
            outgoing.connect(session, call);
            connection.flush();
        }
    }

    void notice(long now, Consumer<LinkNotices> notice) {
        connection.clock(now);
        notice.accept(notices);
        connection.flush();
    }

    void close(Session session, ResultCode result, Optional<DisconnectCause> disconnect, long now) {
        connection.clock(now);
        close(session, CallEnd.byUs(result, disconnect), now);
        connection.flush();
    }

    /** Ends a session with a CDN that carries the result of the cause. */
    void close(Session session, CloseCause cause, long now) {
        if (session.state() == CLOSED) {
            return;
        }
        boolean peerKnows = session.state() != WAIT_TUNNEL;
        remove(session, now);
        if (peerKnows) {
            connection.send(MessageType.CDN, session.localId(), connection.sessionMessages().cdn(session.remoteId(), session.localId(),
                    cause.result().orElseThrow(), cause.disconnect()));
        }
        observer.sessionClosed(session, cause);
    }

    /** The tunnel is over, and with it, without a word to the peer, every session. */
    void closeAll(CloseCause cause, long now) {
        for (Session session : new ArrayList<>(sessions.all())) {
            if (session.state() != CLOSED) {
                clear(session, cause, now);
            }
        }
    }

    /** Ends a session without a word to the peer. */
    void clear(Session session, CloseCause cause, long now) {
        remove(session, now);
        observer.sessionClosed(session, cause);
    }

    // Time

    /** When {@link #timeout} is due. */
    long nextTimeoutMillis() {
        Session next = sessions.nextDue();
        return next == null ? Long.MAX_VALUE : next.deadlineMillis();
    }

    void timeout(long now) {
        while (nextTimeoutMillis() <= now) {
            Session late = sessions.nextDue();
            close(late, CallEnd.tooLate(late, connection.version()), now);
        }
    }

    long deadline(long now) {
        long timeout = connection.config().sessionEstablishTimeoutMillis();
        return timeout == 0 ? Long.MAX_VALUE : now + timeout;
    }

    // What the peer says

    /** A message of a session, in its turn, in an established tunnel. */
    void received(ControlMessage message, long now) {
        switch (message.type()) {
            case ICRQ, OCRQ -> requested(message, now);
            case CDN -> disconnected(message, now);
            case FSQ -> recovery.asked(message);
            case FSR -> recovery.answered(message, now);
            case CSUN -> notices.speedsTold(message);
            case CSURQ -> notices.speedsAsked(message);
            default -> withSession(message, now);
        }
    }

    /** A message of a session that had to be rejected: ends the session. */
    void rejected(Rejection rejection, ControlMessage message, long now) {
        if (message.type() == MessageType.CDN) {
            disconnected(message, now);
            return;
        }
        Session session = sessions.local(message.sessionId());
        if (session == null) {
            offered.refuse(message, ResultCode.ofSession(rejection.error(), rejection.words()), now);
        } else {
            close(session, CallEnd.unusable(rejection, message.type()), now);
        }
    }

    private void requested(ControlMessage message, long now) {
        Session existing = sessions.remote(message.assignedSessionId());
        if (existing != null) {
            unexpected(existing, message, now);
        } else if (pseudowires.isVersion3() && !offered.isPossible(message, now)) {
            return;
        } else if (message.type() == MessageType.ICRQ) {
            incoming.requested(message, now);
        } else {
            outgoing.requested(message, now);
        }
    }

    private void withSession(ControlMessage message, long now) {
        Session session = sessionOf(message);
        if (session == null) {
            counters.count(Counter.NO_SUCH_SESSION);
            return;
        }
        switch (message.type()) {
            case ICRP -> incoming.replied(session, message, now);
            case ICCN -> steps.connected(session, CallType.LNS_INCOMING, message, now);
            case OCRP -> outgoing.replied(session, message, now);
            case OCCN -> steps.connected(session, CallType.LNS_OUTGOING, message, now);
            case WEN, SLI -> notices.noticed(session, message);
            default -> unexpected(session, message, now);
        }
    }

    /** A message has our identifier; when the peer never learned it, only the peer's own is in an AVP. */
    private Session sessionOf(ControlMessage message) {
        return message.sessionId() != 0
                ? sessions.local(message.sessionId()) : sessions.remote(message.assignedSessionId());
    }

    private void disconnected(ControlMessage message, long now) {
        int assigned = message.assignedSessionId();
        Session session = sessionOf(message);
        if (session == null) {
            counters.count(Counter.NO_SUCH_SESSION);
            return;
        }
        if (session.remoteId() != 0 && assigned != session.remoteId()) {
            counters.count(Counter.WRONG_ASSIGNED_ID);
            if (!connection.config().acceptWrongAssignedId()) {
                return;
            }
        }
        clear(session, CallEnd.byPeer(message), now);
    }

    /** RFC 2661 sections 7.4 and 7.5: a message that the state does not allow ends the session. */
    void unexpected(Session session, ControlMessage message, long now) {
        if (session.state() == CLOSED) {
            return;
        }
        counters.count(Counter.UNEXPECTED);
        close(session, CallEnd.unexpected(session, message), now);
    }

    boolean isFull() {
        int limit = connection.config().maxSessions();
        return limit != 0 && sessions.size() >= limit;
    }

    void touched(Session session) {
        observer.sessionTouched(session);
    }

    void add(Session session) {
        sessions.add(session);
        session.touched();
        connection.sessionsChanged();
    }

    private void remove(Session session, long now) {
        session.state(CLOSED);
        recovery.forget(session);
        sessions.remove(session, now);
        connection.sessionsChanged();
    }
}
