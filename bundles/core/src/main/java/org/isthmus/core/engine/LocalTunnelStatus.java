package org.isthmus.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelProtocol;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.api.config.TunnelParameters;

/** What people see of a tunnel that somebody here asked for. */
final class LocalTunnelStatus {
    private LocalTunnelStatus() {
    }

    /** While there is no way to its peer. */
    static TunnelStatus ofNotLive(LocalTunnel tunnel) {
        TunnelState state = tunnel.retryAt().isPresent() ? TunnelState.RETRY
                : tunnel.lastCause() == Cause.NONE ? TunnelState.IDLE : TunnelState.DOWN;
        return new TunnelStatus(tunnel.name(), 0, 0, state, Origin.LOCAL, Optional.empty(), Optional.of(tunnel.peer()), "", "",
                tunnel.values().profile(), "", false, tunnel.isPersistent(), tunnel.sessions().size(), tunnel.created(),
                Optional.empty(), tunnel.retryAt(), tunnel.lastCause(), Map.of(),
                new TunnelProtocol(tunnel.values().version() == L2tpVersion.L2TPV2 ? 2 : 3,
                        tunnel.values().settings().get(TunnelParameters.ENCAP),
                        tunnel.values().settings().get(TunnelParameters.STATIC), ""));
    }

    /** Its sessions, those that peers brought into it among them. */
    static List<SessionStatus> ofSessions(LocalTunnel tunnel) {
        List<SessionStatus> all = new ArrayList<>();
        tunnel.sessions().forEach(session -> all.add(session.status()));
        tunnel.live().ifPresent(live -> live.sessions().all().stream()
                .filter(session -> session.plan().origin() == Origin.REMOTE)
                .forEach(session -> all.add(session.status())));
        return all;
    }
}
