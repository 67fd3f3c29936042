package org.isthmus.core.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.Block;
import org.isthmus.core.switching.Lns;

/**
 * The tunnels of one worker to LNSes that calls are switched to: made when first needed, shared by all calls, and closed
 * by their {@code idle_timeout}.
 */
final class OnwardTunnels {
    private final Worker worker;
    /** What they were made of. */
    private final Map<String, Block> blocks = new HashMap<>();

    OnwardTunnels(Worker worker) {
        this.worker = worker;
    }

    /** The tunnel to an LNS; empty if somebody else's tunnel has its name. */
    Optional<LocalTunnel> to(Lns lns) {
        Optional<LocalTunnel> known = worker.local().find(lns.tunnelName());
        if (known.isPresent()) {
            return known.filter(tunnel -> blocks.containsKey(tunnel.name()));
        }
        blocks.put(lns.tunnelName(), lns.tunnel());
        worker.local().add(lns.tunnel());
        return worker.local().find(lns.tunnelName());
    }

    boolean has(String tunnel) {
        return blocks.containsKey(tunnel);
    }

    /** What one of them was made of. */
    Optional<Block> find(String tunnel) {
        return Optional.ofNullable(blocks.get(tunnel));
    }

    /** Another object had made it of this. */
    void resume(Block block) {
        blocks.put(block.name(), block);
    }

    /** Takes down those to which no switch leads any more, and those that have to be made anew. */
    void profilesChanged() {
        for (Map.Entry<String, Block> made : List.copyOf(blocks.entrySet())) {
            Optional<Lns> wanted = worker.engine().switchboard().rules().byTunnel(made.getKey());
            if (wanted.isEmpty() || !wanted.get().tunnel().settings().equals(made.getValue().settings())) {
                blocks.remove(made.getKey());
                worker.local().remove(made.getKey(), wanted.isEmpty() ? "removed from the configuration"
                        : "its configuration changed");
            }
        }
    }
}
