package org.isthmus.protocol.tunnel;

import java.util.Optional;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;

/** The causes for which single calls end: what the peer is told, and what an operator reads. */
final class CallEnd {

    private CallEnd() {
    }

    static CloseCause byUs(ResultCode result, Optional<DisconnectCause> disconnect) {
        return new CloseCause(Kind.LOCAL, Optional.of(result), disconnect, Optional.empty(),
                "closed by this side: " + result.words() + ppp(disconnect));
    }

    static CloseCause byPeer(ControlMessage cdn) {
        String words = cdn.resultCode().map(ResultCode::words).orElse("no result code");
        return new CloseCause(Kind.PEER, cdn.resultCode(), cdn.disconnectCause(), cdn.q931Cause(),
                "the peer sent CDN: " + words + ppp(cdn.disconnectCause()));
    }

    static CloseCause tooLate(Session session, ProtocolVersion version) {
        CallResult result = version == ProtocolVersion.V2 ? CallResult.NOT_IN_TIME : CallResult.FSM_ERROR;
        return CloseCause.of(Kind.TIMEOUT, ResultCode.of(result, ""),
                "not established in time: still " + session.state());
    }

    /** The peer asks for the same session, and its request counts. */
    static CloseCause tieLost() {
        return CloseCause.of(Kind.TIE_BREAKER, ResultCode.of(CallResult.TIE_LOST, ""),
                "the peer asked for a session for the same circuit at the same time, and ours lost the tie");
    }

    /** What the peer asks for, or what we would ask for, cannot be. */
    static CloseCause unacceptable(ResultCode result, String words) {
        return CloseCause.of(Kind.PROTOCOL, result, words);
    }

    /** The peer did not advertise what our call needs. */
    static CloseCause lacking(String facilities) {
        return unacceptable(ResultCode.of(CallResult.NO_FACILITIES, ""),
                "the peer says that it has no " + facilities + " for such calls");
    }

    /** The message cannot be read. */
    static CloseCause unusable(Rejection rejection, MessageType type) {
        return CloseCause.of(Kind.PROTOCOL, ResultCode.ofSession(rejection.error(), rejection.words()),
                "the peer's " + type + " cannot be used: " + rejection.words());
    }

    /** The state does not allow the message, or a reply names no session of the peer. */
    static CloseCause unexpected(Session session, ControlMessage message) {
        boolean nameless = session.state() == SessionState.WAIT_REPLY
                && (message.type() == MessageType.ICRP || message.type() == MessageType.OCRP)
                && message.assignedSessionId() == 0;
        String words = message.type() + (nameless ? " without Assigned Session ID" : " in state " + session.state());
        if (message.version() == ProtocolVersion.V3 && !nameless) {
            return CloseCause.of(Kind.PROTOCOL, ResultCode.of(CallResult.FSM_ERROR, words), "the peer sent " + words);
        }
        return CloseCause.of(Kind.PROTOCOL, ResultCode.ofSession(
                nameless ? ErrorCode.BAD_VALUE : ErrorCode.INVALID_SESSION_ID, words), "the peer sent " + words);
    }

    private static String ppp(Optional<DisconnectCause> cause) {
        return cause.map(c -> "; PPP: " + c.words()).orElse("");
    }
}
