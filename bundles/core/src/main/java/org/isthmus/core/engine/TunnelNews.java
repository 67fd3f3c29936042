package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.TUNNELS_FAILED;
import static org.isthmus.core.counters.Counter.TUNNEL_AUTH_FAILURES;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.core.admission.LogRate;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.Tunnel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a tunnel with a control channel, for the log and the counters. */
final class TunnelNews {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelNews.class);

    private final ControlledTunnel tunnel;
    private final Worker worker;

    TunnelNews(ControlledTunnel tunnel) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
    }

    void up(Tunnel protocol, PeerFacts peer) {
        LOG.info("tunnel {} is up with {} in {} (host name \"{}\", peer tid={})", tunnel.identity().title(),
                Words.of(tunnel.path().remote()), tunnel.version().words()
                        + (ControlledTunnelStatus.fellBack(tunnel, protocol) ? ", which is all it has" : ""),
                Words.printable(peer.hostName()), Integer.toUnsignedString(protocol.remoteId()));
    }

    void recovered(boolean failedHere) {
        LOG.info("tunnel {} with {} is recovered after a failure {}", tunnel.identity().title(),
                Words.of(tunnel.path().remote()), failedHere ? "here" : "of the peer");
    }

    void down(CloseCause why, Cause cause, boolean wasUp) {
        if (!wasUp || why.kind() == CloseCause.Kind.UNREACHABLE || why.kind() == CloseCause.Kind.PROTOCOL) {
            worker.count(TUNNELS_FAILED);
        }
        if (why.kind() == CloseCause.Kind.AUTHENTICATION) {
            worker.count(TUNNEL_AUTH_FAILURES);
        }
        LogRate log = worker.frontDoor().log();
        boolean gaveWay = !wasUp && why.kind() == CloseCause.Kind.LIMIT;
        if (wasUp || tunnel.identity().origin() == Origin.LOCAL || !gaveWay && log.admits(worker.nowMillis())) {
            LOG.info("tunnel {} with {} is down: {}{}", tunnel.identity().title(), Words.of(tunnel.path().remote()),
                    cause.message(), wasUp ? "" : log.keptBack());
        }
    }
}
