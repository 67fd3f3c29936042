package org.isthmus.protocol.tunnel;

import java.util.Optional;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ResultCode;

/** The calls that the peer asks for: whether they can be, and the words with which they are refused. */
final class OfferedCalls {
    private final Calls calls;
    private final CallSteps steps;
    private final Pseudowires pseudowires;
    private final ControlConnection connection;
    private final TunnelCounters counters;

    OfferedCalls(Calls calls, CallSteps steps, Pseudowires pseudowires, ControlConnection connection, TunnelCounters counters) {
        this.calls = calls;
        this.steps = steps;
        this.pseudowires = pseudowires;
        this.connection = connection;
        this.counters = counters;
    }

    /** Whether a session of version 3 can come of a request; otherwise it was refused. */
    boolean isPossible(ControlMessage message, long now) {
        ResultCode objection = pseudowires.judge(message);
        if (objection != null) {
            refuse(message, objection, now);
            return false;
        }
        Session ours = pseudowires.tied(message);
        if (ours == null) {
            return true;
        }
        counters.count(Counter.SESSION_TIES);
        TieBreaker decision = Pseudowires.decide(ours, message);
        if (decision != TieBreaker.OURS_WINS) {
            // The peer says by a CDN of its own that it does not want ours.
            calls.clear(ours, CallEnd.tieLost(), now);
        }
        if (decision != TieBreaker.THEIRS_WINS) {
            refuse(message, ResultCode.of(CallResult.TIE_LOST, ""), now);
        }
        return decision == TieBreaker.THEIRS_WINS;
    }

    /** Makes the session of a call that the peer asks for; empty when there is no room and it was refused. */
    Optional<Session> begin(ControlMessage message, CallType type, CallRequest call, long now) {
        int remoteId = message.assignedSessionId();
        if (remoteId == 0) {
            // Nobody could be answered.
            counters.count(Counter.UNEXPECTED);
            return Optional.empty();
        }
        SessionIds ids = calls.ids();
        int id = calls.isFull() ? 0 : ids.lend(now);
        if (id == 0) {
            counters.count(Counter.CALLS_LIMITED);
            refuse(message, ResultCode.of(CallResult.NO_FACILITIES_NOW,
                    calls.isFull() ? "session limit reached" : "no session identifiers left"), now);
            return Optional.empty();
        }
        Session session = new Session(calls, id, ids, remoteId, type, call, calls.deadline(now));
        if (pseudowires.isVersion3()) {
            session.pseudowire(pseudowires.offered(message));
        }
        steps.agreePhb(session, message, connection.config().diffServ().session());
        calls.add(session);
        return Optional.of(session);
    }

    /** Refuses a call for which there is no session; the CDN carries an identifier that no session has. */
    void refuse(ControlMessage message, ResultCode result, long now) {
        int remoteId = message.assignedSessionId();
        boolean isRequest = message.type() == MessageType.ICRQ || message.type() == MessageType.OCRQ;
        if (remoteId == 0 || !isRequest) {
            counters.count(Counter.NO_SUCH_SESSION);
            return;
        }
        connection.send(MessageType.CDN, connection.sessionMessages().cdn(remoteId, calls.ids().free(now), result,
                Optional.empty()));
    }
}
