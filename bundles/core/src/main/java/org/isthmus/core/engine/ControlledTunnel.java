package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.RX_NO_SUCH_TUNNEL;
import static org.isthmus.core.counters.Counter.TUNNELS_CREATED;
import static org.isthmus.core.counters.Counter.TUNNELS_ESTABLISHED;
import static org.isthmus.core.counters.Counter.TUNNELS_FAILED;
import static org.isthmus.core.counters.Counter.TUNNEL_AUTH_FAILURES;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.TunnelProtocol;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.core.admission.LogRate;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.timer.Timer;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.OutgoingCall;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.TunnelObserver;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.tunnel.V3Facts;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tunnel with a control channel, which the protocol's state machine drives. */
final class ControlledTunnel extends LiveTunnel implements TunnelObserver {
    private static final Logger LOG = LoggerFactory.getLogger(ControlledTunnel.class);

    private final Worker worker;
    private final Engine engine;
    private final Lifecycle lifecycle;
    private final PeerCalls peerCalls = new PeerCalls(this);
    private final Timer timer = new Timer(this::timeout);
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private Tunnel protocol;
    private boolean wasUp;
    private boolean closed;
    private boolean finished;

    ControlledTunnel(Worker worker, TunnelIdentity identity, ResolvedTunnel values, PeerPath path, Lifecycle lifecycle) {
        super(worker, identity, values, path);
        this.worker = worker;
        this.engine = worker.engine();
        this.lifecycle = lifecycle;
    }

    /** Opens it from our side. */
    void open(TunnelConfig config) {
        begin(() -> Tunnel.open(config, this, worker.random(), worker.nowMillis()));
    }

    /** Answers a peer's SCCRQ. The tunnel may be closed when this returns. */
    void accept(ByteBuffer sccrq, TunnelConfig config) {
        trace(false, sccrq);
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
        if (identity().origin() == Origin.LOCAL) {
            announce();
        }
    }

    // ---- what arrives

    void control(Arrival arrival) {
        if (isCopy(arrival)) {
            return;
        }
        if (!path().isSourceOf(arrival) && !followsPort(arrival)) {
            worker.count(RX_NO_SUCH_TUNNEL);
            return;
        }
        trace(false, arrival.packet());
        protocol.receive(arrival.packet(), worker.nowMillis());
        rearm();
    }

    @Override
    void heard() {
        protocol.dataSeen(worker.nowMillis());
    }

    /** True when this SCCRQ repeats the one that made this tunnel; it is then answered. */
    boolean repeatedRequest(ByteBuffer sccrq) {
        if (!protocol.isRepeatedRequest(sccrq, worker.nowMillis())) {
            return false;
        }
        trace(false, sccrq);
        protocol.receive(sccrq, worker.nowMillis());
        rearm();
        return true;
    }

    /** RFC 2661 section 8.1: the peer may answer our SCCRQ from another port, and keeps that one. */
    private boolean followsPort(Arrival arrival) {
        if (protocol.state() != TunnelState.WAIT_CTL_REPLY || !path().isHostOf(arrival)) {
            return false;
        }
        path(arrival.port().pathTo(arrival.source(), Optional.of(arrival.destination())));
        return true;
    }

    // ---- what is asked of it

    @Override
    Optional<LiveSession> placeCall(Supplier<CallConfig> call, SessionPlan plan, SessionLifecycle sessionLifecycle) {
        return placed(protocol.placeIncomingCall(call.get(), worker.nowMillis()), plan, sessionLifecycle);
    }

    @Override
    Optional<LiveSession> placeOutgoingCall(SessionPlan plan, SessionLifecycle sessionLifecycle) {
        return placed(protocol.placeOutgoingCall(plan.session().find(SessionParameters.SESSION_ID).orElse(0),
                (OutgoingCall) plan.call(), WireTerms.of(plan.session()), worker.nowMillis()), plan, sessionLifecycle);
    }

    private Optional<LiveSession> placed(Optional<Session> placed, SessionPlan plan, SessionLifecycle sessionLifecycle) {
        rearm();
        return placed.filter(session -> session.state() != SessionState.CLOSED).map(session -> {
            LiveSession live = add(new NegotiatedSession(session), plan, sessionLifecycle);
            engine.circuits().asked(session, live);
            return live;
        });
    }

    @Override
    void close(StopResult result, String reason) {
        protocol.close(ResultCode.of(result, reason), worker.nowMillis());
        rearm();
    }

    @Override
    void loseTie() {
        if (protocol.state() == TunnelState.WAIT_CTL_REPLY) { // an answer may have come before this was asked
            protocol.loseTie(worker.nowMillis());
            rearm();
        }
    }

    @Override
    void forget() {
        protocol.abandon("gave way to a newer request: too many tunnels are half-open", worker.nowMillis());
        rearm();
    }

    @Override
    void drop() {
        if (!closed) {
            protocol.abandon("the engine has stopped", worker.nowMillis());
        }
        if (!finished) {
            finished(protocol); // it was only repeating its last words
        }
    }

    @Override
    void reconfigure(ResolvedTunnel changed) {
        super.reconfigure(changed);
        TunnelConfig old = protocol.config();
        protocol.reconfigure(TunnelConfigs.of(worker, changed.settings(), old.localTunnelId(), old.role(), OptionalLong.empty()),
                worker.nowMillis());
        rearm();
    }

    @Override
    void resolveAgain() {
        if (identity().origin() == Origin.REMOTE && !closed) {
            String hostName = protocol.peer().map(PeerFacts::hostName).orElse("");
            reconfigure(engine.profiles().tunnelOf(
                    engine.profiles().peerProfileFor(path().remote().getAddress(), hostName)));
        }
        super.resolveAgain();
    }

