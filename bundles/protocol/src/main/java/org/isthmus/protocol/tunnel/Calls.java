package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.SessionState.CLOSED;
import static org.isthmus.protocol.tunnel.SessionState.ESTABLISHED;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_ANSWER;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_CONNECT;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_REPLY;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_TUNNEL;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;

/** The sessions of one tunnel: the state tables of incoming calls (RFC 2661 sections 7.4.1 and 7.4.2). */
final class Calls {

    /** A session identifier that was given back is not used again for two minutes. */
    private static final long ID_REST_MILLIS = 120_000;
    private static final AvpType[] PROXY_TYPES = {
        AvpType.INITIAL_RECEIVED_LCP_CONFREQ, AvpType.LAST_SENT_LCP_CONFREQ, AvpType.LAST_RECEIVED_LCP_CONFREQ,
        AvpType.PROXY_AUTHEN_TYPE, AvpType.PROXY_AUTHEN_NAME, AvpType.PROXY_AUTHEN_CHALLENGE,
        AvpType.PROXY_AUTHEN_ID, AvpType.PROXY_AUTHEN_RESPONSE,
    };

    private final ControlConnection connection;
    private final TunnelObserver observer;
    private final TunnelCounters counters;
    private final IdPool ids;
    private final Map<Integer, Session> byLocalId = new HashMap<>();
    /** Only sessions whose peer identifier is known. */
    private final Map<Integer, Session> byRemoteId = new HashMap<>();
    /** Those that have a deadline, in its order. */
    private final Set<Session> settingUp = new LinkedHashSet<>();
    /** Those that wait for the tunnel, in the order of their coming. */
    private final Set<Session> waiting = new LinkedHashSet<>();

    Calls(ControlConnection connection, TunnelObserver observer, TunnelCounters counters, RandomGenerator random) {
        this.connection = connection;
        this.observer = observer;
        this.counters = counters;
        this.ids = new IdPool(random, ID_REST_MILLIS);
    }

    Tunnel tunnel() {
        return connection.tunnel();
    }

    Optional<Session> session(int localId) {
        return Optional.ofNullable(byLocalId.get(localId));
    }

    Collection<Session> sessions() {
        return Collections.unmodifiableCollection(byLocalId.values());
    }

    boolean isEmpty() {
        return byLocalId.isEmpty();
    }

    // What this side asks for

    Optional<Session> place(CallConfig call, long now) {
        if (!connection.config().role().isLac() || isFull()) {
            return Optional.empty();
        }
        int id = call.sessionId();
        if (id == 0) {
            id = ids.lend(now);
        } else if (!ids.take(id, now)) {
            id = 0;
        }
        if (id == 0) {
            return Optional.empty();
        }
        Session session = new Session(this, id, call, deadline(now));
        add(session);
        if (connection.state() == TunnelState.ESTABLISHED) {
            request(session, now);
        }
        return Optional.of(session);
    }

    /** The tunnel is up: sends the ICRQs that waited for it. */
    void tunnelOpened(long now) {
        for (Session session : List.copyOf(waiting)) {
            if (session.state() == WAIT_TUNNEL) {
                request(session, now);
            }
        }
    }

    private void request(Session session, long now) {
        waiting.remove(session);
        session.state(WAIT_REPLY);
        connection.send(MessageType.ICRQ, connection.messages().icrq(session.localId(), session.call()));
    }

    void accept(Session session, long now) {
        connection.clock(now);
        if (session.state() == WAIT_ANSWER) {
            session.state(WAIT_CONNECT);
            connection.send(MessageType.ICRP, connection.messages().icrp(session.remoteId(), session.localId()));
            connection.flush();
        }
    }

    void close(Session session, ResultCode result, long now) {
        connection.clock(now);
        close(session, CloseCause.of(Kind.LOCAL, result, "closed by this side: " + result.words()), now);
        connection.flush();
    }

    /** Ends a session with a CDN that carries the result of the cause. */
    private void close(Session session, CloseCause cause, long now) {
        if (session.state() == CLOSED) {
            return;
        }
        boolean peerKnows = session.state() != WAIT_TUNNEL;
        remove(session, now);
        if (peerKnows) {
            ResultCode result = cause.result().orElseThrow();
            connection.send(MessageType.CDN,
                    connection.messages().cdn(session.remoteId(), session.localId(), result));
        }
        observer.sessionClosed(session, cause);
    }

