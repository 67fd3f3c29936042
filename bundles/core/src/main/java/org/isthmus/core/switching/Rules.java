package org.isthmus.core.switching;

import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Block;

/** All switches in their order. Immutable: any thread may ask. */
public final class Rules {
    /** None at all. */
    public static final Rules NONE = new Rules(List.of());

    private final List<Rule> rules;

    /** @param switches the blocks, the first one first */
    public Rules(List<Block> switches) {
        rules = switches.stream().map(Rule::new).toList();
    }

    /**
     * What becomes of a call.
     *
     * @param rule    the switch that takes it; empty: it stays here
     * @param askUser before that, the user has to say who it is
     */
    public record Route(Optional<Rule> rule, boolean askUser) {
        private static final Route HERE = new Route(Optional.empty(), false);
        private static final Route ASK = new Route(Optional.empty(), true);
    }

    /** Finds the first switch that takes a call. */
    public Route route(CallFacts call) {
        for (Rule rule : rules) {
            if (rule.fits(call)) {
                return new Route(Optional.of(rule), false);
            }
            if (call.user().isEmpty() && rule.dependsOnUser(call)) {
                return Route.ASK;
            }
        }
        return Route.HERE;
    }

    public List<Rule> all() {
        return rules;
    }

    /** The LNS to which this tunnel leads. */
    public Optional<Lns> byTunnel(String tunnelName) {
        return rules.stream().flatMap(rule -> rule.lnses().stream())
                .filter(lns -> lns.tunnelName().equals(tunnelName)).findFirst();
    }
}
