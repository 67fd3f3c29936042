package org.isthmus.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.SessionStatus;
import org.isthmus.api.SwitchStatus;
import org.isthmus.api.TunnelStatus;

/**
 * The tunnels and sessions of an engine, whichever worker's they are: what can be asked of them, and how they are taken down.
 * Any thread may ask; who takes down is the admin.
 */
public final class EngineDirectory {
    private final Workers workers;
    private final OurTunnels ours;
    private final Switchboard switchboard;

    EngineDirectory(Workers workers, OurTunnels ours, Switchboard switchboard) {
        this.workers = workers;
        this.ours = ours;
        this.switchboard = switchboard;
    }

    /** A tunnel by its name or our id. */
    public Optional<TunnelStatus> findTunnel(String nameOrId) {
        List<TunnelStatus> found = workers.gather(worker -> worker.directory().findTunnel(nameOrId).stream().toList());
        return found.stream().filter(tunnel -> tunnel.name().equals(nameOrId)).findFirst()
                .or(() -> found.stream().findFirst());
    }

    /** All tunnels, in no order. */
    public List<TunnelStatus> tunnels() {
        return workers.gather(worker -> worker.directory().tunnelStatus());
    }

    /** The tunnel identifiers that are in use or rest. */
    public int[] tunnelIds() {
        return workers.gather(worker -> worker.tunnels().unfit().boxed().toList()).stream().mapToInt(Integer::intValue)
                .toArray();
    }

    /** All sessions, in no order. */
    public List<SessionStatus> sessions() {
        return workers.gather(worker -> worker.directory().sessionStatus());
    }

    /** The LNSes that calls are switched to. */
    public List<SwitchStatus> switches() {
        return switchboard.status();
    }

    /** Takes down a tunnel of ours or of a peer, and forgets it; completes when the peer knows or the retries ended. */
    public CompletionStage<Void> removeTunnel(String name, String reason) {
        ours.forget(name);
        return workers.everywhere(worker -> worker.directory().removeTunnel(name, reason));
    }

    /** Takes a session down and forgets it. */
    public CompletionStage<Void> removeSession(SessionStatus session, String reason) {
        return workers.everywhere(worker -> worker.directory().removeSession(session, reason));
    }
}
