package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.TUNNELS_CREATED;
import static org.isthmus.core.counters.Counter.TUNNELS_ESTABLISHED;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.isthmus.api.TunnelProtocol;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.checkpoint.LiveTunnelCheckpoint;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel of version 3 without a control channel, as {@code ip l2tp add tunnel} makes it: both ends were told the same
 * identifiers. It is up as long as it is there, and so are its sessions; nothing tells whether a peer is at the other end.
 */
final class StaticTunnel extends LiveTunnel {
    private static final Logger LOG = LoggerFactory.getLogger(StaticTunnel.class);

    private final Worker worker;
    private final TunnelLifecycle lifecycle;
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private boolean closed;

    StaticTunnel(Worker worker, TunnelIdentity identity, ResolvedTunnel values, PeerPath path, TunnelLifecycle lifecycle) {
        super(worker, identity, values, path);
        this.worker = worker;
        this.lifecycle = lifecycle;
    }

    void open() {
        worker.count(TUNNELS_CREATED);
        worker.count(TUNNELS_ESTABLISHED);
        worker.tunnels().put(this);
        LOG.info("tunnel {} to {} is up: it is static, so nobody was asked", identity().title(), Words.of(path().remote()));
        up();
        lifecycle.established(this);
        attach();
    }

    /** Goes on where another object was, without its sessions so far. */
    @Override
    void resume(LiveTunnelCheckpoint before, Optional<Port> own) {
        worker.tunnels().put(this);
        super.resume(before, own);
    }

    /** Goes on with a session that another object had. */
    Optional<LiveSession> resume(SessionPlan plan, SessionLifecycle sessionLifecycle, LiveSessionCheckpoint before) {
        int id = plan.session().get(SessionParameters.SESSION_ID);
        return id != before.sessionId() || !worker.sessions().take(id, worker.nowMillis()) ? Optional.empty()
                : Optional.of(sessions().add(new StaticSession(this, plan), plan, sessionLifecycle, before));
    }

    @Override
    void heard() {
        // No timer waits for the peer.
    }

    @Override
    boolean hasControlChannel() {
        return false;
    }

    @Override
    Optional<LiveSession> placeCall(Supplier<CallConfig> call, SessionPlan plan, SessionLifecycle sessionLifecycle) {
        return place(plan, sessionLifecycle);
    }

    /** Nobody is asked: the session is there, and we are its LNS. */
    @Override
    Optional<LiveSession> placeOutgoingCall(SessionPlan plan, SessionLifecycle sessionLifecycle) {
        return place(plan, sessionLifecycle);
    }

    private Optional<LiveSession> place(SessionPlan plan, SessionLifecycle sessionLifecycle) {
        int id = plan.session().get(SessionParameters.SESSION_ID);
        if (closed || !worker.sessions().take(id, worker.nowMillis())) {
            return Optional.empty();
        }
        LiveSession live = sessions().add(new StaticSession(this, plan), plan, sessionLifecycle);
        live.established(ConnectedCall.ofSpeed(plan.session().get(SessionParameters.CONNECT_SPEED)));
        return sessions().find(id);
    }

    /** A session of it is closed. */
    void ended(StaticSession session, ResultCode result) {
        worker.sessions().giveBack(session.localId(), worker.nowMillis());
        sessions().remove(session.localId(), because(result));
    }

    @Override
    void close(StopResult result, String reason) {
        if (closed) {
            return;
        }
        closed = true;
        CloseCause why = because(ResultCode.of(result, reason));
        sessions().all().forEach(session -> session.end().close(CallResult.ADMINISTRATIVE, reason));
        LOG.info("tunnel {} to {} is down: {}", identity().title(), Words.of(path().remote()), why.words());
        down(Words.cause(why), true);
        lifecycle.closed(this, why, lastCause(), true);
        worker.tunnels().remove(this);
        deleted();
        lifecycle.finished(this);
        acknowledged.complete(null);
    }

    private static CloseCause because(ResultCode result) {
        return new CloseCause(CloseCause.Kind.LOCAL, Optional.of(result), Optional.empty(), Optional.empty(),
                "closed by this side: " + result.words());
    }

    @Override
    void drop() {
        close(StopResult.SHUTTING_DOWN, "the engine has stopped");
    }

    @Override
    CompletableFuture<Void> acknowledged() {
        return acknowledged;
    }

    @Override
    ProtocolVersion version() {
        return ProtocolVersion.V3;
    }

    @Override
    int peerTunnelId() {
        return settings().get(TunnelParameters.PEER_TUNNEL_ID);
    }

    @Override
    String peerHostName() {
        return "";
    }

    @Override
    boolean isClosed() {
        return closed;
    }

    @Override
    int queued() {
        return 0;
    }

    @Override
    boolean isOpen() {
        return !closed;
    }

    @Override
    TunnelStatus status() {
        return new TunnelStatus(identity().name(), tunnelId(), peerTunnelId(),
                closed ? TunnelState.DOWN : TunnelState.ESTABLISHED, identity().origin(), Optional.of(path().local()),
                Optional.of(path().remote()), "", "", values().profile(), "", false, isPersistent(), sessions().size(),
                created(), upSince(), Optional.empty(), lastCause(), Map.of(),
                new TunnelProtocol(3, path().encapsulation(), true, ""));
    }
}
