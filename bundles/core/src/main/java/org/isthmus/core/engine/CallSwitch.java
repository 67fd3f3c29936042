package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.SWITCHED_CALLS;
import static org.isthmus.core.counters.Counter.SWITCH_FAILURES;
import static org.isthmus.core.counters.Counter.SWITCH_LNS_FAILURES;
import static org.isthmus.core.counters.Counter.SWITCH_LOOPS;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.isthmus.api.Cause;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.switching.CallFacts;
import org.isthmus.core.switching.Lns;
import org.isthmus.core.switching.Passes;
import org.isthmus.core.switching.Rule;
import org.isthmus.core.switching.Rules;
import org.isthmus.core.timer.Timer;
import org.isthmus.ppp.proxy.ProxyValues;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a call that a LAC brings stays here or goes on to another LNS, and ties it to its second half there,
 * an {@link OnwardCall}. Belongs to the worker of the LAC's tunnel.
 */
final class CallSwitch implements SessionLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CallSwitch.class);

    private enum State {
        /** The call is not up yet. */
        UNDECIDED,
        /** PPP runs here until the user says who it is. */
        ASKING,
        /** The call stays. */
        HERE,
        /** An LNS is tried. */
        TRYING,
        /** Frames pass. */
        PASSING,
        /** The call is over, or about to be. */
        OVER
    }

    private final Worker worker;
    private final Switchboard board;
    private final Timer setup = new Timer(now -> tooLate());
    private State state = State.UNDECIDED;
    private LiveSession session;
    private ConnectedCall connected;
    private CallConfig onwardCall;
    private Rule rule;
    private Iterator<Lns> candidates = Collections.emptyIterator();
    private Lns lns;
    private OnwardCall onward;
    private SessionPath onwardPath;
    private String onwardName = "";
    private Optional<String> pass = Optional.empty();
    private String lastFailure = "";

    CallSwitch(Worker worker) {
        this.worker = worker;
        this.board = worker.engine().switchboard();
    }

    // ---- another object goes on

    @Override
    public Optional<LiveSessionCheckpoint.Passing> passing() {
        return state == State.PASSING
                ? Optional.of(new LiveSessionCheckpoint.Passing(false, session.fullName(), pass)) : Optional.empty();
    }

    /** Goes on where another object was, once {@link #resume(OnwardCall, Lns, String)} tells of the second half. */
    void resume(LiveSession half, Optional<String> passBefore) {
        session = half;
        state = State.PASSING;
        pass = passBefore.filter(call -> board.passes().enter(call, Passes.MOST_UNSURE));
    }

    /** The second half, which is its worker's; before anything passes. */
    void resume(OnwardCall secondHalf, Lns to, String name) {
        onward = secondHalf;
        lns = to;
        onwardName = name;
        board.health().taken(to);
    }

    /** There is no second half any more. */
    void endAlone() {
        state = State.OVER;
        session.end().passedOn(PassedEnd.of(CallResult.CARRIER_LOST, "its second half was lost while the engine was replaced"));
    }

    // ---- where it goes

    @Override
    public boolean runsPpp(LiveSession live, ConnectedCall call) {
        session = live;
        if (state == State.UNDECIDED) {
            connected = call;
            Rules.Route route = route(live.proxy().map(ProxyReport::userName).orElse(""));
            state = route.askUser() ? State.ASKING : State.HERE;
            route.rule().ifPresent(found -> begin(found, call.proxy()));
        } else if (state == State.PASSING) {
            tie(); // over a path that is new
        }
        return state == State.HERE || state == State.ASKING;
    }

    @Override
    public boolean awaitsUser() {
        return state == State.ASKING;
    }

    @Override
    public boolean takesUser(LiveSession live, String user, Supplier<Optional<ProxyValues>> collected) {
        if (state != State.ASKING) {
            return false;
        }
        state = State.HERE;
        Optional<Rule> found = route(user).rule();
        Optional<ProxyValues> values = found.isPresent() ? collected.get() : Optional.empty();
        if (values.isEmpty()) {
            return false;
        }
        ProxyReport report = new ProxyReport(values.get());
        live.handOver(report);
        begin(found.get(), report.avps());
        return true;
    }

    private Rules.Route route(String user) {
        IncomingCall call = call();
        return board.rules().route(new CallFacts(user, call.callingNumber(), call.calledNumber()));
    }

    private void begin(Rule found, Map<AvpType, byte[]> proxy) {
        rule = found;
        state = State.TRYING;
        session.proxy().ifPresent(ProxyReport::passedOn);
        if (!enter()) {
            worker.count(SWITCH_LOOPS);
            giveUp("the call comes here again and again: switches lead in a circle");
            return;
        }
        try {
            onwardCall = new CallConfig(0, call(), onward(proxy));
        } catch (IllegalArgumentException tooLong) {
            giveUp("the call cannot be passed on: " + tooLong.getMessage());
            return;
        }
        candidates = board.health().order(rule.lnses(), worker.random(), worker.engine().nowMillis()).iterator();
        tryNext();
    }

    /** What the ICCN says: as it came, but for what some peers do not take. */
    private ConnectedCall onward(Map<AvpType, byte[]> proxy) {
        long speed = session.plan().session().get(SessionParameters.CONNECT_SPEED);
        Map<AvpType, byte[]> all = new EnumMap<>(AvpType.class);
        all.putAll(connected.proxy());
        all.putAll(proxy);
        return new ConnectedCall(connected.txConnectSpeed() == 0 ? speed : connected.txConnectSpeed(),
                connected.rxConnectSpeed() == 0 ? speed : connected.rxConnectSpeed(),
                connected.framingType() == 0 ? TunnelConfigs.SYNCHRONOUS : connected.framingType(), connected.sequencingRequired(),
                connected.privateGroupId(), all);
    }

    /** Whether it does not pass here too often already. */
    private boolean enter() {
        Optional<String> sure = session.proxy().flatMap(ProxyReport::fingerprint);
        String identity = sure.orElseGet(() -> {
            IncomingCall call = call();
            return String.join("\n", String.valueOf(call.serialNumber()), String.valueOf(call.physicalChannelId()),
                    call.callingNumber(), call.calledNumber(), call.subAddress());
        });
        pass = Optional.of(identity).filter(
                call -> board.passes().enter(call, sure.isPresent() ? Passes.MOST : Passes.MOST_UNSURE));
        return pass.isPresent();
    }

    /** What is switched are incoming calls, no others. */
    private IncomingCall call() {
        return (IncomingCall) session.plan().call();
    }

    // ---- one LNS after the other

    private void tryNext() {
        if (!candidates.hasNext()) {
            worker.count(SWITCH_FAILURES);
            giveUp("no LNS of switch \"" + rule.name() + "\" takes the call"
                    + (lastFailure.isEmpty() ? "" : ": " + lastFailure));
            return;
        }
        lns = candidates.next();
        Worker far = board.workerOf(lns);
        onward = new OnwardCall(this, far, lns, Integer.toUnsignedString(session.tunnel().tunnelId()) + '-'
                + Integer.toUnsignedString(session.sessionId()), session.fullName(), onwardCall);
        worker.wheel().arm(setup, worker.nowMillis() + rule.setupTimeout().toMillis());
        far.post(onward::start);
    }

    private void tooLate() {
        String why = "not up within " + rule.setupTimeout().toSeconds() + " s";
        hangUpOnward(PassedEnd.of(CallResult.NOT_IN_TIME, why));
        failed(why, true);
    }

    private void failed(String why, boolean lnsFails) {
        onward = null;
        lastFailure = lns.title() + ": " + why;
        LOG.info("session {}: {}", session.title(), lastFailure);
        if (lnsFails) {
            setAside(why);
        }
        tryNext();
    }

    private void setAside(String why) {
        worker.count(SWITCH_LNS_FAILURES);
        board.health().failed(lns, why, rule.holdDown(), worker.engine().nowMillis());
    }

    private void giveUp(String why) {
        state = State.OVER;
        session.end().passedOn(PassedEnd.of(CallResult.NO_FACILITIES_NOW, why));
    }

    // ---- what the second half tells, posted by its worker

    Worker worker() {
        return worker;
    }

    void post(Runnable news) {
        worker.post(news);
    }

    /** It is up and has a path, the first or another one. */
    void ready(OnwardCall call, SessionPath path, String name) {
        if (call != onward || state != State.TRYING && state != State.PASSING) {
            return;
        }
        onwardPath = path;
        onwardName = name;
        boolean first = state == State.TRYING;
        state = State.PASSING;
        tie();
        if (first) {
            worker.wheel().cancel(setup);
            worker.count(SWITCHED_CALLS);
            board.health().taken(lns);
            LOG.info("session {} is switched to {}, session \"{}\"", session.title(), lns.title(), name);
            List<ByteBuffer> early = session.ppp().takeEarly();
            onward.worker().post(() -> call.passes(early));
            session.passes();
        }
    }

    /** Frames of the LNS that came before it was tied. */
    void back(OnwardCall call, List<ByteBuffer> early) {
        if (call == onward) {
            early.forEach(session.ppp()::send);
        }
    }

    /** The LNS told something of the link. */
    void tell(OnwardCall call, LineTold told) {
        if (call == onward) {
            session.line().passOn(told);
        }
    }

    @Override
    public void told(LiveSession live, LineTold told) {
        OnwardCall call = onward;
        if (state == State.PASSING) {
            call.worker().post(() -> call.tell(told));
        }
    }

    private void tie() {
        session.path().ifPresent(path -> worker.guard("switch session " + session.title(), () -> {
            try {
                if (onwardPath != null) {
                    path.passTo(onwardPath);
                }
            } catch (IllegalArgumentException otherDataplane) {
                LOG.debug("session {}: one half has moved to another data plane, the other follows", session.title());
            }
        }));
    }

    /** It is over. */
    void ended(OnwardCall call, OnwardCall.End how) {
        if (call != onward) {
            return;
        }
        if (state == State.TRYING) {
            worker.wheel().cancel(setup);
            failed(how.words(), how.lnsFails());
        } else if (state == State.PASSING) {
            state = State.OVER;
            onward = null;
            board.health().ended(lns);
            if (how.why().filter(why -> why.kind() == CloseCause.Kind.TUNNEL).isPresent()) {
                setAside(how.words());
            }
            String words = lns.title() + ": " + how.words();
            session.end().passedOn(how.why().map(why -> PassedEnd.of(why, words))
                    .orElseGet(() -> PassedEnd.of(CallResult.CARRIER_LOST, words)));
        }
    }

    // ---- the end of the first half

    @Override
    public void closed(LiveSession live, Cause cause, CloseCause why) {
        worker.wheel().cancel(setup);
        pass.ifPresent(board.passes()::leave);
        pass = Optional.empty();
        if (state == State.PASSING && lns != null) {
            board.health().ended(lns);
        }
        state = State.OVER;
        hangUpOnward(PassedEnd.of(why, cause.message()));
    }

    private void hangUpOnward(PassedEnd why) {
        OnwardCall last = onward;
        onward = null;
        if (last != null) {
            last.worker().post(() -> last.hangUp(why));
        }
    }

    @Override
    public String switchedTo() {
        return state == State.PASSING ? onwardName : "";
    }
}
