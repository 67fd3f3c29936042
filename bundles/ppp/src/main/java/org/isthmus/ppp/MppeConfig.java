package org.isthmus.ppp;

import java.util.EnumSet;
import java.util.Set;
import org.isthmus.ppp.mppe.MppeStrength;

/**
 * Whether packets are encrypted with MPPE (RFC 3078), which takes MS-CHAP of either version, in either direction.
 *
 * @param required packets pass encrypted, or else the link ends; without it CCP is not spoken
 * @param strengths those that may be agreed on, at least one where it is required
 * @param stateful whether one key for 256 packets may be agreed on, where the peer does not want one for each. After a loss
 *        such a link stands still until the peer begins anew.
 * @param retry counts and interval of CCP
 */
public record MppeConfig(boolean required, Set<MppeStrength> strengths, boolean stateful, Retry retry) {
    /** No encryption. */
    public static final MppeConfig OFF = new MppeConfig(false, Set.of(), false, Retry.DEFAULT);

    public MppeConfig {
        strengths = Set.copyOf(strengths);
        if (required && strengths.isEmpty()) {
            throw new IllegalArgumentException("encryption is required, and no strength is allowed");
        }
    }

    /** Encryption with one of these strengths, the strongest that the peer has, and a key for each packet. */
    public static MppeConfig require(MppeStrength first, MppeStrength... others) {
        return new MppeConfig(true, EnumSet.of(first, others), false, Retry.DEFAULT);
    }

    /** The same, stateful where the peer wants it. */
    public MppeConfig orStateful() {
        return new MppeConfig(required, strengths, true, retry);
    }
}
