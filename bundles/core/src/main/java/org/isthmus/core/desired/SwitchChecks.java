package org.isthmus.core.desired;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SwitchParameters;
import org.isthmus.api.config.TunnelParameters;

/** Whether a switch makes sense: what it leads to, and by which names. */
final class SwitchChecks {
    private final Profiles profiles;
    private final Consumer<Problem> problems;

    SwitchChecks(Profiles profiles, Consumer<Problem> problems) {
        this.profiles = profiles;
        this.problems = problems;
    }

    void check(Block block) {
        if (block.nested().isEmpty()) {
            problem(block, block.title() + ": there is no LNS to switch calls to; add one: lns \"name\" { peer ADDRESS }");
        }
        Set<String> names = new HashSet<>();
        for (Block lns : block.nested()) {
            if (!names.add(lns.name())) {
                problem(lns, block.title() + " " + lns.title()
                        + ": the switch has an lns of this name already; give one of them another");
            }
            secret(block, lns);
        }
    }

    private void secret(Block block, Block lns) {
        String profile = lns.settings().get(SwitchParameters.TUNNEL_PROFILE);
        Settings tunnel = profiles.tunnel(Profiles.onwardTunnel(lns)).settings();
        boolean needed = tunnel.get(TunnelParameters.HIDE_AVPS)
                || tunnel.get(TunnelParameters.AUTH_MODE) == AuthMode.CHALLENGE;
        if (needed && tunnel.find(TunnelParameters.SECRET).isEmpty()) {
            problem(lns, block.title() + " " + lns.title() + ": hide_avps or auth_mode challenge needs a secret and there"
                    + " is none; set secret in tunnel profile \"" + profile + "\"");
        }
    }

    /** A tunnel must not have the name of one that a switch opens. */
    static void name(Block tunnel, Profiles profiles, Consumer<Problem> problems) {
        for (Block block : profiles.switches()) {
            for (Block lns : block.nested()) {
                if (Profiles.onwardTunnelName(block, lns).equals(tunnel.name())) {
                    problems.accept(new Problem(tunnel.where(), tunnel.title() + ": this is the name of the tunnel to "
                            + lns.title() + " of " + block.title() + "; give it another"));
                }
            }
        }
    }

    private void problem(Block block, String message) {
        problems.accept(new Problem(block.where(), message));
    }
}
