package org.isthmus.ppp;

import java.util.EnumSet;
import java.util.Set;
import org.isthmus.ppp.mppe.MppeStrength;

/**
 * Whether packets are encrypted with MPPE (RFC 3078), which takes MS-CHAP of either version, in either direction.
 *
 * @param required packets pass encrypted, or else the link ends; without it CCP is not spoken
 * @param strengths those that may be agreed on, at least one where it is required
 * @param state whether one key may serve for 256 packets
 * @param retry counts and interval of CCP
 */
public record MppeConfig(boolean required, Set<MppeStrength> strengths, State state, Retry retry) {
    /** Whether one key may serve for 256 packets. After a loss such a link stands still until the peer begins anew. */
    public enum State {
        /** Each packet has a key of its own. */
        NEVER,
        /** As the peer asks. */
        ALLOWED,
        /** It is what we ask for, and the peer may ask for a key for each. */
        PREFERRED
    }

    /** No encryption. */
    public static final MppeConfig OFF = new MppeConfig(false, Set.of(), State.NEVER, Retry.DEFAULT);

    public MppeConfig {
        strengths = Set.copyOf(strengths);
        if (required && strengths.isEmpty()) {
            throw new IllegalArgumentException("encryption is required, and no strength is allowed");
        }
    }

    /** Encryption with one of these strengths, the strongest that the peer has, and a key for each packet. */
    public static MppeConfig require(MppeStrength first, MppeStrength... others) {
        return new MppeConfig(true, EnumSet.of(first, others), State.NEVER, Retry.DEFAULT);
    }

    /** The same with another use of keys. */
    public MppeConfig with(State newState) {
        return new MppeConfig(required, strengths, newState, retry);
    }
}
