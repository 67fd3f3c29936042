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
import org.isthmus.api.Origin;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.core.desired.ResolvedSession;
import org.isthmus.core.timer.Timer;
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
    private static final long PATH_WAIT_MILLIS = 30_000;

    private final LiveTunnel tunnel;
    private final Worker worker;
    private final Engine engine;
    private final Session protocol;
    private SessionPlan plan;
    private final Lifecycle lifecycle;
    private final SessionLimits limits;
    private final Instant created;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Packets that came before the path was open, and PPP frames that came before PPP may begin. */
    private final ArrayDeque<ByteBuffer> earlyPackets = new ArrayDeque<>(0);
    private final ArrayDeque<ByteBuffer> earlyFrames = new ArrayDeque<>(0);
    private final Timer pathWait = new Timer(now -> noPath("the data plane did not answer"));
    private SessionPath path;
    /** The tunnel's path on which this session's is being opened. */
    private TunnelPath openingOn;
    private PppRunner ppp;
    private ConnectedCall connected = ConnectedCall.ofSpeed(0);
    /** What passed on paths that are closed: a data plane was replaced. */
    private SessionDataCounters earlier = SessionDataCounters.ZERO;
    private long controlFrames;
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
        worker.wheel().arm(pathWait, worker.nowMillis() + PATH_WAIT_MILLIS);
        attach();
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
        worker.wheel().cancel(pathWait);
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
        TunnelPath tunnelPath = tunnel.dataPath().orElse(null);
        if (tunnelPath == null || tunnelPath == openingOn || path != null || closed || !wasEstablished) {
            return;
        }
        openingOn = tunnelPath;
        try {
            worker.whenDone(tunnelPath.openSession(spec(), this),
                    (opened, failure) -> opened(tunnelPath, opened, failure));
        } catch (RuntimeException broken) {
            worker.count(PLUGIN_FAILURES);
            opened(tunnelPath, null, broken);
        }
    }

    private void opened(TunnelPath from, SessionPath opened, Throwable failure) {
        if (openingOn != from || closed) {
            if (failure == null) {
                worker.guard("close the data path of session " + title(), opened::close);
            }
            return;
        }
        openingOn = null;
        if (failure != null) {
            noPath(Words.of(failure));
            return;
        }
        path = opened;
        worker.wheel().cancel(pathWait);
        tunnel.sessionHasPath(true);
        if (ppp != null) {
            ppp.attached();
        }
        if (protocol.mayCarryData()) {
            startPpp();
        }
        replayEarly();
    }

    private void noPath(String why) {
        LOG.error("session {}: no data path: {}", title(), why);
        lastCause = new Cause(false, CallResult.NO_FACILITIES_NOW.code(), 0, "no data path: " + why);
        close(CallResult.NO_FACILITIES_NOW, "no data path");
    }

    /** The data plane goes, or another takes over: the call and its PPP stay. */
    void detach() {
        openingOn = null;
        SessionPath old = path;
        path = null;
        if (old != null) {
            earlier = earlier.plus(measure(old));
            tunnel.sessionHasPath(false);
            worker.guard("close the data path of session " + title(), old::close);
        }
    }

    private SessionSpec spec() {
        Settings session = plan.session();
        Settings pppSettings = plan.ppp();
        boolean sequenced = session.get(SessionParameters.SEQUENCING_REQUIRED) || connected.sequencingRequired();
        int mtu = Math.min(pppSettings.get(PppParameters.MTU), tunnel.settings().get(TunnelParameters.MTU));
        DataSequencing send = sequenced || session.get(SessionParameters.USE_SEQUENCE_NUMBERS)
                ? DataSequencing.ALL : DataSequencing.NONE;
        return new SessionSpec(fullName(), protocol.localId(), protocol.remoteId(), !protocol.type().isLac(),
                new Sequencing(send, sequenced, 0),
                new V2Header(session.get(SessionParameters.USE_LENGTH), session.get(SessionParameters.OFFSET),
                        session.get(SessionParameters.USE_PRIORITY)),
                new PppPseudowire(session.get(SessionParameters.PPP_FRAMING), pppSettings.get(PppParameters.MSS_CLAMP),
                        pppSettings.get(PppParameters.INGRESS_FILTER)),
                session.find(SessionParameters.INTERFACE_NAME).orElse(""), mtu);
    }

    /** Keeps a copy of a packet that came before the path was open; false when the path is open. */
    boolean holdEarly(ByteBuffer packet) {
        if (path != null) {
            return false;
        }
        keep(earlyPackets, packet);
        return true;
    }

    private static void keep(ArrayDeque<ByteBuffer> early, ByteBuffer packet) {
        if (early.size() < EARLY_PACKETS) {
            early.add(ByteBuffer.allocateDirect(packet.remaining()).put(packet.duplicate()).flip());
        }
    }

    private void replayEarly() {
        while (!earlyPackets.isEmpty() && path != null) {
            tunnel.deliver(earlyPackets.poll());
        }
    }

    Optional<SessionPath> path() {
        return Optional.ofNullable(path);
    }

    // ---- SessionPort

    @Override
    public void pppFrame(ByteBuffer frame) {
        controlFrames++;
        if (ppp == null) {
            keep(earlyFrames, frame);
            return;
        }
        try {
            ppp.received(frame);
        } catch (RuntimeException bug) { // not to be blamed on the data plane that hands it over
            LOG.error("session {}: a PPP frame of {} bytes met a defect; it is dropped: please report this", title(),
                    frame.remaining(), bug);
        }
    }

    /** Sends a PPP control frame, if there is a path. */
    void sendPpp(ByteBuffer frame) {
        if (path != null) {
            controlFrames++;
            try {
                path.sendPpp(frame);
            } catch (RuntimeException broken) {
                worker.pluginFailed("send a PPP frame of session " + title(), broken);
            }
        }
    }

    @Override
    public void sequencingChanged(boolean sequenced) {
        LOG.debug("session {}: the peer {} sequence numbers", title(), sequenced ? "asks for" : "no longer wants");
    }

    // ---- PPP

    /** PPP begins when it can be heard: the call is up and the path is open. */
    private void startPpp() {
        if (ppp != null || closed || path == null) {
            return;
        }
        ppp = new PppRunner(this, plan);
        ppp.open();
        while (!earlyFrames.isEmpty() && !closed) {
            ppp.received(earlyFrames.poll());
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

    // ---- what the operator changes

    /** A profile has changed: what can change while the session is up does. */
    void resolveAgain() {
        if (plan.origin() == Origin.REMOTE) {
            change(engine.profiles().session(Settings.EMPTY, tunnel.values()));
        }
    }

    /** Takes over what can change while the session is up; the rest stays as it was negotiated. */
    void change(ResolvedSession values) {
        limits.change(values.settings());
        if (ppp != null) {
            ppp.change(values.ppp());
        } else {
            plan = plan.with(values);
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
        return path == null ? earlier : earlier.plus(measure(path));
    }

    private SessionDataCounters measure(SessionPath measured) {
        return worker.asked("count what passed in session " + title(), measured::counters)
                .orElse(SessionDataCounters.ZERO);
    }

    /** Network packets that passed, PPP's own frames not counted. */
    long networkPackets() {
        SessionDataCounters counters = counters();
        return counters.rxPackets() + counters.txPackets() - controlFrames;
    }

    SessionStatus status() {
        return new SessionStatus(plan.name(), tunnel.identity().name(), tunnel.tunnelId(), protocol.localId(),
                protocol.remoteId(), state(), plan.type(), plan.origin(), plan.values().profile(), plan.values().pppProfile(),
                path().flatMap(open -> worker.asked("name the interface of session " + title(), open::interfaceName))
                        .orElse(""), Words.printable(plan.call().callingNumber()),
                Words.printable(plan.call().calledNumber()), connected.txConnectSpeed(), connected.rxConnectSpeed(),
                Optional.ofNullable(ppp).map(PppRunner::status), created, upSince, Optional.empty(), lastCause,
                counters());
    }

    private SessionState state() {
        return switch (protocol.state()) {
            case WAIT_TUNNEL -> SessionState.WAIT_TUNNEL;
            case WAIT_REPLY -> SessionState.WAIT_REPLY;
            case WAIT_ANSWER, WAIT_CS_ANSWER, WAIT_CONNECT -> SessionState.WAIT_CONNECT;
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
