package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.PLUGIN_FAILURES;
import static org.isthmus.core.counters.Counter.SESSIONS_CREATED;
import static org.isthmus.core.counters.Counter.SESSIONS_ESTABLISHED;
import static org.isthmus.core.counters.Counter.SESSIONS_FAILED;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ResultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call: the protocol's session, its data path and its PPP. Belongs to its tunnel's worker. */
final class LiveSession implements SessionPort {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    private static final int EARLY_PACKETS = 4;

    private final LiveTunnel tunnel;
    private final Worker worker;
    private final Engine engine;
    private final Session protocol;
    private final SessionPlan plan;
    private final Lifecycle lifecycle;
    private final SessionLimits limits;
    private final Instant created;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    private ArrayDeque<ByteBuffer> early = new ArrayDeque<>();
    private SessionPath path;
    private boolean opening;
    private PppRunner ppp;
    private ConnectedCall connected = ConnectedCall.ofSpeed(0);
    private SessionDataCounters lastCounters = SessionDataCounters.ZERO;
    private Optional<Instant> upSince = Optional.empty();
    private Cause lastCause = Cause.NONE;
    private boolean wasEstablished;
    private boolean closed;

    /** What the maker of a session wants to know, on the worker's thread. */
    interface Lifecycle {
        /** Nobody asks. */
        Lifecycle NONE = (session, cause) -> { };

        void closed(LiveSession session, Cause cause);
    }

