package org.isthmus.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.core.desired.Change;
import org.isthmus.core.state.SavedTunnel;

/**
 * The tunnels that somebody here asked for, over all workers: which worker has which, and what is to become of them.
 * Called by one thread at a time, the admin's.
 */
final class OurTunnels {
    private static final String CHANGED = "its configuration changed";
    private static final String REMOVED = "removed from the configuration";

    private final Engine engine;
    private final Map<String, Worker> homes = new ConcurrentHashMap<>();
    private int nextWorker;

    OurTunnels(Engine engine) {
        this.engine = engine;
    }

    void add(Block block) {
        Optional<SavedTunnel> before = engine.savedTunnels().claim(block.name());
        Worker worker = before.map(tunnel -> SavedTunnels.workerOf(tunnel, engine.workers())).orElseGet(() -> choose(block));
        homes.put(block.name(), worker);
        worker.post(() -> worker.local().add(block, before));
    }

    /** Another object had it on this worker. */
    void resume(String name, Worker worker) {
        homes.put(name, worker);
    }

    boolean has(String name) {
        return homes.containsKey(name);
    }

    /** The tunnel is taken down by somebody else. */
    void forget(String name) {
        homes.remove(name);
    }

    /** Makes these changes true, as far as they are of tunnels and sessions. */
    void change(List<Change> changes) {
        for (Change change : changes) {
            if (change.block().type() == Schema.TUNNEL) {
                changeTunnel(change);
            } else if (change.block().type() == Schema.SESSION) {
                changeSession(change);
            }
        }
    }

    private void changeTunnel(Change change) {
        Block block = change.block();
        switch (change.kind()) {
            case CREATED -> add(block);
            case REMOVED -> engine.directory().removeTunnel(block.name(), REMOVED);
            case CHANGED -> {
                Worker worker = home(block.name());
                worker.post(() -> worker.local().find(block.name()).ifPresent(tunnel -> tunnel.change(block)));
            }
            case REMADE -> {
                Worker old = home(block.name());
                Worker worker = choose(block);
                homes.put(block.name(), worker);
                old.ask(() -> old.local().remove(block.name(), CHANGED))
                        .whenComplete((asked, failure) -> worker.post(() -> {
                            if (homes.get(block.name()) == worker) {
                                worker.local().add(block);
                            }
                        }));
            }
        }
    }

    private void changeSession(Change change) {
        Worker worker = home(change.tunnel());
        worker.post(() -> worker.local().find(change.tunnel()).ifPresent(tunnel -> changeSession(tunnel, change)));
    }

    private static void changeSession(LocalTunnel tunnel, Change change) {
        Block block = change.block();
        switch (change.kind()) {
            case CREATED -> tunnel.addSession(block);
            case REMOVED -> tunnel.removeSession(block.name(), REMOVED);
            case CHANGED -> tunnel.session(block.name()).ifPresent(session -> session.change(block));
            case REMADE -> {
                tunnel.removeSession(block.name(), CHANGED);
                tunnel.addSession(block);
            }
        }
    }

    /** Makes a session in a tunnel; false if it has one of that name. */
    boolean addSession(String tunnel, Block block) {
        Worker worker = home(tunnel);
        return worker.ask(() -> worker.local().find(tunnel)
                .filter(found -> found.session(block.name()).isEmpty())
                .map(found -> {
                    found.addSession(block);
                    return true;
                }).orElse(false)).join();
    }

    private Worker home(String tunnel) {
        return homes.getOrDefault(tunnel, engine.workers().get(0));
    }

    /** Tunnels of one fixed port stay together, since they share its socket; a fixed identifier names its worker. */
    private Worker choose(Block tunnel) {
        List<Worker> workers = engine.workers();
        Settings settings = engine.profiles().tunnel(tunnel.settings()).settings();
        Optional<Integer> fixed = settings.get(TunnelParameters.STATIC) ? firstSession(tunnel)
                : settings.find(TunnelParameters.TUNNEL_ID);
        int port = settings.get(TunnelParameters.LOCAL_PORT);
        if (fixed.isPresent()) {
            return workers.get(Integer.remainderUnsigned(fixed.get(), workers.size()));
        }
        return workers.get((port != 0 ? port : nextWorker++) % workers.size());
    }

    /** Packets of a static tunnel name no tunnel: its sessions say where it belongs. */
    private static Optional<Integer> firstSession(Block tunnel) {
        return tunnel.nested().stream().flatMap(session -> session.settings().find(SessionParameters.SESSION_ID).stream())
                .findFirst();
    }
}