    @Override
    CompletableFuture<Void> acknowledged() {
        return acknowledged;
    }

    // ---- TunnelObserver

    @Override
    public void send(ByteBuffer datagram) {
        trace(true, datagram);
        worker.sendControl(path(), datagram);
    }

    @Override
    public void established(Tunnel tunnel, PeerFacts peer) {
        if (!lifecycle.mayEstablish(this)) {
            close(StopResult.GENERAL_ERROR, "max_tunnels is reached");
            return;
        }
        wasUp = true;
        worker.count(TUNNELS_ESTABLISHED);
        LOG.info("tunnel {} is up with {} in {} (host name \"{}\", peer tid={})", identity().title(),
                Words.of(path().remote()), remark().isEmpty() ? version().words() : version().words() + ", which is all it has",
                Words.printable(peer.hostName()), Integer.toUnsignedString(tunnel.remoteId()));
        up();
        lifecycle.established(this);
        attach();
    }

    @Override
    public void callReceived(Session session, IncomingCall call) {
        peerCalls.incoming(session, call);
    }

    @Override
    public void outgoingCallReceived(Session session, OutgoingCall call) {
        peerCalls.outgoing(session, call);
    }

    @Override
    public void sessionNotice(Session session, ControlMessage message) {
        session(session.localId()).ifPresent(live -> live.line().notice(message));
    }

    @Override
    public void circuitChanged(Session session, CircuitStatus circuit) {
        session(session.localId()).ifPresent(live -> live.peerCircuitChanged(circuit));
    }

    @Override
    public void speedChanged(Session session, ConnectedCall call) {
        session(session.localId()).ifPresent(live -> live.line().speedChanged(call));
    }

    @Override
    public void sessionEstablished(Session session, ConnectedCall call) {
        session(session.localId()).ifPresent(live -> {
            engine.circuits().up(session, live);
            live.established(call);
        });
    }

    @Override
    public void dataMayFlow(Session session) {
        session(session.localId()).ifPresent(LiveSession::dataMayFlow);
    }

    @Override
    public void sessionClosed(Session session, CloseCause cause) {
        session(session.localId()).ifPresent(live -> engine.circuits().over(session, live));
        remove(session.localId(), cause);
    }

    @Override
    public void closed(Tunnel tunnel, CloseCause why) {
        closed = true;
        Cause cause = Words.cause(why);
        if (!wasUp || why.kind() == CloseCause.Kind.UNREACHABLE || why.kind() == CloseCause.Kind.PROTOCOL) {
            worker.count(TUNNELS_FAILED);
        }
        if (why.kind() == CloseCause.Kind.AUTHENTICATION) {
            worker.count(TUNNEL_AUTH_FAILURES);
        }
        LogRate log = worker.frontDoor().log();
        boolean gaveWay = !wasUp && why.kind() == CloseCause.Kind.LIMIT;
        if (wasUp || identity().origin() == Origin.LOCAL || !gaveWay && log.admits(worker.nowMillis())) {
            LOG.info("tunnel {} with {} is down: {}{}", identity().title(), Words.of(path().remote()), cause.message(),
                    wasUp ? "" : log.keptBack());
        }
        down(cause, wasUp);
        lifecycle.closed(this, why, cause, wasUp);
    }

    @Override
    public void finished(Tunnel tunnel) {
        finished = true;
        worker.wheel().cancel(timer);
        worker.tunnels().remove(this, wasUp, worker.nowMillis());
        deleted();
        lifecycle.finished(this);
    }

    // ---- time

    private void timeout(long nowMillis) {
        protocol.timeout(nowMillis);
        rearm();
    }

    @Override
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

    @Override
    ProtocolVersion version() {
        return protocol == null ? ProtocolVersion.V2 : protocol.version();
    }

    @Override
    int peerTunnelId() {
        return protocol == null ? 0 : protocol.remoteId();
    }

    @Override
    String peerHostName() {
        return peer(PeerFacts::hostName);
    }

    @Override
    int queued() {
        return protocol.channel().queued();
    }

    @Override
    boolean isOpen() {
        return isUp() && protocol.state() == TunnelState.ESTABLISHED;
    }

    @Override
    boolean isClosed() {
        return closed;
    }

    @Override
    TunnelStatus status() {
        return new TunnelStatus(identity().name(), tunnelId(), peerTunnelId(), TunnelCounterNames.state(protocol),
                identity().origin(), Optional.of(path().local()), Optional.of(path().remote()), peerHostName(),
                peer(PeerFacts::vendorName), values().profile(), values().peerProfile(),
                protocol != null && isAuthenticated(), isPersistent(), sessionCount(), created(),
                upSince(), Optional.empty(), lastCause(), TunnelCounterNames.of(protocol, dataCounters()),
                new TunnelProtocol(version().code(), path().encapsulation(), false, remark()));
    }

    private String remark() {
        return version() == ProtocolVersion.V2 && values().version() == L2tpVersion.AUTO && protocol != null
                && identity().origin() == Origin.LOCAL ? "asked for L2TPv3, the peer has only L2TPv2" : "";
    }

    private boolean isAuthenticated() {
        return isUp() && protocol.peer().flatMap(PeerFacts::v3).map(V3Facts::authenticated)
                .orElse(protocol.config().challenge());
    }

    private String peer(Function<PeerFacts, String> fact) {
        return protocol == null ? "" : protocol.peer().map(fact).map(Words::printable).orElse("");
    }
}
