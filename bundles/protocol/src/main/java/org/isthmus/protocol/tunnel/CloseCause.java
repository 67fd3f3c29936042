package org.isthmus.protocol.tunnel;

import java.util.Optional;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.Q931Cause;
import org.isthmus.protocol.wire.ResultCode;

/**
 * Why a tunnel or a session ended.
 *
 * @param kind       who or what ended it
 * @param result     the Result Code that was received (kind {@link Kind#PEER}) or sent; empty when none was
 * @param disconnect why PPP ended, when the peer said so (RFC 3145)
 * @param q931       the cause of the telephone network, when the peer said so
 * @param words      the whole cause in words, for an operator
 */
public record CloseCause(Kind kind, Optional<ResultCode> result, Optional<DisconnectCause> disconnect,
        Optional<Q931Cause> q931, String words) {

    /** Who or what ended it. */
    public enum Kind {
        /** This side asked for it. */
        LOCAL,
        /** The peer sent StopCCN or CDN. */
        PEER,
        /** A session: its tunnel ended. */
        TUNNEL,
        /** A message was not acknowledged after all retries. */
        UNREACHABLE,
        /** It was not established in time. */
        TIMEOUT,
        /** There was no session for the idle time. */
        IDLE,
        /** Tunnel authentication failed, at either end's judgement of ours. */
        AUTHENTICATION,
        /** The peer broke the protocol. */
        PROTOCOL,
        /** The peer's SCCRQ won the tie, or both lost. */
        TIE_BREAKER,
        /** An end failed, and it could not be brought back (RFC 4951). */
        FAILOVER,
        /** Our answer would be larger than the peer's request: nothing was sent. */
        REPLY_TOO_LARGE,
        /** A limit of ours was reached. */
        LIMIT
    }

    static CloseCause of(Kind kind, String words) {
        return new CloseCause(kind, Optional.empty(), Optional.empty(), Optional.empty(), words);
    }

    static CloseCause of(Kind kind, ResultCode result, String words) {
        return new CloseCause(kind, Optional.of(result), Optional.empty(), Optional.empty(), words);
    }
}
