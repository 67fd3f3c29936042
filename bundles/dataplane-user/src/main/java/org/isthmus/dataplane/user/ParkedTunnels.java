package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tunnels whose engine has gone, until the next one comes for them. Any thread. */
final class ParkedTunnels {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedTunnels.class);

    private final Map<Key, UserTunnel> tunnels = new ConcurrentHashMap<>();
    private final NetworkSetup system;

    private record Key(int version, int tunnelId, int peerTunnelId) {
        static Key of(TunnelSpec spec) {
            return new Key(spec.version(), spec.tunnelId(), spec.peerTunnelId());
        }
    }

    ParkedTunnels(NetworkSetup system) {
        this.system = system;
    }

    void add(UserTunnel tunnel) {
        tunnels.put(Key.of(tunnel.spec()), tunnel);
        later(tunnel, () -> expire(tunnel));
    }

    /** The tunnel with these identifiers, if it waits here. */
    Optional<UserTunnel> take(TunnelSpec spec) {
        Optional<UserTunnel> found = Optional.ofNullable(tunnels.remove(Key.of(spec)));
        found.ifPresent(tunnel -> later(tunnel, tunnel::expireSessions));
        return found;
    }

    /** The data plane goes too: nobody is to wait for an engine. */
    void abandon() {
        tunnels.values().forEach(UserTunnel::abandon);
    }

    /** Does something after a while, unless the tunnel has lost another engine by then: the time counts from there again. */
    private void later(UserTunnel tunnel, Runnable what) {
        int parking = tunnel.parkings();
        system.later(() -> {
            if (tunnel.parkings() == parking) {
                what.run();
            }
        }, TunnelPath.PARKED_MILLIS);
    }

    private void expire(UserTunnel tunnel) {
        if (tunnels.remove(Key.of(tunnel.spec()), tunnel)) {
            LOG.warn("{} is closed: no engine came for it within {} s", tunnel, TunnelPath.PARKED_MILLIS / 1000);
            tunnel.close();
        }
    }
}
