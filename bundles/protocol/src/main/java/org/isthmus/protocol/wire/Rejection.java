package org.isthmus.protocol.wire;

import java.util.Optional;

/**
 * Why a control message cannot be used, and what that calls for.
 *
 * @param reason what is wrong
 * @param type   the message as far as it could be read; {@link MessageType#ZLB} when its type is not known
 * @param words  what is wrong, with the attribute concerned, for an operator and for an Error Message
 * @param rest   the message with what could be read of it, to answer to; empty when it is to be dropped
 */
public record Rejection(Reason reason, MessageType type, String words, Optional<ControlMessage> rest)
        implements Decoded {

    @Override
    public Optional<ControlMessage> readable() {
        return rest;
    }

    /** The Error Code that tells the peer why. */
    public ErrorCode error() {
        return switch (reason) {
            case UNKNOWN_MANDATORY_AVP -> ErrorCode.UNKNOWN_MANDATORY_AVP;
            case MALFORMED_AVP -> ErrorCode.WRONG_LENGTH;
            default -> ErrorCode.BAD_VALUE;
        };
    }

    /** What the receiver is to do. */
    public enum Consequence {
        /** Drop it as if it had never come, count it; it is not acknowledged. */
        DROP,
        /** Acknowledge it, count it, do nothing more. */
        IGNORE,
        /** Acknowledge it and end the session, or the tunnel, that it belongs to. */
        CLEAR
    }

    /** What can be wrong. */
    public enum Reason {
        /** The header is not that of an L2TPv2 control message. */
        BAD_HEADER(Consequence.DROP),
        /** More octets than any honest message has ({@link ControlMessage#MAX_BYTES}). */
        TOO_LONG(Consequence.DROP),
        /** More AVPs than {@link ControlMessage#MAX_AVPS}. */
        TOO_MANY_AVPS(Consequence.DROP),
        /** An AVP says less than the 6 octets of its own header. */
        AVP_TOO_SHORT(Consequence.DROP),
        /** An AVP reaches beyond the message. */
        AVP_BEYOND_MESSAGE(Consequence.DROP),
        /** The first AVP is not a readable Message Type. */
        NO_MESSAGE_TYPE(Consequence.DROP),
        /** A hidden AVP came, but there is no secret. */
        HIDDEN_WITHOUT_SECRET(Consequence.DROP),
        /** A hidden AVP came before any Random Vector. */
        HIDDEN_WITHOUT_RANDOM_VECTOR(Consequence.DROP),
        /** A hidden AVP did not decipher to something that can be: the secrets differ. */
        HIDDEN_UNREADABLE(Consequence.DROP),
        /** An attribute was hidden that must not be. */
        HIDDEN_FORBIDDEN(Consequence.DROP),
        /** An unknown message type that need not be understood. */
        UNKNOWN_MESSAGE(Consequence.IGNORE),
        /** An unknown message type, marked mandatory. */
        UNKNOWN_MANDATORY_MESSAGE(Consequence.CLEAR),
        /** An unknown AVP, marked mandatory: result 2, error 8. */
        UNKNOWN_MANDATORY_AVP(Consequence.CLEAR),
        /** An AVP without which the message means nothing has an impossible length: result 2, error 2. */
        MALFORMED_AVP(Consequence.CLEAR);

        private final Consequence consequence;

        Reason(Consequence consequence) {
            this.consequence = consequence;
        }

        /** What the receiver is to do. */
        public Consequence consequence() {
            return consequence;
        }
    }
}
