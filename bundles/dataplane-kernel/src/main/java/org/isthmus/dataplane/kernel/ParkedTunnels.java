package org.isthmus.dataplane.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.linux.SystemThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tunnels whose engine has gone, until the next one comes for them; the kernel carries their packets meanwhile. Any thread. */
final class ParkedTunnels {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedTunnels.class);

    private final Map<Key, L2tpTunnel> tunnels = new ConcurrentHashMap<>();
    private final SystemThread thread;

    private record Key(int version, int tunnelId, int peerTunnelId, int socket) {
        static Key of(TunnelSpec spec) {
            return new Key(spec.version(), spec.tunnelId(), spec.peerTunnelId(), spec.socket());
        }
    }

    ParkedTunnels(SystemThread thread) {
        this.thread = thread;
    }

    void add(L2tpTunnel tunnel) {
        tunnels.put(Key.of(tunnel.spec()), tunnel);
        later(tunnel, () -> expire(tunnel));
    }

    /** The tunnel with these identifiers and this socket, if it waits here. */
    Optional<L2tpTunnel> take(TunnelSpec spec) {
        Optional<L2tpTunnel> found = Optional.ofNullable(tunnels.remove(Key.of(spec)));
        found.ifPresent(tunnel -> later(tunnel, tunnel::expireSessions));
        return found;
    }

    /** The next version of the data plane gives them to the engine. */
    void leaveAll(Succession succession) {
        tunnels.values().forEach(tunnel -> tunnel.leave(succession));
        tunnels.clear();
    }

    boolean isEmpty() {
        return tunnels.isEmpty();
    }

    /** The data plane goes: another one makes them anew. */
    void closeAll() {
        tunnels.values().forEach(L2tpTunnel::close);
        tunnels.clear();
    }

    /** Does something after a while, unless the tunnel has lost another engine by then: the time counts from there again. */
    private void later(L2tpTunnel tunnel, Runnable what) {
        int parking = tunnel.parkings();
        thread.run(() -> thread.later(() -> {
            if (tunnel.parkings() == parking) {
                what.run();
            }
        }, TunnelPath.PARKED_MILLIS));
    }

    private void expire(L2tpTunnel tunnel) {
        if (tunnels.remove(Key.of(tunnel.spec()), tunnel)) {
            LOG.warn("{} is closed: no engine came for it within {} s", tunnel, TunnelPath.PARKED_MILLIS / 1000);
            tunnel.close();
        }
    }
}
