package org.isthmus.core.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.SwitchStatus;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.core.desired.Profiles;
import org.isthmus.core.switching.Health;
import org.isthmus.core.switching.Lns;
import org.isthmus.core.switching.Passes;
import org.isthmus.core.switching.Rule;
import org.isthmus.core.switching.Rules;

/** What all workers share to switch calls to other LNSes. Any thread may ask. */
final class Switchboard {
    private final Engine engine;
    private final Health health = new Health();
    private final Passes passes = new Passes();
    private volatile Rules rules = Rules.NONE;

    Switchboard(Engine engine) {
        this.engine = engine;
    }

    /** The operator changed profiles or switches. */
    void profilesChanged(Profiles profiles) {
        rules = new Rules(profiles.switches());
        health.keepOnly(rules);
    }

    Rules rules() {
        return rules;
    }

    Health health() {
        return health;
    }

    Passes passes() {
        return passes;
    }

    /** Who has the tunnel to an LNS. Those of one fixed port stay together, since they share its socket. */
    Worker workerOf(Lns lns) {
        List<Worker> workers = engine.workers();
        int port = engine.profiles().tunnel(lns.tunnel().settings()).settings().get(TunnelParameters.LOCAL_PORT);
        return workers.get(Math.floorMod(port != 0 ? port : lns.tunnelName().hashCode(), workers.size()));
    }

    /** All LNSes, by switch and preference. */
    List<SwitchStatus> status() {
        long nowMillis = engine.nowMillis();
        Instant now = engine.now();
        List<SwitchStatus> all = new ArrayList<>();
        for (Rule rule : rules.all()) {
            rule.lnses().stream().sorted(Comparator.comparingInt(Lns::preference)).forEach(lns -> {
                Health.State state = health.state(lns);
                long left = state.setAsideUntil() - nowMillis;
                all.add(new SwitchStatus(rule.name(), lns.name(), lns.tunnelName(), lns.peer(), lns.preference(),
                        lns.weight(), state.calls(), state.taken(), state.failed(),
                        state.isSetAside(nowMillis) ? Optional.of(now.plusMillis(left)) : Optional.empty(),
                        state.lastCause()));
            });
        }
        return all;
    }
}
