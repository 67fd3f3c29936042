package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.SESSIONS_CREATED;
import static org.isthmus.core.counters.Counter.SESSIONS_ESTABLISHED;
import static org.isthmus.core.counters.Counter.SESSIONS_FAILED;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.LineStatus;
import org.isthmus.api.Origin;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.core.desired.ResolvedSession;
import org.isthmus.ppp.LcpRequests;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ResultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session: who decides on it, its data path, and its PPP where it carries PPP. Belongs to its tunnel's worker.
 */
final class LiveSession implements DataLink.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    private final LiveTunnel tunnel;
    private final Worker worker;
    private final Engine engine;
    private final SessionControl control;
    private SessionPlan plan;
    private final SessionLifecycle lifecycle;
    private final SessionLimits limits;
    private final Instant created;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    private final DataLink link;
    /** PPP frames that came before PPP may begin. */
    private final ArrayDeque<ByteBuffer> earlyFrames = new ArrayDeque<>(0);
    private PppRunner ppp;
    private Optional<ProxyReport> proxy = Optional.empty();
    private ConnectedCall connected = ConnectedCall.ofSpeed(0);
    private long controlFrames;
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
        this.link = new DataLink(tunnel, this);
        this.limits = new SessionLimits(worker, this);
    }

    void created() {
        worker.count(SESSIONS_CREATED);
        engine.limits().sessionOpened();
        tell(L2tpEvent.Kind.CREATED, Cause.NONE);
    }

    // ---- the call

    void established(ConnectedCall call) {
        connected = call;
        proxy = isLac() ? Optional.empty() : ProxyReport.of(call.proxy());
        wasEstablished = true;
        worker.count(SESSIONS_ESTABLISHED);
        LOG.info("session {} is up, peer sid={}", title(), Integer.toUnsignedString(control.remoteId()));
        tell(L2tpEvent.Kind.UP, Cause.NONE);
        link.want(this::spec);
    }

    /** The LAC says that the line has other speeds now. */
    void speedChanged(ConnectedCall call) {
        connected = call;
        lineNews("CSUN: speeds " + call.txConnectSpeed() + " and " + call.rxConnectSpeed() + " bit/s", LineTold.of(call));
    }

    /** The other end told something of the line. */
    void lineNews(String words, LineTold told) {
        LOG.info("session {}: {}", title(), words);
        tell(L2tpEvent.Kind.LINE, Cause.NONE);
        lifecycle.told(this, told);
    }

    /** Tells the peer what the other half of a switched call heard. */
    void passOn(LineTold told) {
        if (!closed) {
            control.negotiated().ifPresent(session -> told.tell(session, worker.nowMillis()));
            connected = control.negotiated().flatMap(Session::connected).orElse(connected);
            tunnel.rearm();
        }
    }

    /** Whether the LAC is to hear what LCP agrees on. */
    boolean wantsLinkInfo() {
        return !isLac() && LineNews.wantsLinkInfo(connected);
    }

    /** LCP has agreed on this, and the LAC is to hear of it. */
    void linkAgreed(LcpRequests lcp) {
        control.negotiated().ifPresent(session ->
                session.setLinkInfo(LineNews.linkInfo(connected, lcp), worker.nowMillis()));
        tunnel.rearm();
    }

    /** As LAC of an incoming call: its line has another speed now, which the LNS is told if it was announced. */
    private void changeSpeed(long speed) {
        if (plan.type() == SessionType.LAIC && plan.origin() == Origin.LOCAL && wasEstablished && !closed && speed != connected.txConnectSpeed()) {
            control.negotiated().ifPresent(session -> session.updateSpeed(speed, speed, worker.nowMillis()));
            connected = control.negotiated().flatMap(Session::connected).orElse(connected);
            tunnel.rearm();
        }
    }

    /** As LAC: the peer has acknowledged ICCN or OCCN; some are not ready for data before. */
    void dataMayFlow() {
        carry();
    }

    /** Ends the session from our side. */
    void close(CallResult result, String reason) {
        control.close(ResultCode.of(result, reason), worker.nowMillis());
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
        link.open(this::spec);
    }

    /** The data plane goes, or another takes over: the call and its PPP stay. */
    void detach() {
        link.close();
    }

    /** The peer says whether its end can carry traffic (RFC 3931 section 5.4.5). */
    void circuitChanged(CircuitStatus circuit) {
        LOG.info("session {}: the circuit of the peer is {}", title(), circuit.words());
        holdWhileCircuitIsDown();
    }

    private void holdWhileCircuitIsDown() {
        control.data().ifPresent(data -> link.path().ifPresent(path -> worker.guard("hold session " + title(),
                () -> path.hold(!data.remoteCircuit().carriesTraffic()))));
    }

    /** The tunnel's packets may be larger or smaller now. */
    void pathMtuChanged() {
        link.path().ifPresent(path -> worker.guard("set the MTU of session " + title(),
                () -> path.mtu(tunnel.pathMtu().of(spec()))));
    }

    @Override
    public void pathOpened() {
        holdWhileCircuitIsDown();
        if (tunnel.pathMtu().isKnown()) {
            pathMtuChanged();
        }
        if (ppp != null) {
            ppp.attached();
        }
        if (control.mayCarryData()) {
            carry();
        }
    }

    @Override
    public void noPath(String why) {
        LOG.error("session {}: no data path: {}", title(), why);
        lastCause = new Cause(false, CallResult.NO_FACILITIES_NOW.code(), 0, "no data path: " + why);
        close(CallResult.NO_FACILITIES_NOW, "no data path");
    }

    private SessionSpec spec() {
        return SessionSpecs.of(fullName(), control, plan, connected, tunnel.settings());
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
            startPpp();
        } else if (upSince.isEmpty()) { // frames need nothing more
            upSince = Optional.of(engine.now());
            limits.start(AcceptedUser.NOBODY);
        }
    }

    // ---- SessionPort

    @Override
    public void pppFrame(ByteBuffer frame) {
        controlFrames++;
        if (ppp == null) {
            DataLink.keep(earlyFrames, frame);
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
        if (link.isOpen()) {
            controlFrames++;
            try {
                link.path().get().sendPpp(frame);
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

    private void startPpp() {
        if (ppp != null || !lifecycle.runsPpp(this, connected)) {
            return;
        }
        ppp = new PppRunner(this, plan);
        ppp.open();
        while (!earlyFrames.isEmpty() && !closed && ppp != null) {
            ppp.received(earlyFrames.poll());
        }
    }

    /** Another end goes on with the link. */
    void handOver(ProxyReport collected) {
        proxy = Optional.of(collected);
        ppp = null;
    }

    /** Its frames pass to another session, and those of that one to this. */
    void passes() {
        upSince = Optional.of(engine.now());
        limits.start(AcceptedUser.NOBODY);
        tell(L2tpEvent.Kind.SWITCHED, Cause.NONE);
    }

    /** The frames that came before it was known where they go. */
    List<ByteBuffer> takeEarlyFrames() {
        List<ByteBuffer> early = List.copyOf(earlyFrames);
        earlyFrames.clear();
        return early;
    }

    /** Ends as the session did that it was switched to, or from. */
    void end(PassedEnd why) {
        if (!closed) {
            lastCause = why.cause();
            control.close(why.result(), why.disconnect(), worker.nowMillis());
            tunnel.rearm();
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

    /** PPP is over, so the call ends too, and the peer is told why (RFC 3145). */
    void pppClosed(Cause cause, DisconnectCause disconnect) {
        pppDown(cause);
        if (!closed) {
            lastCause = cause;
            control.close(ResultCode.of(cause.byPeer() ? CallResult.CARRIER_LOST : CallResult.ADMINISTRATIVE,
                    cause.message()), Optional.of(disconnect), worker.nowMillis());
            tunnel.rearm();
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
        changeSpeed(values.settings().get(SessionParameters.CONNECT_SPEED));
        if (ppp != null) {
            ppp.change(values.ppp());
        } else {
            plan = plan.with(values);
        }
    }

    // ---- what it is

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

    /** Whether we are the LAC of the call: our PPP is then that of its user, unless the settings say otherwise. */
    boolean isLac() {
        return control.isLac();
    }

    String fullName() {
        return tunnel.identity().name() + "/" + plan.name();
    }

    /** For messages: {@code "office/alice" tid=1 sid=2}. */
    @Override
    public String title() {
        return "\"" + fullName() + "\" tid=" + Integer.toUnsignedString(tunnel.tunnelId()) + " sid="
                + Integer.toUnsignedString(control.localId());
    }

    SessionDataCounters counters() {
        return link.counters();
    }

    /** Network packets that passed, PPP's own frames not counted. */
    long networkPackets() {
        SessionDataCounters counters = counters();
        return counters.rxPackets() + counters.txPackets() - controlFrames;
    }

    SessionStatus status() {
        return new SessionStatus(plan.name(), tunnel.identity().name(), tunnel.tunnelId(), control.localId(),
                control.remoteId(), state(), plan.type(), plan.origin(), plan.values().profile(), plan.values().pppProfile(),
                link.interfaceName(), Words.printable(plan.call().callingNumber()),
                Words.printable(plan.call().calledNumber()), connected.txConnectSpeed(), connected.rxConnectSpeed(),
                Optional.ofNullable(ppp).map(PppRunner::status), created, upSince, Optional.empty(), lastCause,
                counters(), proxy.map(ProxyReport::status), lifecycle.switchedTo(),
                control.negotiated().map(LineNews::of).orElse(LineStatus.NONE), plan.pseudowire(control.data()));
    }

    private SessionState state() {
        return switch (control.state()) {
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
