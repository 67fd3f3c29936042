package org.isthmus.core.switching;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.SwitchParameters;

/** One switch: which calls it takes, and where to. Immutable. */
public final class Rule {
    private final Block block;
    private final Optional<Set<String>> realms;
    private final Optional<Patterns> users;
    private final Optional<Patterns> called;
    private final Optional<Patterns> calling;
    private final List<Lns> lnses;

    /** Values that fit: these, and those that begin so. */
    private record Patterns(Set<String> whole, List<String> beginnings) {
        static Optional<Patterns> of(Block block, Parameter<List<String>> condition) {
            return block.settings().find(condition).map(patterns -> new Patterns(
                    patterns.stream().filter(pattern -> !pattern.endsWith("*")).collect(Collectors.toSet()),
                    patterns.stream().filter(pattern -> pattern.endsWith("*"))
                            .map(pattern -> pattern.substring(0, pattern.length() - 1)).toList()));
        }

        boolean fit(String value) {
            return !value.isEmpty() && (whole.contains(value) || beginnings.stream().anyMatch(value::startsWith));
        }
    }

    Rule(Block block) {
        this.block = block;
        this.realms = block.settings().find(SwitchParameters.REALM).map(names -> names.stream()
                .map(realm -> realm.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
        this.users = Patterns.of(block, SwitchParameters.USER);
        this.called = Patterns.of(block, SwitchParameters.CALLED_NUMBER);
        this.calling = Patterns.of(block, SwitchParameters.CALLING_NUMBER);
        this.lnses = block.nested().stream().map(lns -> Lns.of(block, lns)).toList();
    }

    /** Whether it takes a call; a user who is not known fits no condition on users. */
    boolean fits(CallFacts call) {
        return fitsNumbers(call) && users.map(patterns -> patterns.fit(call.user())).orElse(true)
                && realms.map(names -> names.contains(call.realm())).orElse(true);
    }

    /** Whether it depends on the user alone if it takes this call. */
    boolean dependsOnUser(CallFacts call) {
        return (realms.isPresent() || users.isPresent()) && fitsNumbers(call);
    }

    private boolean fitsNumbers(CallFacts call) {
        return called.map(patterns -> patterns.fit(call.calledNumber())).orElse(true)
                && calling.map(patterns -> patterns.fit(call.callingNumber())).orElse(true);
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