    /** The tunnel is over, and with it, without a word to the peer, every session. */
    void closeAll(CloseCause cause, long now) {
        for (Session session : new ArrayList<>(byLocalId.values())) {
            if (session.state() != CLOSED) {
                remove(session, now);
                observer.sessionClosed(session, cause);
            }
        }
    }

    // Time

    /** When {@link #timeout} is due. */
    long nextTimeoutMillis() {
        return settingUp.isEmpty() ? Long.MAX_VALUE : settingUp.iterator().next().deadlineMillis();
    }

    void timeout(long now) {
        while (nextTimeoutMillis() <= now) {
            Session late = settingUp.iterator().next();
            ResultCode result = ResultCode.of(CallResult.NOT_IN_TIME, "");
            close(late, CloseCause.of(Kind.TIMEOUT, result, "not established in time: still " + late.state()), now);
        }
    }

    private long deadline(long now) {
        long timeout = connection.config().sessionEstablishTimeoutMillis();
        return timeout == 0 ? Long.MAX_VALUE : now + timeout;
    }

    // What the peer says

    /** A message of a session, in its turn, in an established tunnel. */
    void received(ControlMessage message, long now) {
        switch (message.type()) {
            case ICRQ, OCRQ -> requested(message, now);
            case CDN -> disconnected(message, now);
            default -> withSession(message, now);
        }
    }

    /** A message of a session that had to be rejected: ends the session. */
    void rejected(Rejection rejection, ControlMessage message, long now) {
        if (message.type() == MessageType.CDN) {
            disconnected(message, now);
            return;
        }
        ResultCode result = ResultCode.ofSession(rejection.reason() == Rejection.Reason.UNKNOWN_MANDATORY_AVP
                ? ErrorCode.UNKNOWN_MANDATORY_AVP : ErrorCode.WRONG_LENGTH, rejection.words());
        Session session = byLocalId.get(message.sessionId());
        if (session == null) {
            refuse(message, result, now);
        } else {
            close(session, CloseCause.of(Kind.PROTOCOL, result,
                    "the peer's " + message.type() + " cannot be used: " + rejection.words()), now);
        }
    }

    private void requested(ControlMessage message, long now) {
        int remoteId = message.integer(AvpType.ASSIGNED_SESSION_ID, 0);
        Session existing = byRemoteId.get(remoteId);
        if (existing != null) {
            unexpected(existing, message, now);
        } else if (message.type() == MessageType.OCRQ) {
            refuse(message, ResultCode.of(CallResult.NO_FACILITIES, "outgoing calls are not supported"), now);
        } else if (!connection.config().role().isLns()) {
            refuse(message, ResultCode.of(CallResult.NO_FACILITIES, "this end answers no calls"), now);
        } else if (isFull()) {
            counters.count(Counter.CALLS_LIMITED);
            refuse(message, ResultCode.of(CallResult.NO_FACILITIES_NOW, "session limit reached"), now);
        } else if (remoteId == 0) {
            counters.count(Counter.UNEXPECTED);
        } else {
            offer(remoteId, message, now);
        }
    }

    private void offer(int remoteId, ControlMessage message, long now) {
        int id = ids.lend(now);
        if (id == 0) {
            counters.count(Counter.CALLS_LIMITED);
            refuse(message, ResultCode.of(CallResult.NO_FACILITIES_NOW, "no session identifiers left"), now);
            return;
        }
        IncomingCall call = new IncomingCall(message.number(AvpType.CALL_SERIAL_NUMBER, 0),
                message.integer(AvpType.BEARER_TYPE, 0), (int) message.number(AvpType.PHYSICAL_CHANNEL_ID, 0),
                message.text(AvpType.CALLING_NUMBER), message.text(AvpType.CALLED_NUMBER),
                message.text(AvpType.SUB_ADDRESS));
        Session session = new Session(this, id, remoteId, call, deadline(now));
        add(session);
        observer.callReceived(session, call);
    }

    /** Refuses a call for which there is no session; the CDN carries an identifier that no session has. */
    private void refuse(ControlMessage message, ResultCode result, long now) {
        int remoteId = message.integer(AvpType.ASSIGNED_SESSION_ID, 0);
        boolean isRequest = message.type() == MessageType.ICRQ || message.type() == MessageType.OCRQ;
        if (remoteId == 0 || !isRequest) {
            counters.count(Counter.NO_SUCH_SESSION);
            return;
        }
        connection.send(MessageType.CDN, connection.messages().cdn(remoteId, ids.free(now), result));
    }

