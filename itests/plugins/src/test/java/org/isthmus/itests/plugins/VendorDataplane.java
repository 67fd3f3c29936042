package org.isthmus.itests.plugins;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;

/** A data plane that takes every session and carries nothing. */
final class VendorDataplane implements Dataplane {
    final AtomicInteger tunnels = new AtomicInteger();
    final AtomicInteger sessions = new AtomicInteger();
    /** When a session is opened. */
    final Trouble trouble = new Trouble();

    @Override
    public String name() {
        return "vendor";
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.of(Ability.L2TPV2, Ability.UDP, Ability.PPP);
    }

    @Override
    public void configure(DataplaneSettings settings) {
    }

    @Override
    public CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port) {
        tunnels.incrementAndGet();
        return CompletableFuture.completedFuture(new Tunnel());
    }

    private final class Tunnel implements TunnelPath {

        @Override
        public CompletionStage<SessionPath> openSession(SessionSpec spec, SessionPort port) {
            trouble.happens();
            sessions.incrementAndGet();
            return CompletableFuture.completedFuture(new Session());
        }

        @Override
        public void receive(ByteBuffer packet, long nowMillis) {
        }

        @Override
        public void peerMoved(TunnelSpec spec) {
        }

        @Override
        public TunnelDataCounters counters() {
            return new TunnelDataCounters(0, 0);
        }

        @Override
        public void close() {
            tunnels.decrementAndGet();
        }
    }

    private final class Session implements SessionPath {

        @Override
        public void sendPpp(ByteBuffer frame) {
        }

        @Override
        public CompletionStage<Void> networkUp(NetworkSpec network) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void networkDown() {
        }

        @Override
        public void passTo(SessionPath other) {
        }

        @Override
        public void mtu(int mtu) {
        }

        @Override
        public String interfaceName() {
            return "vendor0";
        }

        @Override
        public int pppSocket() {
            return 0;
        }

        @Override
        public SessionDataCounters counters() {
            return SessionDataCounters.ZERO;
        }

        @Override
        public void close() {
            sessions.decrementAndGet();
        }
    }
}
