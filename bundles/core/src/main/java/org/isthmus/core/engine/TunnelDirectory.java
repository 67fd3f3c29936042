package org.isthmus.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.Origin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;
import org.isthmus.protocol.wire.StopResult;

/** What people see of one worker's tunnels and sessions, and by which names they take them down. On its thread. */
final class TunnelDirectory {
    private final TunnelTable tunnels;
    private final LocalTunnels local;

    TunnelDirectory(TunnelTable tunnels, LocalTunnels local) {
        this.tunnels = tunnels;
        this.local = local;
    }

    /** Its tunnels: those of ours, up or not, and those of peers. */
    List<TunnelStatus> tunnelStatus() {
        List<TunnelStatus> all = new ArrayList<>();
        local.all().forEach(tunnel -> all.add(tunnel.status()));
        tunnels.all().stream().filter(TunnelDirectory::isOfPeer).forEach(tunnel -> all.add(tunnel.status()));
        return all;
    }

    /** Its sessions. */
    List<SessionStatus> sessionStatus() {
        List<SessionStatus> all = new ArrayList<>();
        local.all().forEach(tunnel -> all.addAll(tunnel.sessionStatus()));
        tunnels.all().stream().filter(TunnelDirectory::isOfPeer)
                .forEach(tunnel -> tunnel.sessions().all().forEach(session -> all.add(session.status())));
        return all;
    }

    private static boolean isOfPeer(LiveTunnel tunnel) {
        return tunnel.identity().origin() == Origin.REMOTE && !tunnel.isClosed();
    }

    Optional<TunnelStatus> findTunnel(String nameOrId) {
        return local.find(nameOrId).map(LocalTunnel::status)
                .or(() -> live(nameOrId).map(LiveTunnel::status));
    }

    private Optional<LiveTunnel> live(String nameOrId) {
        return tunnels.all().stream().filter(tunnel -> !tunnel.isClosed())
                .filter(tunnel -> tunnel.identity().name().equals(nameOrId)
                        || Integer.toUnsignedString(tunnel.tunnelId()).equals(nameOrId)).findFirst();
    }

    private Optional<LiveTunnel> named(String name) {
        return tunnels.all().stream().filter(TunnelDirectory::isOfPeer)
                .filter(tunnel -> tunnel.identity().name().equals(name)).findFirst();
    }

    /** Traces of the tunnel with this name have begun or ended. */
    void tracesChanged(String name) {
        tunnels.all().stream().filter(tunnel -> tunnel.identity().name().equals(name))
                .forEach(tunnel -> tunnel.traffic().tracesChanged());
    }

    /** Takes a tunnel down, if it is one of this worker's. */
    CompletableFuture<Void> removeTunnel(String name, String reason) {
        if (local.find(name).isPresent()) {
            return local.remove(name, reason);
        }
        return named(name).map(tunnel -> {
            tunnel.close(StopResult.CLEAR, reason);
            return tunnel.acknowledged();
        }).orElse(CompletableFuture.completedFuture(null));
    }

    /** Takes a session down, if it is one of this worker's. */
    CompletableFuture<Void> removeSession(SessionStatus session, String reason) {
        Optional<LocalTunnel> ours = local.find(session.tunnelName());
        if (ours.isPresent() && session.origin() == Origin.LOCAL) {
            return ours.get().removeSession(session.name(), reason);
        }
        LiveTunnel tunnel = tunnels.find(session.tunnelId());
        Optional<LiveSession> live = tunnel == null ? Optional.empty() : tunnel.sessions().find(session.sessionId());
        live.ifPresent(found -> found.end().hangUp(reason));
        return live.map(found -> found.end().gone()).orElse(CompletableFuture.completedFuture(null));
    }
}