    private void withSession(ControlMessage message, long now) {
        Session session = byLocalId.get(message.sessionId());
        if (session == null) {
            counters.count(Counter.NO_SUCH_SESSION);
            return;
        }
        switch (message.type()) {
            case ICRP -> replied(session, message, now);
            case ICCN -> connected(session, message, now);
            case WEN, SLI -> observer.sessionNotice(session, message);
            default -> unexpected(session, message, now);
        }
    }

    private void replied(Session session, ControlMessage message, long now) {
        int remoteId = message.integer(AvpType.ASSIGNED_SESSION_ID, 0);
        if (session.state() != WAIT_REPLY || remoteId == 0 || byRemoteId.containsKey(remoteId)) {
            unexpected(session, message, now);
            return;
        }
        session.remoteId(remoteId);
        byRemoteId.put(remoteId, session);
        established(session);
        ConnectedCall call = session.connected().orElseThrow();
        connection.send(MessageType.ICCN, connection.messages().iccn(remoteId, call), () -> {
            if (session.allowData()) {
                observer.dataMayFlow(session);
            }
        });
        if (session.state() == ESTABLISHED) {
            observer.sessionEstablished(session, call);
        }
    }

    private void connected(Session session, ControlMessage message, long now) {
        if (session.state() != WAIT_CONNECT) {
            unexpected(session, message, now);
            return;
        }
        long speed = message.number(AvpType.TX_CONNECT_SPEED, 0);
        ConnectedCall call = new ConnectedCall(speed, message.number(AvpType.RX_CONNECT_SPEED, speed),
                message.integer(AvpType.FRAMING_TYPE, 0), message.has(AvpType.SEQUENCING_REQUIRED),
                message.text(AvpType.PRIVATE_GROUP_ID), proxyOf(message));
        session.connected(call);
        established(session);
        observer.sessionEstablished(session, call);
    }

    private void established(Session session) {
        settingUp.remove(session);
        session.state(ESTABLISHED);
    }

    private static Map<AvpType, byte[]> proxyOf(ControlMessage message) {
        Map<AvpType, byte[]> proxy = new EnumMap<>(AvpType.class);
        for (AvpType type : PROXY_TYPES) {
            if (message.has(type)) {
                proxy.put(type, message.octets(type));
            }
        }
        return proxy;
    }

    /** The header has our identifier; when the peer never learned it, only the AVP has the peer's own. */
    private void disconnected(ControlMessage message, long now) {
        int assigned = message.integer(AvpType.ASSIGNED_SESSION_ID, 0);
        Session session = message.sessionId() != 0
                ? byLocalId.get(message.sessionId()) : byRemoteId.get(assigned);
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
        remove(session, now);
        String words = message.resultCode().map(ResultCode::words).orElse("no result code")
                + message.disconnectCause().map(c -> "; PPP: " + c.words()).orElse("");
        observer.sessionClosed(session, new CloseCause(Kind.PEER, message.resultCode(),
                message.disconnectCause(), message.q931Cause(), "the peer sent CDN: " + words));
    }

    /** RFC 2661 section 7.4: a message that the state does not allow ends the session. */
    private void unexpected(Session session, ControlMessage message, long now) {
        counters.count(Counter.UNEXPECTED);
        String words = message.type() + " in state " + session.state();
        close(session, CloseCause.of(Kind.PROTOCOL, ResultCode.ofSession(ErrorCode.INVALID_SESSION_ID, words),
                "the peer sent " + words), now);
    }

    private boolean isFull() {
        int limit = connection.config().maxSessions();
        return limit != 0 && byLocalId.size() >= limit;
    }

    private void add(Session session) {
        byLocalId.put(session.localId(), session);
        if (session.remoteId() != 0) {
            byRemoteId.put(session.remoteId(), session);
        }
        if (session.deadlineMillis() != Long.MAX_VALUE) {
            settingUp.add(session);
        }
        if (session.state() == WAIT_TUNNEL) {
            waiting.add(session);
        }
        connection.sessionsChanged();
    }

    private void remove(Session session, long now) {
        session.state(CLOSED);
        byLocalId.remove(session.localId());
        if (session.remoteId() != 0) {
            byRemoteId.remove(session.remoteId());
        }
        settingUp.remove(session);
        waiting.remove(session);
        ids.giveBack(session.localId(), now);
        connection.sessionsChanged();
    }
}
