package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.SESSIONS_CREATED;
import static org.isthmus.core.counters.Counter.SESSIONS_ESTABLISHED;
import static org.isthmus.core.counters.Counter.SESSIONS_FAILED;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.Origin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.desired.ResolvedSession;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ResultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session: who decides on it, its data path, and its PPP where it carries PPP. Belongs to its tunnel's worker.
 */
final class LiveSession {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    private final LiveTunnel tunnel;
    private final Worker worker;
    private final Engine engine;
    private final SessionControl control;
    private SessionPlan plan;
    private final SessionLifecycle lifecycle;
    private final SessionLimits limits;
    private Instant created;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    private final DataLink link;
    private final CallLine line;
    private final SessionPpp ppp;
    private Optional<ProxyReport> proxy = Optional.empty();
    private Optional<Instant> upSince = Optional.empty();
    private Cause lastCause = Cause.NONE;
    private boolean wasEstablished;
    private boolean closed;

    LiveSession(LiveTunnel tunnel, SessionControl control, SessionPlan plan, SessionLifecycle lifecycle) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
        this.engine = worker.engine();
        this.control = control;
        this.plan = plan;
        this.lifecycle = lifecycle;
        this.created = engine.now();
        this.link = new DataLink(this);
        this.line = new CallLine(this, control);
        this.ppp = new SessionPpp(this);
        this.limits = new SessionLimits(worker, this);
    }

    void created() {
        worker.count(SESSIONS_CREATED);
        engine.limits().sessionOpened();
        tell(L2tpEvent.Kind.CREATED, Cause.NONE);
    }

    // ---- another object goes on

    /** Leaves it to another object: nothing is said to anybody. */
    LiveSessionCheckpoint park() {
        return checkpoint(ppp.park(), link.earlier(), link.nextNumber());
    }

    /** What it is at this moment, for another process: what its path has counted so far goes with this one, unless it is the kernel's. */
    LiveSessionCheckpoint checkpoint() {
        boolean ofKernel = tunnel.ownPort().isPresent();
        return checkpoint(ppp.goesOn(), ofKernel ? link.earlier() : link.counters(), ofKernel ? link.nextNumber() : link.numberOfNow());
    }

    private LiveSessionCheckpoint checkpoint(Optional<LiveSessionCheckpoint.Ppp> goesOn, SessionDataCounters passed, int nextNumber) {
        return new LiveSessionCheckpoint(sessionId(), plan.name(), plan.origin(), created, upSince, wasEstablished, lastCause,
                wasEstablished ? Optional.of(line.call()) : Optional.empty(), passed, nextNumber,
                limits.checkpoint(), goesOn, ppp.frames(), lifecycle.passing());
    }

    /** Something of it is another now that {@link #checkpoint} has. */
    void touched() {
        worker.journal().touched(tunnel, sessionId());
    }

    /** Goes on where another object was, once there is a data path. */
    void resume(LiveSessionCheckpoint before) {
        engine.limits().sessionOpened();
        created = before.created();
        lastCause = before.lastCause();
        wasEstablished = before.established();
        before.line().ifPresent(line::connected);
        proxy = isLac() ? Optional.empty() : before.line().flatMap(call -> ProxyReport.of(call.proxy()));
        upSince = before.upSince();
        if (upSince.isPresent() && !goesOn(before)) {
            pppDown(new Cause(false, 0, 0, "PPP begins anew in a new version of the engine"));
        }
        if (upSince.isPresent()) {
            before.limits().ifPresent(limits::resume);
        }
        ppp.resume(before.ppp(), before.pppFrames());
        link.resume(before);
        if (wasEstablished) {
            link.want();
        }
    }

    private boolean goesOn(LiveSessionCheckpoint before) {
        return plan.pseudowireType() != PseudowireType.PPP || before.ppp().isPresent() || before.passing().isPresent();
    }

    /** Whether it can take packets, or is not up anyhow. */
    boolean isReady() {
        return closed || upSince.isEmpty() || link.isOpen() && ppp.passes();
    }

    // ---- the call

    void established(ConnectedCall call) {
        touched();
        line.connected(call);
        proxy = isLac() ? Optional.empty() : ProxyReport.of(call.proxy());
        wasEstablished = true;
        worker.count(SESSIONS_ESTABLISHED);
        LOG.info("session {} is up, peer sid={}", title(), Integer.toUnsignedString(control.remoteId()));
        tell(L2tpEvent.Kind.UP, Cause.NONE);
        link.want();
    }

    /** As LAC: the peer has acknowledged ICCN or OCCN; some are not ready for data before. */
    void dataMayFlow() {
        carry();
    }

    /** Ends the session from our side. */
    void close(CallResult result, String reason) {
        close(ResultCode.of(result, reason), Optional.empty());
    }

    private void close(ResultCode result, Optional<DisconnectCause> disconnect) {
        control.close(result, disconnect, worker.nowMillis());
        tunnel.rearm();
    }

    /** Ends PPP first, so that the peer hears why, and then the call. */
    void hangUp(String reason) {
        if (!ppp.close(reason)) {
            close(CallResult.ADMINISTRATIVE, reason);
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
        ppp.lowerDown();
        link.end();
        upSince = Optional.empty();
        engine.limits().sessionClosed();
        LOG.info("session {} is down: {}", title(), lastCause.message());
        if (wasEstablished) {
            tell(L2tpEvent.Kind.DOWN, lastCause);
        }
        tell(L2tpEvent.Kind.DELETED, lastCause);
        lifecycle.closed(this, lastCause, why);
        gone.complete(null);
    }

    // ---- the data path

    /** Opens the data path if the tunnel has one now. */
    void attach() {
        link.open();
    }

    /** The data plane goes, or another takes over: the call and its PPP stay. */
    void detach() {
        link.close();
    }

    /** The peer says whether its end can carry traffic (RFC 3931 section 5.4.5). */
    void peerCircuitChanged(CircuitStatus circuit) {
        LOG.info("session {}: the circuit of the peer is {}", title(), circuit.words());
        holdWhileCircuitIsDown();
        tell(L2tpEvent.Kind.LINE, Cause.NONE);
    }

    private void holdWhileCircuitIsDown() {
        control.data().ifPresent(data -> link.holdTraffic(!data.remoteCircuit().carriesTraffic()));
    }

    /** The tunnel's packets may be larger or smaller now. */
    void pathMtuChanged() {
        int largest = largestPacket();
        link.mtu(largest);
        ppp.mtu(largest);
    }

    /** The name that its interface is to have, or empty. */
    String wantedInterface() {
        return InterfaceNames.of(plan, engine.system(), tunnel.interfacePerSession(), control.data().isPresent(), tunnel.tunnelId(),
                control.localId());
    }

    /** The largest network packet that may be sent now, in bytes; PPP may agree on less. */
    int largestPacket() {
        return tunnel.pathMtu().of(spec());
    }

    /** The path can be used. */
    void pathOpened() {
        holdWhileCircuitIsDown();
        tunnel.pathMtu().opened(this);
        ppp.attached();
        if (control.mayCarryData()) {
            carry();
        }
    }

    /** There is no path, or no longer, though nobody here has closed it. */
    void lost(String why) {
        LOG.error("session {}: no data path: {}", title(), why);
        lastCause = new Cause(false, CallResult.NO_FACILITIES_NOW.code(), 0, "no data path: " + why);
        close(CallResult.NO_FACILITIES_NOW, "no data path");
    }

    SessionSpec spec() {
        return SessionSpecs.of(fullName(), wantedInterface(), control, plan, line.call(), tunnel.settings());
    }

    /** Keeps a copy of a packet that came before the path was open; false when the path is open. */
    boolean holdEarly(ByteBuffer packet) {
        return link.hold(packet);
    }

    Optional<SessionPath> path() {
        return link.path();
    }

    /** What the session is for begins when it can be heard: the call is up and the path is open. */
    private void carry() {
        if (closed || !link.isOpen()) {
            return;
        }
        if (plan.pseudowireType() == PseudowireType.PPP) {
            ppp.begin();
        } else if (upSince.isEmpty()) { // frames need nothing more
            upSince = Optional.of(engine.now());
            limits.start(AcceptedUser.NOBODY);
            touched();
        }
    }

    // ---- PPP

    /** Another end goes on with the link. */
    void handOver(ProxyReport collected) {
        proxy = Optional.of(collected);
        ppp.handOver();
    }

    /** Its frames pass to another session, and those of that one to this. */
    void passes() {
        touched();
        upSince = Optional.of(engine.now());
        limits.start(AcceptedUser.NOBODY);
        tell(L2tpEvent.Kind.SWITCHED, Cause.NONE);
    }

    /** Ends as the session did that it was switched to, or from. */
    void end(PassedEnd why) {
        if (!closed) {
            lastCause = why.cause();
            close(why.result(), why.disconnect());
        }
    }

    /** PPP has packets pass. */
    void pppUp(AcceptedUser user) {
        touched();
        if (upSince.isEmpty()) {
            upSince = Optional.of(engine.now());
            limits.start(user);
            tell(L2tpEvent.Kind.PPP_UP, Cause.NONE);
        }
    }

    void pppDown(Cause cause) {
        touched();
        if (upSince.isPresent()) {
            upSince = Optional.empty();
            tell(L2tpEvent.Kind.PPP_DOWN, cause);
        }
    }

    /** PPP is over, so the call ends too, and the peer is told why (RFC 3145). */
    void pppClosed(Cause cause, DisconnectCause disconnect) {
        pppDown(cause);
        if (!closed) {
            lastCause = cause;
            close(ResultCode.of(cause.byPeer() ? CallResult.CARRIER_LOST : CallResult.ADMINISTRATIVE, cause.message()),
                    Optional.of(disconnect));
        }
    }

    // ---- what the operator changes

    /** A profile has changed: what can change while the session is up does. */
    void resolveAgain() {
        if (plan.origin() == Origin.REMOTE) {
            change(engine.profiles().sessionOfPeer(tunnel.values(),
                    plan.session().find(SessionParameters.REMOTE_END_ID).orElse("")));
        }
    }

    /** Takes over what can change while the session is up; the rest stays as it was negotiated. */
    void change(ResolvedSession values) {
        limits.change(values.settings());
        line.changeSpeed(values.settings().get(SessionParameters.CONNECT_SPEED));
        if (!ppp.change(values.ppp())) {
            plan = plan.with(values);
        }
    }

    // ---- what it is

    /** The line of its call. */
    CallLine line() {
        return line;
    }

    /** What is done with its PPP frames. */
    SessionPpp ppp() {
        return ppp;
    }

    /** What the LAC said of its PPP. */
    Optional<ProxyReport> proxy() {
        return proxy;
    }

    SessionLifecycle lifecycle() {
        return lifecycle;
    }

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
        return control.localId();
    }

    int peerSessionId() {
        return control.remoteId();
    }

    /** Whether we are the LAC of the call: our PPP is then that of its user, unless the settings say otherwise. */
    boolean isLac() {
        return control.isLac();
    }

    Instant createdAt() {
        return created;
    }

    Optional<Instant> upSince() {
        return upSince;
    }

    Cause lastCause() {
        return lastCause;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isEstablished() {
        return wasEstablished && !closed;
    }

    String fullName() {
        return tunnel.identity().name() + "/" + plan.name();
    }

    /** For messages: {@code "office/alice" tid=1 sid=2}. */
    String title() {
        return "\"" + fullName() + "\" tid=" + Integer.toUnsignedString(tunnel.tunnelId()) + " sid="
                + Integer.toUnsignedString(control.localId());
    }

    /** The name of the interface that its packets use, or empty. */
    String interfaceName() {
        String ofPpp = ppp.interfaceName();
        return ofPpp.isEmpty() ? link.interfaceName() : ofPpp;
    }

    SessionDataCounters counters() {
        return link.counters();
    }

    /** Network packets that passed, PPP's own frames not counted. */
    long networkPackets() {
        SessionDataCounters counters = counters();
        return counters.rxPackets() + counters.txPackets() - ppp.frames();
    }

    SessionStatus status() {
        return LiveSessionStatus.of(this, control);
    }

    /** Tells the listeners. */
    void tell(L2tpEvent.Kind kind, Cause cause) {
        if (engine.events().isListening()) {
            engine.events().post(new L2tpEvent.SessionEvent(kind, status(), cause, engine.now()));
        }
    }
}
