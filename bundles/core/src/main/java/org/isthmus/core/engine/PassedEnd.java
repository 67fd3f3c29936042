package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.Text;

/**
 * Why one half of a switched call ends, as the other half's peer is told.
 *
 * @param result     the Result Code of the CDN
 * @param disconnect why PPP ended, if that was said (RFC 3145)
 * @param words      the whole in words
 */
record PassedEnd(ResultCode result, Optional<DisconnectCause> disconnect, String words) {
    private static final int MESSAGE_BYTES = 100;

    /** What a peer said is passed on as it is; what happened to a tunnel is a loss of carrier for the other one. */
    static PassedEnd of(CloseCause why, String words) {
        ResultCode result = why.result().filter(code -> code.scope() == ResultCode.Scope.SESSION)
                .orElseGet(() -> ResultCode.of(CallResult.CARRIER_LOST, Text.prefix(why.words(), MESSAGE_BYTES)));
        return new PassedEnd(result, why.disconnect(), words);
    }

    static PassedEnd of(CallResult result, String message) {
        return new PassedEnd(ResultCode.of(result, Text.prefix(message, MESSAGE_BYTES)), Optional.empty(), message);
    }

    /** The same as the operator sees it. */
    Cause cause() {
        return new Cause(false, result.result(), result.error(), words);
    }

    /** Whether a call ended in a way that any other call there would end in too. */
    static boolean failsForAll(CloseCause why) {
        return switch (why.kind()) {
            case TUNNEL, UNREACHABLE, TIMEOUT, PROTOCOL -> true;
            case PEER -> why.result().filter(code -> code.scope() == ResultCode.Scope.SESSION
                    && code.result() == CallResult.NO_FACILITIES_NOW.code()).isPresent();
            default -> false;
        };
    }
}
