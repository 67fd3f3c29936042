package org.isthmus.core.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

import org.isthmus.api.Origin;
import org.isthmus.api.TunnelProtocol;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.V3Facts;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.ProtocolVersion;

/** What people see of a tunnel with a control channel. */
final class ControlledTunnelStatus {
    private ControlledTunnelStatus() {
    }

    /** @param protocol null while the tunnel is being made */
    static TunnelStatus of(ControlledTunnel tunnel, Tunnel protocol, Optional<Instant> recovered) {
        return new TunnelStatus(tunnel.identity().name(), tunnel.tunnelId(), tunnel.peerTunnelId(),
                TunnelCounterNames.state(protocol), tunnel.identity().origin(), Optional.of(tunnel.path().local()),
                Optional.of(tunnel.path().remote()), tunnel.peerHostName(), peer(protocol, PeerFacts::vendorName),
                tunnel.values().profile(), tunnel.values().peerProfile(), protocol != null && isAuthenticated(tunnel, protocol),
                tunnel.isPersistent(), tunnel.sessions().size(), tunnel.created(), tunnel.upSince(), Optional.empty(),
                tunnel.lastCause(), TunnelCounterNames.of(protocol, tunnel.dataCounters(), tunnel.pathMtu().limit()),
                new TunnelProtocol(tunnel.version().code(), tunnel.path().encapsulation(), false,
                        remark(tunnel, protocol, recovered)));
    }

    /** What an operator would not expect, and how the tunnel stands with failover. */
    private static String remark(ControlledTunnel tunnel, Tunnel protocol, Optional<Instant> recovered) {
        StringJoiner remark = new StringJoiner("; ");
        if (fellBack(tunnel, protocol)) {
            remark.add("asked for L2TPv3, the peer has only L2TPv2");
        }
        if (protocol != null && protocol.failover().capable()) {
            long wait = protocol.peer().flatMap(PeerFacts::failover).map(FailoverCapability::recoveryTimeMillis).orElse(0L);
            remark.add("failover: a failed peer is waited for " + wait + " ms"
                    + recovered.map(at -> ", recovered " + at).orElse("")
                    + (protocol.failover().unconfirmed() == 0 ? "" : ", "
                    + Words.count(protocol.failover().unconfirmed(), "session") + " not confirmed yet"));
        }
        return remark.toString();
    }

    static boolean fellBack(ControlledTunnel tunnel, Tunnel protocol) {
        return tunnel.version() == ProtocolVersion.V2 && tunnel.values().version() == L2tpVersion.AUTO && protocol != null
                && tunnel.identity().origin() == Origin.LOCAL;
    }

    private static boolean isAuthenticated(ControlledTunnel tunnel, Tunnel protocol) {
        return tunnel.isUp() && protocol.peer().flatMap(PeerFacts::v3).map(V3Facts::authenticated)
                .orElse(protocol.config().challenge());
    }

    static String peer(Tunnel protocol, Function<PeerFacts, String> fact) {
        return protocol == null ? "" : protocol.peer().map(fact).map(Words::printable).orElse("");
    }
}
