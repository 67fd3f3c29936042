package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.RX_NO_SUCH_TUNNEL;
import static org.isthmus.core.counters.Counter.SESSIONS_REFUSED;
import static org.isthmus.core.counters.Counter.TUNNELS_CREATED;
import static org.isthmus.core.counters.Counter.TUNNELS_ESTABLISHED;
import static org.isthmus.core.counters.Counter.TUNNELS_FAILED;
import static org.isthmus.core.counters.Counter.TUNNEL_AUTH_FAILURES;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.Origin;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.core.admission.LogRate;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.timer.Timer;
import org.isthmus.core.trace.TunnelWatch;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.TunnelObserver;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel that has sent or received something: the protocol's state machine, the way to its peer, its data path and
 * its sessions. Belongs to one worker.
 */
final class LiveTunnel implements TunnelObserver {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTunnel.class);

    private final Worker worker;
    private final Engine engine;
    private final TunnelIdentity identity;
    private final Lifecycle lifecycle;
    private final Timer timer = new Timer(this::timeout);
    private final Instant created;
    private final IdTable<LiveSession> sessions = new IdTable<>(LiveSession::sessionId);
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private final TunnelData data;
    private final TunnelWatch watch;

    /** Read by the data plane's threads too, which send through it. */
    private volatile PeerPath path;
    private ResolvedTunnel values;
    private Tunnel protocol;
    private int sessionsWithoutPath;
    private Optional<Instant> upSince = Optional.empty();
    private Cause lastCause = Cause.NONE;
    private boolean announced;
    private boolean wasUp;
    private boolean closed;
    private boolean finished;

    /** What the maker of a tunnel wants to know, on the worker's thread. */
    interface Lifecycle {
        /** The handshake is done; false if it shall not come up all the same. */
        default boolean mayEstablish(LiveTunnel tunnel) {
            return true;
        }

        void established(LiveTunnel tunnel);

        /** The tunnel is over; its identifier is still in use while the last messages are repeated. */
        void closed(LiveTunnel tunnel, CloseCause why, Cause cause, boolean wasUp);

        /** Nothing is repeated any more. */
        void finished(LiveTunnel tunnel);
    }

    LiveTunnel(Worker worker, TunnelIdentity identity, ResolvedTunnel values, PeerPath path, Lifecycle lifecycle) {
        this.worker = worker;
        this.engine = worker.engine();
        this.identity = identity;
        this.values = values;
        this.path = path;
        this.lifecycle = lifecycle;
        this.created = engine.now();
        this.watch = engine.taps().watch(identity.name(), identity.origin());
        this.data = new TunnelData(worker, identity.title(), this::sendData, sessions, this::attach);
    }

    /** Opens it from our side. */
    void open(TunnelConfig config) {
        begin(() -> Tunnel.open(config, this, worker.random(), worker.nowMillis()));
    }

    /** Answers a peer's SCCRQ. The tunnel may be closed when this returns. */
    void accept(ByteBuffer sccrq, TunnelConfig config) {
        watch.control(false, path, sccrq);
        begin(() -> Tunnel.accept(sccrq, config, this, worker.random(), worker.nowMillis()));
    }

    private void begin(Supplier<Tunnel> opening) {
        start();
        try {
            protocol = opening.get();
        } catch (RuntimeException bug) { // it must not stay half made
            closed(null, new CloseCause(CloseCause.Kind.PROTOCOL, Optional.empty(), Optional.empty(), Optional.empty(),
                    "a defect: please report this"));
            finished(null);
            throw bug;
        }
        rearm();
    }

    private void start() {
        worker.count(TUNNELS_CREATED);
        worker.tunnels().put(this);
        // A peer's request is news only when it came to something: anybody can send one.
        if (identity.origin() == Origin.LOCAL) {
            announce();
        }
    }

    private void announce() {
        announced = true;
        tell(L2tpEvent.Kind.CREATED, Cause.NONE);
    }

    // ---- what arrives

    void control(Arrival arrival) {
        if (!path.isSourceOf(arrival) && !followsPort(arrival)) {
            worker.count(RX_NO_SUCH_TUNNEL);
            return;
        }
        watch.control(false, path, arrival.packet());
        protocol.receive(arrival.packet(), worker.nowMillis());
        rearm();
    }

    void data(Arrival arrival) {
        if (!path.isSourceOf(arrival)) {
            worker.count(RX_NO_SUCH_TUNNEL);
            return;
        }
        protocol.dataSeen(worker.nowMillis());
        ByteBuffer packet = arrival.packet();
        watch.data(false, path, packet);
        if (sessionsWithoutPath > 0 && holdEarly(packet)) {
            return;
        }
        deliver(packet);
    }

    /** Sends a data packet, on any thread. */
    private int sendData(ByteBuffer packet) {
        PeerPath to = path;
        watch.data(true, to, packet);
        return to.send(packet);
    }

    /** Traces of it have begun or ended. */
    void tracesChanged() {
        watch.refresh();
    }

    /** Hands a data packet to the data path. */
    void deliver(ByteBuffer packet) {
        data.receive(packet);
    }

    /** True when this SCCRQ repeats the one that made this tunnel; it is then answered. */
    boolean repeatedRequest(ByteBuffer sccrq) {
        if (!protocol.isRepeatedRequest(sccrq, worker.nowMillis())) {
            return false;
        }
        watch.control(false, path, sccrq);
        protocol.receive(sccrq, worker.nowMillis());
        rearm();
        return true;
    }

    /** RFC 2661 section 8.1: the peer may answer our SCCRQ from another port, and keeps that one. */
    private boolean followsPort(Arrival arrival) {
        if (protocol.state() != TunnelState.WAIT_CTL_REPLY || !path.isHostOf(arrival)) {
            return false;
        }
        path = arrival.port().pathTo(arrival.source(), Optional.of(arrival.destination()));
        return true;
    }

    /** Peers send their first PPP frame together with ICCN; it waits until the session is ready for it. */
    private boolean holdEarly(ByteBuffer packet) {
        LiveSession session = sessions.get(worker.sessionIdOf(packet));
        return session != null && session.holdEarly(packet);
    }

    // ---- what is asked of it

    /** Places a call, if the role and the limits allow it. */
    Optional<LiveSession> placeCall(CallConfig call, SessionPlan plan, LiveSession.Lifecycle sessionLifecycle) {
        Optional<Session> placed = protocol.placeIncomingCall(call, worker.nowMillis());
        rearm();
        return placed.filter(session -> session.state() != SessionState.CLOSED)
                .map(session -> add(session, plan, sessionLifecycle));
    }

    void close(StopResult result, String reason) {
        protocol.close(ResultCode.of(result, reason), worker.nowMillis());
        rearm();
    }

    /** Both ends opened a tunnel at once, and the peer's stays. */
    void loseTie() {
        if (protocol.state() == TunnelState.WAIT_CTL_REPLY) { // an answer may have come before this was asked
            protocol.loseTie(worker.nowMillis());
            rearm();
        }
    }

    /** Drops it without a word: it gave way to another request, and its peer may not be whom it says. */
    void forget() {
        protocol.abandon("gave way to a newer request: too many tunnels are half-open", worker.nowMillis());
        rearm();
    }

    /** The engine ends: drops what is left without waiting for anybody. */
    void drop() {
        if (!closed) {
            protocol.abandon("the engine has stopped", worker.nowMillis());
        }
        if (!finished) {
            finished(protocol); // it was only repeating its last words
        }
    }

    /** Takes over what the operator changed, as far as it can change while the tunnel is up. */
    void reconfigure(ResolvedTunnel changed) {
        values = changed;
        TunnelConfig old = protocol.config();
        protocol.reconfigure(TunnelConfigs.of(engine, changed.settings(), old.localTunnelId(), old.role(), OptionalLong.empty()),
                worker.nowMillis());
        rearm();
    }

    /** A profile has changed: a peer's tunnel follows as far as it can while it is up, and so do its calls. */
    void resolveAgain() {
        if (identity.origin() == Origin.REMOTE && !closed) {
            String hostName = protocol.peer().map(PeerFacts::hostName).orElse("");
            reconfigure(engine.profiles().tunnelOf(
                    engine.profiles().peerProfileFor(path.remote().getAddress(), hostName)));
        }
        sessions.all().forEach(LiveSession::resolveAgain);
    }

    /** Completes when the tunnel is over and the peer knows, or the retries have ended. */
    CompletableFuture<Void> acknowledged() {
        return acknowledged;
    }

    // ---- the data plane

    /** Opens the data path on the data plane of the moment, or moves it there from another one. */
    void attach() {
        data.close();
        if (isUp() && !closed) {
            data.open(spec());
        }
    }

    private TunnelSpec spec() {
        return new TunnelSpec(identity.name(), 2, tunnelId(), protocol.remoteId(), Encapsulation.UDP, path.local(), path.remote(),
                path.descriptor());
    }

    // ---- TunnelObserver

    @Override
    public void send(ByteBuffer datagram) {
        watch.control(true, path, datagram);
        worker.sendControl(path, datagram);
    }

    @Override
    public void established(Tunnel tunnel, PeerFacts peer) {
        if (!lifecycle.mayEstablish(this)) {
            close(StopResult.GENERAL_ERROR, "max_tunnels is reached");
            return;
        }
        upSince = Optional.of(engine.now());
        wasUp = true;
        worker.count(TUNNELS_ESTABLISHED);
        LOG.info("tunnel {} is up with {} (host name \"{}\", peer tid={})", identity.title(),
                Words.of(path.remote()), Words.printable(peer.hostName()), tunnel.remoteId());
        if (!announced) {
            announce();
        }
        tell(L2tpEvent.Kind.UP, Cause.NONE);
        lifecycle.established(this);
        if (engine.dataplane() == null) {
            LOG.warn("tunnel {}: there is no data plane, so sessions cannot pass packets: install the feature"
                    + " l2tp-dataplane-user", identity.title());
        }
        attach();
    }

    @Override
    public void callReceived(Session session, IncomingCall call) {
        Optional<String> refusal = data.isRefused() ? Optional.of("the data plane refuses the tunnel") : worker.refuseCall();
        if (refusal.isPresent()) {
            worker.count(SESSIONS_REFUSED);
            if (worker.frontDoor().log().admits(worker.nowMillis())) {
                LOG.info("tunnel {}: call refused: {}{}", identity.title(), refusal.get(), worker.frontDoor().log().keptBack());
            }
            session.reject(ResultCode.of(CallResult.NO_FACILITIES_NOW, refusal.get()), worker.nowMillis());
            return;
        }
        add(session, SessionPlan.ofPeer(engine.profiles(), values, session.localId(), call),
                LiveSession.Lifecycle.NONE);
        session.accept(worker.nowMillis());
    }

    private LiveSession add(Session session, SessionPlan plan, LiveSession.Lifecycle sessionLifecycle) {
        LiveSession live = new LiveSession(this, session, plan, sessionLifecycle);
        sessions.put(live);
        sessionsWithoutPath++;
        live.created();
        return live;
    }

    @Override
    public void sessionEstablished(Session session, ConnectedCall call) {
        LiveSession live = sessions.get(session.localId());
        if (live != null) {
            live.established(call);
        }
    }

    @Override
    public void dataMayFlow(Session session) {
        LiveSession live = sessions.get(session.localId());
        if (live != null) {
            live.dataMayFlow();
        }
    }

    @Override
    public void sessionClosed(Session session, CloseCause cause) {
        LiveSession live = sessions.remove(session.localId());
        if (live != null) {
            live.closed(cause);
        }
    }

    @Override
    public void closed(Tunnel tunnel, CloseCause why) {
        closed = true;
        lastCause = Words.cause(why);
        if (!wasUp || why.kind() == CloseCause.Kind.UNREACHABLE || why.kind() == CloseCause.Kind.PROTOCOL) {
            worker.count(TUNNELS_FAILED);
        }
        if (why.kind() == CloseCause.Kind.AUTHENTICATION) {
            worker.count(TUNNEL_AUTH_FAILURES);
        }
        LogRate log = worker.frontDoor().log();
        boolean gaveWay = !wasUp && why.kind() == CloseCause.Kind.LIMIT;
        if (wasUp || identity.origin() == Origin.LOCAL || !gaveWay && log.admits(worker.nowMillis())) {
            LOG.info("tunnel {} with {} is down: {}{}", identity.title(), Words.of(path.remote()), lastCause.message(),
                    wasUp ? "" : log.keptBack());
        }
        data.close();
        upSince = Optional.empty();
        if (wasUp) {
            tell(L2tpEvent.Kind.DOWN, lastCause);
        }
        lifecycle.closed(this, why, lastCause, wasUp);
    }

    @Override
    public void finished(Tunnel tunnel) {
        finished = true;
        worker.wheel().cancel(timer);
        worker.tunnels().remove(this, wasUp, worker.nowMillis());
        if (announced) {
            tell(L2tpEvent.Kind.DELETED, lastCause);
        }
        lifecycle.finished(this);
    }

    // ---- time

    private void timeout(long nowMillis) {
        protocol.timeout(nowMillis);
        rearm();
    }

    /** To be called after everything that may have changed the protocol's next deadline. */
    void rearm() {
        if (closed && protocol.state() != TunnelState.CLOSING) {
            acknowledged.complete(null);
        }
        if (finished || protocol == null) {
            return;
        }
        long next = protocol.nextTimeoutMillis();
        if (next == Long.MAX_VALUE) {
            worker.wheel().cancel(timer);
        } else {
            worker.wheel().arm(timer, next);
        }
    }

    // ---- what it is

    Worker worker() {
        return worker;
    }

    int tunnelId() {
        return identity.tunnelId();
    }

    TunnelIdentity identity() {
        return identity;
    }

    ResolvedTunnel values() {
        return values;
    }

    Settings settings() {
        return values.settings();
    }

    /** The peer's name for itself, empty before it is known. */
    String peerHostName() {
        return peer(PeerFacts::hostName);
    }

    PeerPath path() {
        return path;
    }

    boolean isUp() {
        return upSince.isPresent();
    }

    /** Messages that the peer has not acknowledged, sent or waiting. */
    int queued() {
        return protocol.channel().queued();
    }

    /** Whether it is up and has not begun to close. */
    boolean isOpen() {
        return isUp() && protocol.state() == TunnelState.ESTABLISHED;
    }

    boolean isClosed() {
        return closed;
    }

    Optional<TunnelPath> dataPath() {
        return data.path();
    }

    void sessionHasPath(boolean hasPath) {
        sessionsWithoutPath += hasPath ? -1 : 1;
    }

    Optional<LiveSession> session(int sessionId) {
        return Optional.ofNullable(sessions.get(sessionId));
    }

    Collection<LiveSession> sessions() {
        return sessions.all();
    }

    TunnelStatus status() {
        return new TunnelStatus(identity.name(), tunnelId(), protocol == null ? 0 : protocol.remoteId(),
                TunnelCounterNames.state(protocol), identity.origin(), Optional.of(path.local()),
                Optional.of(path.remote()), peer(PeerFacts::hostName), peer(PeerFacts::vendorName),
                values.profile(), values.peerProfile(),
                protocol != null && isUp() && protocol.config().challenge(), persistent(), sessions.size(),
                created, upSince, Optional.empty(), lastCause, TunnelCounterNames.of(protocol, dataCounters()));
    }

    private Optional<TunnelDataCounters> dataCounters() {
        return data.counters();
    }

    private boolean persistent() {
        return identity.origin() == Origin.LOCAL && values.settings().get(TunnelParameters.PERSIST);
    }

    private String peer(Function<PeerFacts, String> fact) {
        return protocol == null ? "" : protocol.peer().map(fact).map(Words::printable).orElse("");
    }

    private void tell(L2tpEvent.Kind kind, Cause cause) {
        if (engine.events().isListening()) {
            engine.events().post(new L2tpEvent.TunnelEvent(kind, status(), cause, engine.now()));
        }
    }
}
