package org.isthmus.core.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.engine.Worker;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.IpNumber;
import org.isthmus.core.net.Network;
import org.isthmus.core.net.ParkedPort;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.PortOptions;
import org.isthmus.core.net.Port;
import org.isthmus.core.net.TooBig;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.DatagramKind;

/** The sockets of one appliance's kernel: which worker's port a datagram is for. */
final class SimNetwork {
    private static final int EPHEMERAL = 32_768;
    private static final int EINVAL = -22;

    private final World world;
    private final Appliance appliance;
    private final List<InetAddress> addresses;
    private final List<SimPort> ports = new ArrayList<>();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(65_536);
    private int nextPort = EPHEMERAL;
    private final Set<Integer> taken = new HashSet<>();

    SimNetwork(World world, Appliance appliance, List<InetAddress> addresses) {
        this.world = world;
        this.appliance = appliance;
        this.addresses = addresses;
        addresses.forEach(address -> world.attach(address, this::receive));
    }

    Network of(Worker worker) {
        return new Network() {
            @Override
            public Port open(InetSocketAddress local, PortOptions options) throws IOException {
                return SimNetwork.this.open(worker, local, options);
            }

            @Override
            public Port openIp(InetAddress any) {
                SimPort port = new SimPort(worker, new InetSocketAddress(any, 0), true);
                ports.add(port);
                return port;
            }

            @Override
            public Port openFor(PeerPath path, int tunnelId, int peerTunnelId, boolean whole) {
                SimPort port = new SimPort(worker, path.local(), true, path.remote(), ((Path) path).port);
                ports.add(port);
                return port;
            }

            @Override
            public int keep(Port port, IntFunction<String> name) {
                ((SimPort) port).keptAs = name.apply(0);
                return 1;
            }

            @Override
            public ParkedPort park(Port port) {
                ((SimPort) port).park();
                return new ParkedPort(port.encapsulation(), port.local(), port.options(), false, List.of(ports.indexOf(port)));
            }

            @Override
            public Port adopt(ParkedPort parked, Optional<Port> beside) {
                SimPort before = ports.get(parked.descriptors().get(0));
                SimPort port = new SimPort(worker, before.local, before.shared, before.only, (SimPort) beside.orElse(null));
                ports.set(ports.indexOf(before), port);
                port.waiting.addAll(before.waiting);
                port.deaf = true;
                return port;
            }

            @Override
            public void hear() {
                ports.stream().filter(port -> port.worker == worker && port.deaf).forEach(port -> {
                    port.deaf = false;
                    port.waiting.forEach(datagram -> world.after(0, datagram));
                    port.waiting.clear();
                });
            }
        };
    }

    /** Nobody hears any of them any more; those that are kept can be gone on with, by their names. */
    Map<String, Integer> leaveAll() {
        ports.removeIf(port -> port.keptAs.isEmpty());
        ports.forEach(SimPort::park);
        return kept();
    }

    Map<String, Integer> kept() {
        Map<String, Integer> kept = new LinkedHashMap<>();
        ports.stream().filter(port -> !port.keptAs.isEmpty()).forEach(port -> kept.put(port.keptAs, ports.indexOf(port)));
        return kept;
    }

    /** Those that nobody goes on with are closed. */
    void closeLeft() {
        ports.removeIf(port -> port.parked);
    }

    /** Somebody else has it. */
    void takePort(int port) {
        taken.add(port);
    }

    int openPorts() {
        return ports.size();
    }

    void disappear() {
        addresses.forEach(world::detach);
    }

    private Port open(Worker worker, InetSocketAddress wanted, PortOptions options) throws IOException {
        InetAddress address = wanted.getAddress();
        if (!address.isAnyLocalAddress() && !addresses.contains(address)) {
            throw new BindException(address.getHostAddress() + ": cannot assign requested address");
        }
        while (taken.contains(nextPort)) {
            nextPort++;
        }
        InetSocketAddress local = wanted.getPort() == 0 ? new InetSocketAddress(address, nextPort++) : wanted;
        if (taken.contains(local.getPort())) {
            throw new BindException(local + ": address in use");
        }
        for (SimPort other : ports) {
            if (other.local.getPort() == local.getPort() && overlaps(other.local.getAddress(), address)
                    && !(other.shared && options.shared())) {
                throw new BindException(local + ": address in use");
            }
        }
        SimPort port = new SimPort(worker, local, options.shared());
        ports.add(port);
        return port;
    }

    private static boolean overlaps(InetAddress one, InetAddress other) {
        return one.getClass() == other.getClass()
                && (one.isAnyLocalAddress() || other.isAnyLocalAddress() || one.equals(other));
    }

    private void receive(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
        List<SimPort> bound = ports.stream().filter(port -> port.local.getPort() == to.getPort()
                && overlaps(port.local.getAddress(), to.getAddress())).toList();
        List<SimPort> connected = bound.stream().filter(port -> from.equals(port.only)).toList();
        List<SimPort> open = bound.stream().filter(port -> port.only == null).toList();
        List<SimPort> exact = open.stream().filter(port -> !port.local.getAddress().isAnyLocalAddress()).toList();
        List<SimPort> candidates = !connected.isEmpty() ? connected.subList(0, 1) : exact.isEmpty() ? open : exact;
        if (candidates.isEmpty()) {
            return;
        }
        packet.clear();
        packet.put(datagram).flip();
        SimPort port = candidates.get(choose(packet, from, to.getPort() == 0, candidates.size()));
        if (port.parked || port.deaf) {
            port.waiting.add(() -> receive(from, to, datagram));
            return;
        }
        Arrived arrived = new Arrived(packet, port, from, to.getAddress());
        appliance.inTurn(port.worker, () -> {
            port.worker.tick(world.now());
            port.worker.arrived(arrived);
        });
    }

