package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.RX_NO_SUCH_TUNNEL;

import java.nio.ByteBuffer;
import java.util.Optional;

import org.isthmus.core.net.Arrival;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelState;

/** The way of a tunnel's control messages: which of those that arrive are its peer's, and where its own go to. */
final class ControlWay {
    private final LiveTunnel tunnel;
    private final TunnelFailover failover;

    ControlWay(LiveTunnel tunnel, TunnelFailover failover) {
        this.tunnel = tunnel;
        this.failover = failover;
    }

    /** Whether a message that names the tunnel is for it; if somebody else sent it, it is counted. */
    boolean takes(Arrival arrival, Tunnel protocol) {
        if (tunnel.isCopy(arrival)) {
            return false;
        }
        if (failover.isAsker(arrival) || tunnel.path().isSourceOf(arrival) || followsPort(arrival, protocol)) {
            return true;
        }
        tunnel.worker().count(RX_NO_SUCH_TUNNEL);
        return false;
    }

    /** RFC 2661 section 8.1: the peer may answer our SCCRQ from another port, and keeps that one. */
    private boolean followsPort(Arrival arrival, Tunnel protocol) {
        if (protocol.state() != TunnelState.WAIT_CTL_REPLY || !tunnel.path().isHostOf(arrival)) {
            return false;
        }
        tunnel.path(arrival.port().pathTo(arrival.source(), Optional.of(arrival.destination())));
        return true;
    }

    /**
     * Sends a message.
     *
     * @param protocol null while the state machine is being made, whose first message this is
     * @param whole    whether it must not be fragmented
     */
    void send(ByteBuffer datagram, Tunnel protocol, boolean whole) {
        tunnel.traffic().trace(true, datagram);
        int dscp = protocol == null ? 0 : protocol.dscp().orElse(0);
        tunnel.worker().controlSender().send(failover.pathOf(datagram), datagram, dscp, whole);
    }
}
