package org.isthmus.core.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.core.engine.Worker;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.Network;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.PortOptions;
import org.isthmus.core.net.UdpPort;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.DatagramKind;

/** The sockets of one appliance's kernel: which worker's port a datagram is for. */
final class SimNetwork {
    private static final int EPHEMERAL = 32_768;
    private static final int EINVAL = -22;

    private final World world;
    private final Appliance appliance;
    private final List<InetAddress> addresses;
    private final List<Port> ports = new ArrayList<>();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(65_536);
    private int nextPort = EPHEMERAL;

    SimNetwork(World world, Appliance appliance, List<InetAddress> addresses) {
        this.world = world;
        this.appliance = appliance;
        this.addresses = addresses;
        addresses.forEach(address -> world.attach(address, this::receive));
    }

    Network of(Worker worker) {
        return (local, options) -> open(worker, local, options);
    }

    int openPorts() {
        return ports.size();
    }

    void disappear() {
        addresses.forEach(world::detach);
    }

    private UdpPort open(Worker worker, InetSocketAddress wanted, PortOptions options) throws IOException {
        InetAddress address = wanted.getAddress();
        if (!address.isAnyLocalAddress() && !addresses.contains(address)) {
            throw new BindException(address.getHostAddress() + ": cannot assign requested address");
        }
        InetSocketAddress local = wanted.getPort() == 0 ? new InetSocketAddress(address, nextPort++) : wanted;
        for (Port other : ports) {
            if (other.local.getPort() == local.getPort() && overlaps(other.local.getAddress(), address)
                    && !(other.shared && options.shared())) {
                throw new BindException(local + ": address in use");
            }
        }
        Port port = new Port(worker, local, options.shared());
        ports.add(port);
        return port;
    }

    private static boolean overlaps(InetAddress one, InetAddress other) {
        return one.getClass() == other.getClass()
                && (one.isAnyLocalAddress() || other.isAnyLocalAddress() || one.equals(other));
    }

    private void receive(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
        List<Port> bound = ports.stream().filter(port -> port.local.getPort() == to.getPort()
                && overlaps(port.local.getAddress(), to.getAddress())).toList();
        List<Port> exact = bound.stream().filter(port -> !port.local.getAddress().isAnyLocalAddress()).toList();
        List<Port> candidates = exact.isEmpty() ? bound : exact;
        if (candidates.isEmpty()) {
            return;
        }
        packet.clear();
        packet.put(datagram).flip();
        Port port = candidates.get(choose(packet, from, candidates.size()));
        Arrived arrived = new Arrived(packet, port, from, to.getAddress());
        appliance.inTurn(port.worker, () -> {
            port.worker.tick(world.now());
            port.worker.arrived(arrived);
        });
    }

    /** As the socket filter does: by the tunnel id, and requests by where they come from. */
    private static int choose(ByteBuffer datagram, InetSocketAddress from, int count) {
        if (count == 1) {
            return 0;
        }
        DatagramKind kind = Datagram.kind(datagram);
        int id = kind == DatagramKind.CONTROL || kind == DatagramKind.DATA ? Datagram.tunnelId(datagram) : 0;
        return id != 0 ? id % count : Math.floorMod(from.hashCode(), count);
    }

    private InetAddress sourceFor(InetSocketAddress remote) {
        return addresses.stream().filter(address -> address.getClass() == remote.getAddress().getClass())
                .findFirst().orElse(null);
    }

    private static long high(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 ? ByteBuffer.wrap(bytes).getLong() : 0;
    }

    private static long low(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 ? ByteBuffer.wrap(bytes).getLong(8) : ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL;
    }

    private final class Port implements UdpPort {
        private final Worker worker;
        private final InetSocketAddress local;
        private final boolean shared;

        Port(Worker worker, InetSocketAddress local, boolean shared) {
            this.worker = worker;
            this.local = local;
            this.shared = shared;
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public PeerPath pathTo(InetSocketAddress remote, Optional<InetAddress> from) {
            return new Path(this, remote, from.filter(address -> !address.isAnyLocalAddress()));
        }

        @Override
        public void close() {
            ports.remove(this);
        }
    }

    private final class Path implements PeerPath {
        private final Port port;
        private final InetSocketAddress remote;
        private final Optional<InetAddress> from;
        private final long high;
        private final long low;

        Path(Port port, InetSocketAddress remote, Optional<InetAddress> from) {
            this.port = port;
            this.remote = remote;
            this.from = from;
            this.high = high(remote.getAddress());
            this.low = low(remote.getAddress());
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public InetSocketAddress local() {
            return new InetSocketAddress(from.orElse(port.local.getAddress()), port.local.getPort());
        }

        @Override
        public int descriptor() {
            return -1;
        }

        @Override
        public boolean isSourceOf(Arrival arrival) {
            return arrival.sourcePort() == remote.getPort() && isHostOf(arrival);
        }

        @Override
        public boolean isHostOf(Arrival arrival) {
            return arrival.sourceHigh() == high && arrival.sourceLow() == low;
        }

        @Override
        public int send(ByteBuffer datagram) {
            InetAddress bound = port.local.getAddress();
            InetAddress source = from.orElse(bound.isAnyLocalAddress() ? sourceFor(remote) : bound);
            if (source == null || !ports.contains(port)) {
                return EINVAL;
            }
            world.send(new InetSocketAddress(source, port.local.getPort()), remote, datagram);
            return 0;
        }
    }

    private record Arrived(ByteBuffer packet, UdpPort port, InetSocketAddress source, InetAddress destination)
            implements Arrival {
        @Override
        public long sourceHigh() {
            return high(source.getAddress());
        }

        @Override
        public long sourceLow() {
            return low(source.getAddress());
        }

        @Override
        public int sourcePort() {
            return source.getPort();
        }
    }
}