    LiveSession(LiveTunnel tunnel, Session protocol, SessionPlan plan, Lifecycle lifecycle) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
        this.engine = worker.engine();
        this.protocol = protocol;
        this.plan = plan;
        this.lifecycle = lifecycle;
        this.created = engine.now();
        this.limits = new SessionLimits(worker, this);
    }

    void created() {
        worker.count(SESSIONS_CREATED);
        engine.sessionOpened();
        tell(L2tpEvent.Kind.CREATED, Cause.NONE);
    }

    // ---- the call

    void established(ConnectedCall call) {
        connected = call;
        wasEstablished = true;
        worker.count(SESSIONS_ESTABLISHED);
        LOG.info("session {} is up, peer sid={}", title(), protocol.remoteId());
        tell(L2tpEvent.Kind.UP, Cause.NONE);
        attach();
        if (protocol.mayCarryData()) {
            startPpp();
        }
    }

    /** As LAC: the peer has acknowledged ICCN; some are not ready for PPP before. */
    void dataMayFlow() {
        startPpp();
    }

    /** Ends the session from our side. */
    void close(CallResult result, String reason) {
        protocol.close(ResultCode.of(result, reason), worker.nowMillis());
        tunnel.rearm();
    }

    /** Ends PPP first, so that the peer hears why, and then the call. */
    void hangUp(String reason) {
        if (ppp == null) {
            close(CallResult.ADMINISTRATIVE, reason);
        } else {
            ppp.close(reason);
        }
    }

    /** The protocol says that the call is over. */
    void closed(CloseCause why) {
        closed = true;
        lastCause = lastCause == Cause.NONE ? Words.cause(why) : lastCause;
        if (!wasEstablished || why.kind() == CloseCause.Kind.UNREACHABLE) {
            worker.count(SESSIONS_FAILED);
        }
        limits.stop();
        if (ppp != null) {
            ppp.lowerDown();
        }
        detach();
        tunnel.sessionHasPath(true);
        engine.sessionClosed();
        LOG.info("session {} is down: {}", title(), lastCause.message());
        if (wasEstablished) {
            tell(L2tpEvent.Kind.DOWN, lastCause);
        }
        tell(L2tpEvent.Kind.DELETED, lastCause);
        lifecycle.closed(this, lastCause);
        gone.complete(null);
    }

    // ---- the data path

    /** Opens the data path once the call is up and its tunnel has one. */
    void attach() {
        Optional<TunnelPath> tunnelPath = tunnel.dataPath();
        if (tunnelPath.isEmpty() || path != null || opening || closed || !wasEstablished) {
            return;
        }
        opening = true;
        try {
            tunnelPath.get().openSession(spec(), this).whenCompleteAsync(
                    (opened, failure) -> opened(tunnelPath.get(), opened, failure), worker);
        } catch (RuntimeException broken) {
            worker.count(PLUGIN_FAILURES);
            opened(tunnelPath.get(), null, broken);
        }
    }

    private void opened(TunnelPath from, SessionPath opened, Throwable failure) {
        opening = false;
        if (failure != null) {
            LOG.error("session {}: no data path: {}", title(), Words.of(failure));
            lastCause = new Cause(false, CallResult.NO_FACILITIES_NOW.code(), 0,
                    "no data path: " + Words.of(failure));
            close(CallResult.NO_FACILITIES_NOW, "no data path");
        } else if (closed || tunnel.dataPath().orElse(null) != from) {
            opened.close();
            attach();
        } else {
            path = opened;
            tunnel.sessionHasPath(true);
            replayEarly();
            if (ppp != null) {
                ppp.attached();
            }
        }
    }

    /** The data plane goes, or another takes over: the call and its PPP stay. */
    void detach() {
        SessionPath old = path;
        path = null;
        if (old != null) {
            lastCounters = old.counters();
            tunnel.sessionHasPath(false);
            worker.guard("close the data path of session " + title(), old::close);
        }
    }

    private SessionSpec spec() {
        Settings session = plan.session();
        Settings pppSettings = plan.ppp();
        boolean sequenced = session.get(SessionParameters.SEQUENCING_REQUIRED) || connected.sequencingRequired();
        int mtu = Math.min(pppSettings.get(PppParameters.MTU), tunnel.settings().get(TunnelParameters.MTU));
        return new SessionSpec(fullName(), protocol.localId(), protocol.remoteId(), !protocol.placedHere(),
                sequenced || session.get(SessionParameters.USE_SEQUENCE_NUMBERS), sequenced,
                session.get(SessionParameters.USE_LENGTH), session.get(SessionParameters.OFFSET),
                session.get(SessionParameters.USE_PRIORITY), session.get(SessionParameters.PPP_FRAMING),
                session.find(SessionParameters.INTERFACE_NAME).orElse(""), mtu,
                pppSettings.get(PppParameters.MSS_CLAMP), pppSettings.get(PppParameters.INGRESS_FILTER));
    }

    /** Keeps a copy of a packet that came before the path was open; false when the path is open. */
    boolean holdEarly(ByteBuffer packet) {
        if (path != null) {
            return false;
        }
        if (early.size() < EARLY_PACKETS) {
            early.add(ByteBuffer.allocateDirect(packet.remaining()).put(packet.duplicate()).flip());
        }
        return true;
    }

    private void replayEarly() {
        ArrayDeque<ByteBuffer> held = early;
        early = new ArrayDeque<>(0);
        Optional<TunnelPath> tunnelPath = tunnel.dataPath();
        while (!held.isEmpty() && tunnelPath.isPresent()) {
            tunnelPath.get().receive(held.poll());
        }
    }

    Optional<SessionPath> path() {
        return Optional.ofNullable(path);
    }

    // ---- SessionPort

    @Override
    public void pppFrame(ByteBuffer frame) {
        if (ppp != null) {
            ppp.received(frame);
        } else if (early.size() < EARLY_PACKETS) {
            early.add(ByteBuffer.allocateDirect(frame.remaining()).put(frame.duplicate()).flip());
        }
    }

    @Override
    public void sequencingChanged(boolean sequenced) {
        LOG.info("session {}: the peer {} sequence numbers", title(), sequenced ? "asks for" : "no longer wants");
    }

    // ---- PPP

    private void startPpp() {
        if (ppp != null || closed) {
            return;
        }
        ppp = new PppRunner(this, plan);
        ppp.open();
        while (!early.isEmpty() && path != null) {
            ppp.received(early.poll());
        }
    }

    /** PPP has packets pass. */
    void pppUp(AcceptedUser user) {
        if (upSince.isEmpty()) {
            upSince = Optional.of(engine.now());
            limits.start(user);
            tell(L2tpEvent.Kind.PPP_UP, Cause.NONE);
        }
    }

    void pppDown(Cause cause) {
        if (upSince.isPresent()) {
            upSince = Optional.empty();
            tell(L2tpEvent.Kind.PPP_DOWN, cause);
        }
    }

    /** PPP is over, so the call ends too. */
    void pppClosed(Cause cause) {
        pppDown(cause);
        if (!closed) {
            lastCause = cause;
            close(cause.byPeer() ? CallResult.CARRIER_LOST : CallResult.ADMINISTRATIVE, cause.message());
        }
    }

    // ---- what it is

    /** Completes when the call is over. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    LiveTunnel tunnel() {
        return tunnel;
    }

    SessionPlan plan() {
        return plan;
    }

    int sessionId() {
        return protocol.localId();
    }

    boolean placedHere() {
        return protocol.placedHere();
    }

    String fullName() {
        return tunnel.identity().name() + "/" + plan.name();
    }

    /** For messages: {@code "office/alice" tid=1 sid=2}. */
    String title() {
        return "\"" + fullName() + "\" tid=" + tunnel.tunnelId() + " sid=" + protocol.localId();
    }

    SessionDataCounters counters() {
        return path == null ? lastCounters : path.counters();
    }

    SessionStatus status() {
        return new SessionStatus(plan.name(), tunnel.identity().name(), tunnel.tunnelId(), protocol.localId(),
                protocol.remoteId(), state(), plan.type(), plan.origin(), plan.values().profile(), plan.values().pppProfile(),
                path == null ? "" : path.interfaceName(), Words.printable(plan.call().callingNumber()),
                Words.printable(plan.call().calledNumber()), connected.txConnectSpeed(), connected.rxConnectSpeed(),
                Optional.ofNullable(ppp).map(PppRunner::status), created, upSince, Optional.empty(), lastCause,
                counters());
    }

    private SessionState state() {
        return switch (protocol.state()) {
            case WAIT_TUNNEL -> SessionState.WAIT_TUNNEL;
            case WAIT_REPLY -> SessionState.WAIT_REPLY;
            case WAIT_ANSWER, WAIT_CONNECT -> SessionState.WAIT_CONNECT;
            case ESTABLISHED -> SessionState.ESTABLISHED;
            case CLOSED -> SessionState.DOWN;
        };
    }

    private void tell(L2tpEvent.Kind kind, Cause cause) {
        if (engine.events().isListening()) {
            engine.events().post(new L2tpEvent.SessionEvent(kind, status(), cause, engine.now()));
        }
    }
}
