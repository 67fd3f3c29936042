package org.isthmus.protocol.tunnel;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.SequencingLevel;

/**
 * What this side asks of a session of version 3, when it places a call or takes one.
 *
 * @param type        what the session carries; when a call is taken, as the peer asked
 * @param remoteEndId which circuit the session belongs to, up to 400 octets of UTF-8; only for a call that is placed
 * @param cookieBytes octets of the cookie that the peer puts into its packets: 0, 4 or 8; it is drawn at random
 * @param sublayer    whether the peer is to send the default L2-specific sublayer; needed for sequencing
 * @param sequencing  which packets the peer is to number
 * @param tieBreaker  for a call that is placed and names its circuit: whether it has a tie breaker, so that of it and of
 *                    the peer's call for the same circuit one becomes a session
 * @param circuit     whether our end is ready for traffic
 */
public record PseudowireTerms(PseudowireType type, String remoteEndId, int cookieBytes, boolean sublayer,
        SequencingLevel sequencing, boolean tieBreaker, CircuitStatus circuit) {

    private static final int MAX_END_ID_BYTES = 400;

    /** Throws IllegalArgumentException for terms that cannot be. */
    public PseudowireTerms {
        Objects.requireNonNull(type);
        Objects.requireNonNull(circuit);
        if (cookieBytes != 0 && cookieBytes != 4 && cookieBytes != 8) {
            throw new IllegalArgumentException("cookie of " + cookieBytes + " octets, not 0, 4 or 8");
        }
        if (sequencing != SequencingLevel.NONE && !sublayer) {
            throw new IllegalArgumentException("sequencing needs the L2-specific sublayer");
        }
        if (remoteEndId.getBytes(StandardCharsets.UTF_8).length > MAX_END_ID_BYTES) {
            throw new IllegalArgumentException("remote end id has more than " + MAX_END_ID_BYTES + " octets");
        }
    }

    /** A session of this type with a cookie of 8 octets, no sublayer, no sequencing, no tie breaker, ready at once. */
    public static PseudowireTerms of(PseudowireType type) {
        return new PseudowireTerms(type, "", 8, false, SequencingLevel.NONE, false, CircuitStatus.UP);
    }
}
