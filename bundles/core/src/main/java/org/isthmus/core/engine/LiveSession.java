package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.SESSIONS_CREATED;
import static org.isthmus.core.counters.Counter.SESSIONS_ESTABLISHED;
import static org.isthmus.core.counters.Counter.SESSIONS_FAILED;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

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
import org.isthmus.protocol.wire.CircuitStatus;
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
    private final SessionEnd end;
    private Instant created;

    private final DataLink link;
    private final CallLine line;
    private final SessionPpp ppp;
    private Optional<ProxyReport> proxy = Optional.empty();
    private Optional<Instant> upSince = Optional.empty();
    private boolean wasEstablished;

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
        this.end = new SessionEnd(this, control);
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
        return new LiveSessionCheckpoint(sessionId(), plan.name(), plan.origin(), created, upSince, wasEstablished, end.cause(),
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
        end.resume(before.lastCause());
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
        return end.isOver() || upSince.isEmpty() || link.isOpen() && ppp.passes();
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

    /** The protocol says that the call is over. */
    void closed(CloseCause why) {
        end.reached(why);
        if (!wasEstablished || why.kind() == CloseCause.Kind.UNREACHABLE) {
            worker.count(SESSIONS_FAILED);
        }
        limits.stop();
        ppp.lowerDown();
        link.end();
        upSince = Optional.empty();
        engine.limits().sessionClosed();
        LOG.info("session {} is down: {}", title(), end.cause().message());
        if (wasEstablished) {
            tell(L2tpEvent.Kind.DOWN, end.cause());
        }
        tell(L2tpEvent.Kind.DELETED, end.cause());
        lifecycle.closed(this, end.cause(), why);
        end.complete();
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
        if (end.isOver() || !link.isOpen()) {
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

    /** How it ends. */
    SessionEnd end() {
        return end;
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

    boolean isEstablished() {
        return wasEstablished && !end.isOver();
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
