package org.isthmus.core.switching;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.SwitchParameters;

/** One switch: which calls it takes, and where to. Immutable. */
public final class Rule {
    private final Block block;
    private final List<String> realms;
    private final List<Lns> lnses;

    Rule(Block block) {
        this.block = block;
        this.realms = block.settings().find(SwitchParameters.REALM).orElse(List.of()).stream()
                .map(realm -> realm.toLowerCase(Locale.ROOT)).toList();
        this.lnses = block.nested().stream().map(lns -> Lns.of(block, lns)).toList();
    }

    /** Whether it takes a call; a user who is not known fits no condition on users. */
    boolean fits(CallFacts call) {
        return fitsNumbers(call) && fits(SwitchParameters.USER, call.user())
                && (realms.isEmpty() || realms.contains(call.realm()));
    }

    /** Whether it depends on the user alone if it takes this call. */
    boolean dependsOnUser(CallFacts call) {
        boolean asks = !realms.isEmpty() || block.settings().isSet(SwitchParameters.USER);
        return asks && fitsNumbers(call);
    }

    private boolean fitsNumbers(CallFacts call) {
        return fits(SwitchParameters.CALLED_NUMBER, call.calledNumber())
                && fits(SwitchParameters.CALLING_NUMBER, call.callingNumber());
    }

    private boolean fits(Parameter<List<String>> condition, String value) {
        Optional<List<String>> patterns = block.settings().find(condition);
        return patterns.isEmpty() || patterns.get().stream().anyMatch(pattern -> fits(pattern, value));
    }

    private static boolean fits(String pattern, String value) {
        if (value.isEmpty()) {
            return false;
        }
        return pattern.endsWith("*") ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(value);
    }

    /** Its name. */
    public String name() {
        return block.name();
    }

    /** Where it leads to, in the order of the file. */
    public List<Lns> lnses() {
        return lnses;
    }

    /** How long an LNS may take. */
    public Duration setupTimeout() {
        return block.settings().get(SwitchParameters.SETUP_TIMEOUT);
    }

    /** How long one that failed is set aside. */
    public Duration holdDown() {
        return block.settings().get(SwitchParameters.HOLD_DOWN_TIME);
    }
}
