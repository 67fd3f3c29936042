package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.SESSIONS_REFUSED;

import java.util.Optional;

import org.isthmus.core.admission.LogRate;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.protocol.tunnel.CallType;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.OutgoingCall;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ResultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls that a tunnel's peer asks for: taken if they fit the profiles and there is room for them, refused otherwise. */
final class PeerCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PeerCalls.class);

    private final LiveTunnel tunnel;
    private final Worker worker;
    private final Engine engine;

    PeerCalls(LiveTunnel tunnel) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
        this.engine = worker.engine();
    }

    void incoming(Session session, IncomingCall call) {
        SessionPlan plan = SessionPlan.ofPeer(engine.profiles(), tunnel.values(), session, call);
        if (takes(session, plan, Optional.empty())) {
            tunnel.sessions().add(new NegotiatedSession(session), plan, new CallSwitch(worker));
            session.accept(WireTerms.of(plan.session()), worker.nowMillis());
        }
    }

    /** There is no line of ours to dial on: the call is connected at once, and our PPP is the remote system. */
    void outgoing(Session session, OutgoingCall call) {
        SessionPlan plan = SessionPlan.ofPeer(engine.profiles(), tunnel.values(), session, call);
        if (takes(session, plan, CallTerms.refusal(call, plan.session()))) {
            tunnel.sessions().add(new NegotiatedSession(session), plan, SessionLifecycle.NONE);
            session.accept(WireTerms.of(plan.session()), worker.nowMillis());
            session.connect(CallTerms.connected(plan.session(), call), worker.nowMillis());
        }
    }

    /** A call of before our failure; it stays where it was, whatever the switches say now. */
    LiveSession restore(Session session) {
        return tunnel.sessions().add(new NegotiatedSession(session),
                SessionPlan.ofPeer(engine.profiles(), tunnel.values(), session, session.call()), SessionLifecycle.NONE);
    }

    /** A call that another object had; where it goes is decided anew if it was not yet. */
    static SessionLifecycle lifecycle(Worker worker, Session session, LiveSessionCheckpoint before) {
        return session.type() == CallType.LNS_INCOMING && before.ppp().isEmpty() ? new CallSwitch(worker) : SessionLifecycle.NONE;
    }

    private boolean takes(Session session, SessionPlan plan, Optional<String> objection) {
        Optional<String> misfit = WireTerms.misfit(session.pseudowireRequest(), plan.session());
        Optional<String> unfit = misfit.or(() -> objection).or(this::noRoom);
        Optional<String> refusal = unfit.or(() -> engine.circuits().objection(session));
        if (refusal.isPresent()) {
            worker.count(SESSIONS_REFUSED);
            LogRate log = worker.frontDoor().log();
            if (log.admits(worker.nowMillis())) {
                LOG.info("tunnel {}: call refused: {}{}", tunnel.identity().title(), refusal.get(), log.keptBack());
            }
            CallResult result = misfit.isPresent() ? CallResult.NO_FACILITIES
                    : unfit.isPresent() ? CallResult.NO_FACILITIES_NOW : CallResult.TIE_LOST;
            session.reject(ResultCode.of(result, refusal.get()), worker.nowMillis());
        }
        return refusal.isEmpty();
    }

    /** Why no call at all can be taken now. */
    private Optional<String> noRoom() {
        if (tunnel.dataKeeper().isRefused()) {
            return Optional.of("the tunnel has no data path");
        }
        if (!worker.frontDoor().admitCall(worker.nowMillis())) {
            return Optional.of("too many calls per second (call_rate_limit)");
        }
        return engine.limits().sessionLimitReached() ? Optional.of("max_sessions of the system is reached") : Optional.empty();
    }
}