    /** As the socket filters do: by the identifier, and requests by where they come from. */
    private static int choose(ByteBuffer datagram, InetSocketAddress from, boolean ip, int count) {
        if (count == 1 || datagram.remaining() < 8) {
            return 0;
        }
        int id = ip ? ipId(datagram) : (datagram.getShort(0) & 0xf) == 3 ? datagram.getInt(4) : versionTwoId(datagram);
        return id != 0 ? Integer.remainderUnsigned(id, count) : Math.floorMod(from.hashCode(), count);
    }

    private static int ipId(ByteBuffer packet) {
        return packet.getInt(0) != 0 ? packet.getInt(0) : packet.remaining() < 12 ? 0 : packet.getInt(8);
    }

    private static int versionTwoId(ByteBuffer datagram) {
        DatagramKind kind = Datagram.kind(datagram);
        return kind == DatagramKind.CONTROL || kind == DatagramKind.DATA ? Datagram.tunnelId(datagram) : 0;
    }

    private InetAddress sourceFor(InetSocketAddress remote) {
        return addresses.stream().filter(address -> address.getClass() == remote.getAddress().getClass())
                .findFirst().orElse(null);
    }

    private final class SimPort implements Port {
        private final Worker worker;
        private final InetSocketAddress local;
        private final boolean shared;
        /** The peer that it is connected to, or null. */
        private InetSocketAddress only;
        private final SimPort beside;
        /** Nobody hears it: what comes waits. */
        private boolean parked;
        /** Open, and not read yet. */
        private boolean deaf;
        private String keptAs = "";
        private final List<Runnable> waiting = new ArrayList<>();

        void park() {
            parked = true;
        }

        SimPort(Worker worker, InetSocketAddress local, boolean shared) {
            this(worker, local, shared, null, null);
        }

        SimPort(Worker worker, InetSocketAddress local, boolean shared, InetSocketAddress only, SimPort beside) {
            this.worker = worker;
            this.local = local;
            this.shared = shared;
            this.only = only;
            this.beside = beside == null ? this : beside;
        }

        @Override
        public Encapsulation encapsulation() {
            return local.getPort() == 0 ? Encapsulation.IP : Encapsulation.UDP;
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public PortOptions options() {
            return shared ? PortOptions.SHARED : PortOptions.OWN;
        }

        @Override
        public Port beside() {
            return beside;
        }

        @Override
        public PeerPath pathTo(InetSocketAddress remote, Optional<InetAddress> from) {
            return new Path(this, remote, from.filter(address -> !address.isAnyLocalAddress()));
        }

        @Override
        public PeerPath follow(InetSocketAddress remote) {
            only = remote;
            return pathTo(remote, Optional.of(local.getAddress()));
        }

        @Override
        public boolean isOpen() {
            return ports.contains(this);
        }

        @Override
        public void close() {
            ports.remove(this);
        }
    }

    private final class Path implements PeerPath {
        private final SimPort port;
        private final InetSocketAddress remote;
        private final Optional<InetAddress> from;
        private final long high;
        private final long low;

        Path(SimPort port, InetSocketAddress remote, Optional<InetAddress> from) {
            this.port = port;
            this.remote = remote;
            this.from = from;
            this.high = IpNumber.high(remote.getAddress());
            this.low = IpNumber.low(remote.getAddress());
        }

        @Override
        public Encapsulation encapsulation() {
            return port.encapsulation();
        }

        @Override
        public Port port() {
            return port;
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

        private void tooBig(ByteBuffer datagram) {
            if (world.said() > 0) {
                byte[] quoted = new byte[Math.min(datagram.remaining(), 64)];
                datagram.get(datagram.position(), quoted);
                SimNetwork.this.tooBig(encapsulation(), new TooBig(remote, world.said(), false, ByteBuffer.wrap(quoted)));
            }
        }

        @Override
        public int send(ByteBuffer datagram, int dscp, boolean whole) {
            InetAddress bound = port.local.getAddress();
            InetAddress source = from.orElse(bound.isAnyLocalAddress() ? sourceFor(remote) : bound);
            if (source == null || port.parked || !ports.contains(port)) {
                return EINVAL;
            }
            int header = (remote.getAddress().getAddress().length == 16 ? 40 : 20) + (encapsulation() == Encapsulation.UDP ? 8 : 0);
            if (whole && !world.takes(datagram.remaining() + header)) {
                tooBig(datagram);
                return 0;
            }
            world.send(new InetSocketAddress(source, port.local.getPort()), remote, datagram);
            return 0;
        }
    }

    /** A router says what it takes: of UDP to any worker, as Linux does. */
    private void tooBig(Encapsulation encapsulation, TooBig report) {
        for (Worker worker : encapsulation == Encapsulation.UDP ? appliance.workers().subList(0, 1) : appliance.workers()) {
            world.after(10, () -> appliance.inTurn(worker, () -> {
                worker.tick(world.now());
                worker.tooBig(encapsulation, report);
            }));
        }
    }

    private record Arrived(ByteBuffer packet, Port port, InetSocketAddress source, InetAddress destination)
            implements Arrival {
        @Override
        public long sourceHigh() {
            return IpNumber.high(source.getAddress());
        }

        @Override
        public long sourceLow() {
            return IpNumber.low(source.getAddress());
        }

        @Override
        public int sourcePort() {
            return source.getPort();
        }
    }
}
