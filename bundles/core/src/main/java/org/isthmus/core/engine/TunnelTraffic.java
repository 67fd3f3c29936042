package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.RX_NO_SUCH_TUNNEL;

import java.nio.ByteBuffer;

import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.trace.TunnelWatch;

/** Data packets between a tunnel's peer and its data path, and whoever traces the tunnel. On its worker's thread, save {@link #send}. */
final class TunnelTraffic {
    private final LiveTunnel tunnel;
    private final TunnelSessions sessions;
    private final TunnelWatch watch;

    TunnelTraffic(LiveTunnel tunnel, TunnelSessions sessions) {
        this.tunnel = tunnel;
        this.sessions = sessions;
        this.watch = tunnel.engine().taps().watch(tunnel.identity().name(), tunnel.identity().origin());
    }

    /** A data packet of version 2 has come, whose header names the tunnel. */
    void arrived(Arrival arrival) {
        if (comesFromPeer(arrival) && !sessions.holdEarly(arrival.packet())) {
            deliver(arrival.packet());
        }
    }

    /** A data packet of version 3 has come, whose header names this session. */
    void arrived(Arrival arrival, LiveSession session) {
        if (comesFromPeer(arrival) && !session.holdEarly(arrival.packet())) {
            deliver(arrival.packet());
        }
    }

    private boolean comesFromPeer(Arrival arrival) {
        if (tunnel.isCopy(arrival)) {
            return false;
        }
        PeerPath path = tunnel.path();
        if (!path.isSourceOf(arrival)) {
            tunnel.worker().count(RX_NO_SUCH_TUNNEL);
            return false;
        }
        tunnel.heard();
        watch.data(false, path, arrival.packet());
        return true;
    }

    /** Hands a data packet to the data path. */
    void deliver(ByteBuffer packet) {
        tunnel.dataKeeper().receive(packet);
    }

    /** Sends a data packet, on any thread. */
    int send(ByteBuffer packet, int dscp) {
        PeerPath to = tunnel.path();
        watch.data(true, to, packet);
        return to.send(packet, dscp, tunnel.pathMtu().isWhole());
    }

    /** Shows a control message to whoever traces the tunnel. */
    void trace(boolean sent, ByteBuffer message) {
        watch.control(sent, tunnel.path(), message);
    }

    /** Traces of it have begun or ended. */
    void tracesChanged() {
        watch.refresh();
    }
}
