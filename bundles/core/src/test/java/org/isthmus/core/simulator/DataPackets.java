package org.isthmus.core.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.core.engine.Worker;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.net.PortOptions;
import org.isthmus.protocol.wire.DataHeader;

/** The same data packet of a session that is up, again and again, into the LNS's worker and a data plane that only counts. */
public final class DataPackets {
    private final Pair pair = new Pair(1);
    private final Worker worker;
    private final Same arrival;
    private long received;
    private boolean answering = true;

    public DataPackets() {
        pair.up();
        worker = pair.lns.workers().get(0);
        var session = pair.lns.session(pair.lnsSession());
        InetSocketAddress lac = pair.lns.tunnel(session.tunnelName()).peer().orElseThrow();
        pair.lns.engine().dataplanes(List.of(new Counting()));
        pair.settle();
        ByteBuffer packet = ByteBuffer.allocateDirect(100);
        DataHeader.prepend(packet.position(DataHeader.headerBytes(0)), 0, 0, session.tunnelId(), session.sessionId(), 0);
        arrival = new Same(packet, lac);
        received = 0;
    }

    /** Another session of the tunnel waits for its data path. */
    public void leaveASessionHalfWay() {
        answering = false;
        pair.lac.apply(Pair.LAC.replace("session \"alice\"",
                "session \"bob\" {\nuser_name bob\nuser_password builder\n}\nsession \"alice\""));
        pair.settle();
    }

    public void deliver(int count) {
        for (int i = 0; i < count; i++) {
            worker.arrived(arrival);
        }
    }

    public long received() {
        return received;
    }

    private class Counting implements Dataplane, TunnelPath {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Set<Ability> abilities() {
            return EnumSet.complementOf(EnumSet.of(Ability.SOCKET_PER_TUNNEL, Ability.INTERFACE_PER_SESSION));
        }

        @Override
        public void configure(DataplaneSettings settings) {
        }

        @Override
        public CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port) {
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public CompletionStage<SessionPath> openSession(SessionSpec spec, SessionPort port) {
            if (!answering) {
                return new CompletableFuture<>();
            }
            SimDataplane other = new SimDataplane(pair.world, "other");
            return other.openTunnel(new TunnelSpec("t", 2, 1, 1, Encapsulation.UDP, null, null, -1), (packet, dscp) -> 0)
                    .thenCompose(tunnel -> tunnel.openSession(spec, port));
        }

        @Override
        public void receive(ByteBuffer packet, long nowMillis) {
            received++;
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
        }
    }

    /** An arrival that makes no object, as those of the real network. */
    private static final class Same implements Arrival {
        private static final Port PORT = new SharedPort();

        private final ByteBuffer packet;
        private final InetSocketAddress source;
        private final long low;

        Same(ByteBuffer packet, InetSocketAddress source) {
            this.packet = packet;
            this.source = source;
            this.low = ByteBuffer.wrap(source.getAddress().getAddress()).getInt() & 0xffff_ffffL;
        }

        @Override
        public ByteBuffer packet() {
            return packet;
        }

        @Override
        public Port port() {
            return PORT;
        }

        @Override
        public long sourceHigh() {
            return 0;
        }

        @Override
        public long sourceLow() {
            return low;
        }

        @Override
        public int sourcePort() {
            return source.getPort();
        }

        @Override
        public InetSocketAddress source() {
            return source;
        }

        @Override
        public InetAddress destination() {
            return Optional.of(source.getAddress()).orElseThrow();
        }
    }

    /** The port of all peers; nobody asks it for more than what it is. */
    private static final class SharedPort implements Port {
        @Override
        public Encapsulation encapsulation() {
            return Encapsulation.UDP;
        }

        @Override
        public PortOptions options() {
            return PortOptions.SHARED;
        }

        @Override
        public InetSocketAddress local() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerPath pathTo(InetSocketAddress remote, Optional<InetAddress> local) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerPath follow(InetSocketAddress remote) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Port beside() {
            return this;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
        }
    }
}
