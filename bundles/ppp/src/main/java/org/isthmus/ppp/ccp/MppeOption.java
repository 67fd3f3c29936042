package org.isthmus.ppp.ccp;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.isthmus.ppp.mppe.MppeStrength;
import org.isthmus.ppp.negotiation.Option;

/**
 * The option of MPPE, RFC 3078 section 2: type 18, and 4 octets of bits, each a wish of who receives.
 *
 * @param strengths the strengths that are named
 * @param stateless whether each packet is to have a key of its own
 */
record MppeOption(Set<MppeStrength> strengths, boolean stateless) {
    static final int TYPE = 18;
    private static final int OCTETS = 4;
    private static final int STATELESS = 0x0100_0000;

    /** Reads it; what it says of compression (MPPC) and obsolete kinds is left out. */
    static Optional<MppeOption> read(Option option) {
        if (option.type() != TYPE || !option.has(OCTETS)) {
            return Optional.empty();
        }
        Set<MppeStrength> strengths = EnumSet.noneOf(MppeStrength.class);
        for (MppeStrength strength : MppeStrength.values()) {
            if ((option.number() & strength.optionBit()) != 0) {
                strengths.add(strength);
            }
        }
        return Optional.of(new MppeOption(strengths, (option.number() & STATELESS) != 0));
    }

    Option encode() {
        int bits = stateless ? STATELESS : 0;
        for (MppeStrength strength : strengths) {
            bits |= strength.optionBit();
        }
        return Option.of(TYPE, OCTETS, bits);
    }

    /** The strongest that is both named and allowed. */
    Optional<MppeStrength> strongest(Collection<MppeStrength> allowed) {
        return strengths.stream().filter(allowed::contains).sorted().findFirst();
    }

    /** For people. */
    String words() {
        return (strengths.isEmpty() ? "no strength" : String.join(" or ", strengths.stream().sorted()
                .map(strength -> String.valueOf(strength.bits())).toList()) + " bits") + (stateless ? " stateless" : " stateful");
    }
}
