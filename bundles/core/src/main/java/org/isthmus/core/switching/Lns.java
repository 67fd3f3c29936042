package org.isthmus.core.switching;

import java.util.List;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.SwitchParameters;
import org.isthmus.core.desired.Profiles;

/**
 * An LNS that a switch leads to.
 *
 * @param switchName the switch
 * @param name       its own name in the switch
 * @param tunnel     the tunnel to it, as a block of its own
 * @param peer       its host and port, for people
 * @param preference lower ones are tried first
 * @param weight     its share of the calls among those of the same preference
 */
public record Lns(String switchName, String name, Block tunnel, String peer, int preference, int weight) {

    static Lns of(Block of, Block lns) {
        Block tunnel = new Block(Schema.TUNNEL, Profiles.onwardTunnelName(of, lns), Profiles.onwardTunnel(lns), List.of(),
                lns.where());
        return new Lns(of.name(), lns.name(), tunnel,
                lns.settings().find(SwitchParameters.PEER).map(String::valueOf).orElse(""),
                lns.settings().get(SwitchParameters.PREFERENCE), lns.settings().get(SwitchParameters.WEIGHT));
    }

    /** The name of the tunnel to it. */
    public String tunnelName() {
        return tunnel.name();
    }

    /** For messages. */
    public String title() {
        return "lns \"" + name + "\" of switch \"" + switchName + "\"";
    }
}
