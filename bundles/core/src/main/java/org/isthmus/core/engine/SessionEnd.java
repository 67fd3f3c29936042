package org.isthmus.core.engine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.Cause;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ResultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a session ends: who ends it, what the peer is told of that, and what the operator. On the worker's thread. */
final class SessionEnd {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEnd.class);

    private final LiveSession session;
    private final SessionControl control;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private Cause cause = Cause.NONE;
    private boolean over;

    SessionEnd(LiveSession session, SessionControl control) {
        this.session = session;
        this.control = control;
    }

    // ---- who ends it

    /** Ends the session from our side. */
    void close(CallResult result, String reason) {
        close(ResultCode.of(result, reason), Optional.empty());
    }

    private void close(ResultCode result, Optional<DisconnectCause> disconnect) {
        control.close(result, disconnect, session.tunnel().worker().nowMillis());
        session.tunnel().rearm();
    }

    /** Ends PPP first, so that the peer hears why, and then the call. */
    void hangUp(String reason) {
        if (!session.ppp().close(reason)) {
            close(CallResult.ADMINISTRATIVE, reason);
        }
    }

    /** There is no data path, or no longer, though nobody here has closed it. */
    void pathLost(String why) {
        LOG.error("session {}: no data path: {}", session.title(), why);
        cause = new Cause(false, CallResult.NO_FACILITIES_NOW.code(), 0, "no data path: " + why);
        close(CallResult.NO_FACILITIES_NOW, "no data path");
    }

    /** Ends as the session did that it was switched to, or from. */
    void passedOn(PassedEnd why) {
        if (!over) {
            cause = why.cause();
            close(why.result(), why.disconnect());
        }
    }

    /** PPP is over, so the call ends too, and the peer is told why (RFC 3145). */
    void pppClosed(Cause why, DisconnectCause disconnect) {
        session.pppDown(why);
        if (!over) {
            cause = why;
            close(ResultCode.of(why.byPeer() ? CallResult.CARRIER_LOST : CallResult.ADMINISTRATIVE, why.message()),
                    Optional.of(disconnect));
        }
    }

    // ---- what is known of it

    /** The protocol says that the call is over. */
    void reached(CloseCause why) {
        over = true;
        cause = cause == Cause.NONE ? Words.cause(why) : cause;
    }

    /** Everybody has been told. */
    void complete() {
        gone.complete(null);
    }

    /** Completes when the call is over. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    boolean isOver() {
        return over;
    }

    /** Why it ends or has ended, if it does. */
    Cause cause() {
        return cause;
    }

    /** Another object had it, and its cause. */
    void resume(Cause before) {
        cause = before;
    }
}
