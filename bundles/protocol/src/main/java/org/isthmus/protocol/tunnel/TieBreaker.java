package org.isthmus.protocol.tunnel;

import java.util.OptionalLong;

/** Who wins when both ends send SCCRQ at once (RFC 2661 section 4.4.3, Tie Breaker). */
public enum TieBreaker {
    /** Ours stays; drop the peer's SCCRQ without a word. */
    OURS_WINS,
    /** The peer's stays: {@link Tunnel#loseTie} ours, then accept the peer's SCCRQ. */
    THEIRS_WINS,
    /** The values are equal: both ends drop both. */
    BOTH_LOSE,
    /** Neither sent one: both tunnels are set up. */
    NO_TIE;

    /** Decides between our outstanding SCCRQ and the one that came; the lower value wins, unsigned. */
    public static TieBreaker decide(OptionalLong ours, OptionalLong theirs) {
        if (ours.isEmpty()) {
            return theirs.isEmpty() ? NO_TIE : THEIRS_WINS;
        }
        if (theirs.isEmpty()) {
            return OURS_WINS;
        }
        int order = Long.compareUnsigned(ours.getAsLong(), theirs.getAsLong());
        if (order == 0) {
            return BOTH_LOSE;
        }
        return order < 0 ? OURS_WINS : THEIRS_WINS;
    }
}
