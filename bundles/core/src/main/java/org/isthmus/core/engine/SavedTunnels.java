package org.isthmus.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.isthmus.api.Origin;
import org.isthmus.core.state.SavedTunnel;
import org.isthmus.core.state.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tunnels that a process before this one had, and that may be recovered: those of peers at once, ours when the configuration
 * asks for them again. Called by one thread at a time, the admin's.
 */
final class SavedTunnels {
    private static final Logger LOG = LoggerFactory.getLogger(SavedTunnels.class);

    private final StateStore store;
    private final Map<String, SavedTunnel> ours = new ConcurrentHashMap<>();

    SavedTunnels(StateStore store) {
        this.store = store;
    }

    /**
     * The workers run and hear peers.
     *
     * @param live identifiers of tunnels that need not be recovered
     */
    void begin(List<Worker> workers, Set<Integer> live) {
        List<SavedTunnel> all = store.read().stream().filter(tunnel -> !live.contains(tunnel.tunnelId())).toList();
        if (!all.isEmpty()) {
            LOG.info("to be recovered from before the last failure: {}", Words.count(all.size(), "tunnel"));
        }
        for (SavedTunnel tunnel : all) {
            Worker worker = workerOf(tunnel, workers);
            if (tunnel.origin() == Origin.REMOTE) {
                worker.post(() -> worker.incoming().recover(tunnel));
            } else {
                ours.put(tunnel.name(), tunnel);
                worker.post(() -> worker.tunnels().take(tunnel.tunnelId()));
            }
        }
    }

    /** The identifier says whose it is, as with every tunnel. */
    static Worker workerOf(SavedTunnel tunnel, List<Worker> workers) {
        return workers.get(Integer.remainderUnsigned(tunnel.tunnelId(), workers.size()));
    }

    /** What was kept of a tunnel of ours. */
    Optional<SavedTunnel> claim(String name) {
        return Optional.ofNullable(ours.remove(name));
    }

    /** The configuration is applied: what it does not ask for is forgotten. */
    void forgetUnclaimed(List<Worker> workers) {
        for (SavedTunnel tunnel : List.copyOf(ours.values())) {
            ours.remove(tunnel.name());
            LOG.info("tunnel \"{}\" is not recovered: it is no longer configured", tunnel.name());
            store.forget(tunnel.tunnelId());
            Worker worker = workerOf(tunnel, workers);
            worker.post(() -> worker.tunnels().giveBack(tunnel.tunnelId()));
        }
    }
}
