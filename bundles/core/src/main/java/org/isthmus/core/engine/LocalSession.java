package org.isthmus.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.Cause;
import org.isthmus.api.LineStatus;
import org.isthmus.api.Origin;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.core.checkpoint.BlockCheckpoint;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.checkpoint.OursCheckpoint;
import org.isthmus.core.desired.ResolvedSession;
import org.isthmus.core.timer.Timer;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session that somebody here asked for, whether it is up or not. Belongs to its tunnel's worker. */
final class LocalSession implements SessionLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSession.class);

    private final LocalTunnel tunnel;
    private final Worker worker;
    private final Timer retryTimer = new Timer(now -> retry());
    private Instant created;

    private Block block;
    private Optional<LiveSession> live = Optional.empty();
    private Optional<Instant> retryAt = Optional.empty();
    private Cause lastCause = Cause.NONE;
    private boolean removed;

    LocalSession(LocalTunnel tunnel, Block block) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
        this.block = block;
        this.created = worker.engine().now();
    }

    private void retry() {
        retryAt = Optional.empty();
        tunnel.place(this);
    }

    /** Places the call in the tunnel, which is up. */
    void place(LiveTunnel up) {
        retryAt = Optional.empty();
        if (live.isPresent() || removed) {
            return;
        }
        if (worker.engine().limits().sessionLimitReached()) {
            failed("max_sessions of the system is reached");
            return;
        }
        SessionPlan plan = plan(worker.engine().nextCallSerial());
        live = plan.call() instanceof IncomingCall incoming ? up.placeCall(() -> call(plan, incoming), plan, this)
                : up.placeOutgoingCall(plan, this);
        if (live.isEmpty()) {
            failed("the tunnel takes no more calls of ours: its max_sessions is reached, its peer profile gives us"
                    + " the other role, the session_id is in use, or the peer has no lines for outgoing calls");
        }
    }

    /** After our failure: goes on with a session of the tunnel. */
    LiveSession restore(LiveTunnel up, Session session) {
        retryAt = Optional.empty();
        LiveSession restored = up.sessions().add(new NegotiatedSession(session), plan(session.call().serialNumber()), this);
        live = Optional.of(restored);
        return restored;
    }

    OursCheckpoint.OurSession park() {
        worker.wheel().cancel(retryTimer);
        return new OursCheckpoint.OurSession(BlockCheckpoint.of(block), created, live.isPresent(), retryAt, lastCause);
    }

    /** Goes on where another object was, without what is live of it so far. */
    void resume(OursCheckpoint.OurSession before) {
        created = before.created();
        lastCause = before.lastCause();
        before.retryAt().ifPresent(this::retryAt);
    }

    /** Its session in a tunnel, which another object had; empty for a static one that has other identifiers now. */
    void resume(LiveTunnel up, Optional<Session> session, LiveSessionCheckpoint before) {
        SessionPlan plan = plan(session.map(negotiated -> negotiated.call().serialNumber()).orElse(0L));
        if (up instanceof StaticTunnel fixed) {
            live = fixed.resume(plan, this, before);
        } else if (session.isPresent()) {
            ((ControlledTunnel) up).resume(session.get(), plan, this, before);
            live = up.sessions().find(before.sessionId());
        }
    }

    /** Whether it is neither live nor waits for another time. */
    boolean wantsPlace() {
        return live.isEmpty() && retryAt.isEmpty() && !removed;
    }

    private SessionPlan plan(long serial) {
        ResolvedSession values = values();
        Settings settings = values.settings();
        return new SessionPlan(block.name(), Origin.LOCAL, settings.get(SessionParameters.SESSION_TYPE), values,
                CallTerms.request(settings, serial));
    }

    private static CallConfig call(SessionPlan plan, IncomingCall call) {
        Settings settings = plan.session();
        return new CallConfig(settings.find(SessionParameters.SESSION_ID).orElse(0), call,
                CallTerms.connected(settings), WireTerms.of(settings));
    }

    @Override
    public void closed(LiveSession session, Cause cause, CloseCause why) {
        live = Optional.empty();
        lastCause = cause;
        retryLater();
    }

    private void failed(String why) {
        lastCause = new Cause(false, 0, 0, why);
        LOG.warn("session \"{}/{}\" cannot be placed: {}", tunnel.name(), block.name(), why);
        retryLater();
    }

    private void retryLater() {
        // With its tunnel it is placed again when that comes up.
        if (removed || !tunnel.isPersistent() || tunnel.live().filter(LiveTunnel::isOpen).isEmpty()) {
            return;
        }
        Duration wait = worker.engine().system().get(SystemParameters.SESSION_PERSIST_PEND_TIMEOUT);
        retryAt(worker.engine().now().plus(wait));
    }

    private void retryAt(Instant when) {
        retryAt = Optional.of(when);
        long wait = Duration.between(worker.engine().now(), when).toMillis();
        worker.wheel().arm(retryTimer, worker.nowMillis() + Math.max(0, wait));
    }

    /** Its tunnel went down: no attempt is due before that comes up. */
    void tunnelDown() {
        worker.wheel().cancel(retryTimer);
        retryAt = Optional.empty();
    }

    /** Takes it down and forgets it. */
    CompletableFuture<Void> remove(String reason) {
        forget();
        Optional<LiveSession> last = live;
        last.ifPresent(session -> session.end().hangUp(reason));
        return last.map(session -> session.end().gone()).orElse(CompletableFuture.completedFuture(null));
    }

    /** Does nothing more, whatever happens to the live one. */
    void forget() {
        removed = true;
        worker.wheel().cancel(retryTimer);
        retryAt = Optional.empty();
    }

    /** Makes it what the block says now, as far as that can be done while it is up. */
    void change(Block changed) {
        block = changed;
        resolveAgain();
    }

    /** A profile that it takes values from has changed. */
    void resolveAgain() {
        live.ifPresent(session -> session.change(values()));
    }

    private ResolvedSession values() {
        return worker.engine().profiles().session(block.settings(), tunnel.values());
    }

    Block block() {
        return block;
    }

    Optional<LiveSession> live() {
        return live;
    }

    SessionStatus status() {
        return live.map(LiveSession::status).orElseGet(() -> {
            SessionPlan plan = plan(0);
            SessionState state = retryAt.isPresent() ? SessionState.RETRY
                    : lastCause == Cause.NONE || tunnel.willComeUp() ? SessionState.WAIT_TUNNEL : SessionState.DOWN;
            return new SessionStatus(block.name(), tunnel.name(), tunnel.live().map(LiveTunnel::tunnelId).orElse(0), 0,
                    0, state, plan.type(), Origin.LOCAL, plan.values().profile(), plan.values().pppProfile(), "",
                    plan.call().callingNumber(), plan.call().calledNumber(), 0, 0, Optional.empty(), created,
                    Optional.empty(), retryAt, lastCause, SessionDataCounters.ZERO, Optional.empty(), "", LineStatus.NONE,
                    plan.pseudowire(Optional.empty(), 0));
        });
    }
}
