package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.TUNNELS_CREATED;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.isthmus.api.Origin;
import org.isthmus.api.TunnelStatus;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.checkpoint.LiveTunnelCheckpoint;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.state.SavedSession;
import org.isthmus.core.state.SavedTunnel;
import org.isthmus.core.timer.Timer;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionCheckpoint;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelCheckpoint;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;

/** A tunnel with a control channel, which the protocol's state machine drives. */
final class ControlledTunnel extends LiveTunnel {
    private final Worker worker;
    private final Engine engine;
    private final Timer timer = new Timer(this::timeout);
    private final TunnelFailover failover;
    private final ControlWay control;
    private final TunnelLife life;
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private Tunnel protocol;

    ControlledTunnel(Worker worker, TunnelIdentity identity, ResolvedTunnel values, PeerPath path, TunnelLifecycle lifecycle) {
        super(worker, identity, values, path);
        this.worker = worker;
        this.engine = worker.engine();
        PeerCalls peerCalls = new PeerCalls(this);
        this.failover = new TunnelFailover(this, lifecycle, peerCalls);
        this.control = new ControlWay(this, failover);
        this.life = new TunnelLife(this, lifecycle, peerCalls, failover, control);
    }

    /** Opens it from our side. */
    void open(TunnelConfig config) {
        begin(() -> Tunnel.open(config, life, worker.random(), worker.nowMillis()));
    }

    /** Answers a peer's SCCRQ. The tunnel may be closed when this returns. */
    void accept(ByteBuffer sccrq, TunnelConfig config) {
        traffic().trace(false, sccrq);
        begin(() -> Tunnel.accept(sccrq, config, life, worker.random(), worker.nowMillis()));
    }

    /** Asks the peer to go on with it after our failure. It may be over when this returns. */
    void recover(SavedTunnel before, TunnelConfig config) {
        failover.expects(before.sessions());
        begin(() -> Tunnel.recover(before.protocol(), before.sessions().stream().map(SavedSession::protocol).toList(), config,
                life, worker.random(), worker.nowMillis()));
    }

    /** Goes on where another object was, in whatever state; without its sessions so far. */
    void resume(LiveTunnelCheckpoint before, Optional<Port> own, TunnelConfig config) {
        TunnelCheckpoint machine = before.protocol().orElseThrow();
        protocol = Tunnel.resume(machine, config, life, worker.random(), worker.nowMillis());
        life.resume(before.wasUp(), !machine.state().isOpen());
        worker.tunnels().put(this);
        machine.failover().tunnels().forEach(recovery -> worker.tunnels().lendAgain(recovery.tunnel().localId(), this));
        failover.expects(before.expected());
        failover.resume(before.kept(), before.recovered());
        super.resume(before, own);
        rearm();
    }

    /** Goes on with a session that another object had. */
    void resume(Session session, SessionPlan plan, SessionLifecycle sessionLifecycle, LiveSessionCheckpoint before) {
        LiveSession live = sessions().add(new NegotiatedSession(session), plan, sessionLifecycle, before);
        if (session.type().isPlacedHere()) {
            engine.circuits().asked(session, live);
        }
        if (before.established()) {
            engine.circuits().up(session, live);
        }
    }

    @Override
    void stop() {
        failover.park();
        stopTimer();
    }

    @Override
    boolean wasUp() {
        return life.wasUp();
    }

    @Override
    boolean isKept() {
        return failover.isKept();
    }

    @Override
    List<SavedSession> expected() {
        return failover.expected();
    }

    @Override
    Optional<Instant> recoveredAt() {
        return failover.recoveredAt();
    }

    private void begin(Supplier<Tunnel> opening) {
        worker.count(TUNNELS_CREATED);
        worker.tunnels().put(this);
        // A peer's request is news only when it came to something: anybody can send one.
        if (identity().origin() == Origin.LOCAL) {
            events().created();
        }
        try {
            protocol = opening.get();
        } catch (RuntimeException bug) { // it must not stay half made
            life.closed(null, new CloseCause(CloseCause.Kind.PROTOCOL, Optional.empty(), Optional.empty(), Optional.empty(),
                    "a defect: please report this"));
            life.finished(null);
            throw bug;
        }
        rearm();
    }

    // ---- what arrives

    void control(Arrival arrival) {
        if (!control.takes(arrival, protocol)) {
            return;
        }
        traffic().trace(false, arrival.packet());
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
        traffic().trace(false, sccrq);
        protocol.receive(sccrq, worker.nowMillis());
        rearm();
        return true;
    }

    /** The peer has failed, or somebody says so, and asks to go on with this tunnel; false if that has to be refused. */
    boolean takeRecovery(Arrival arrival) {
        traffic().trace(false, arrival.packet());
        boolean taken = failover.takeRecovery(protocol, arrival);
        rearm();
        return taken;
    }

    // ---- what is asked of it

    @Override
    Optional<LiveSession> placeCall(Supplier<CallConfig> call, SessionPlan plan, SessionLifecycle sessionLifecycle) {
        return OwnCalls.incoming(this, protocol, call.get(), plan, sessionLifecycle);
    }

    @Override
    Optional<LiveSession> placeOutgoingCall(SessionPlan plan, SessionLifecycle sessionLifecycle) {
        return OwnCalls.outgoing(this, protocol, plan, sessionLifecycle);
    }

    @Override
    boolean awaitsPeer() {
        return protocol.failover().awaitsPeer();
    }

    @Override
    void hello() {
        protocol.hello(worker.nowMillis());
        rearm();
    }

    @Override
    void rewind(List<SessionCheckpoint> theirs) {
        protocol.rewind(theirs, worker.nowMillis());
        rearm();
    }

    @Override
    boolean probe(int octets) {
        boolean sent = protocol.probe(octets, worker.nowMillis());
        rearm();
        return sent;
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
        if (!life.isClosed()) {
            protocol.abandon("the engine has stopped", worker.nowMillis());
        }
        if (!life.isFinished()) {
            life.finished(protocol); // it was only repeating its last words
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
        if (identity().origin() == Origin.REMOTE && !isClosed()) {
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

    /** A call is up, or goes on after our failure. */
    void sessionEstablished(Session session, ConnectedCall call) {
        sessions().find(session.localId()).ifPresent(live -> {
            engine.circuits().up(session, live);
            live.established(call);
        });
        failover.changed();
    }

    @Override
    void sessionChanged() {
        failover.changed();
    }

    // ---- time

    /** The state machine is over: nothing more is to be done. */
    void stopTimer() {
        worker.wheel().cancel(timer);
    }

    private void timeout(long nowMillis) {
        protocol.timeout(nowMillis);
        rearm();
    }

    @Override
    void rearm() {
        worker.journal().touched(this);
        if (isClosed() && protocol.state() != TunnelState.CLOSING) {
            acknowledged.complete(null);
        }
        if (life.isFinished() || protocol == null) {
            return;
        }
        long next = protocol.nextTimeoutMillis();
        if (next == Long.MAX_VALUE) {
            stopTimer();
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
        return ControlledTunnelStatus.peer(protocol, PeerFacts::hostName);
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
        return life.isClosed();
    }

    @Override
    TunnelStatus status() {
        return ControlledTunnelStatus.of(this, protocol, failover.recoveredAt());
    }

    /** Of our request. */
    OptionalLong tieBreaker() {
        return protocol.config().tieBreaker();
    }

    @Override
    Optional<Tunnel> protocol() {
        return Optional.ofNullable(protocol);
    }
}
