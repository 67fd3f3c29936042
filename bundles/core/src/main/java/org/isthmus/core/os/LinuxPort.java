package org.isthmus.core.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.IpNumber;
import org.isthmus.core.net.ParkedPort;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.net.PortOptions;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.IpSocket;
import org.isthmus.linux.L2tpIpSocket;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.RawSocket;
import org.isthmus.linux.UdpPath;
import org.isthmus.linux.UdpSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sockets as a port. */
final class LinuxPort implements Port {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxPort.class);
    private static final int DSCPS = 64;
    /** The DSCP is the upper six bits of the TOS byte or traffic class (RFC 2474). */
    private static final int DSCP_SHIFT = 2;
    /** 0 in front of a control message over IP (RFC 3931 section 4.1.1.2). */
    private static final int SESSION_ID_BYTES = 4;

    private final LinuxNetwork network;
    private final Sockets sockets;
    private final InetSocketAddress local;
    private final PortOptions options;
    private final List<Integer> tokens = new ArrayList<>(2);
    private final Optional<LinuxPort> beside;

    LinuxPort(LinuxNetwork network, Sockets sockets, InetSocketAddress local, PortOptions options, Optional<LinuxPort> beside) {
        this.network = network;
        this.sockets = sockets;
        this.local = local;
        this.options = options;
        this.beside = beside;
    }

    /** The network knows one of its sockets by this. */
    void heardBy(int token) {
        tokens.add(token);
    }

    List<Integer> tokens() {
        return tokens;
    }

    @Override
    public PortOptions options() {
        return options;
    }

    @Override
    public Port beside() {
        return beside.orElse(this);
    }

    @Override
    public boolean isControlOnly() {
        return sockets.pieces() instanceof L2tpIpSocket;
    }

    /** Bytes in front of a packet that the kernel writes by itself. */
    private int headerOfKernel() {
        return isControlOnly() ? SESSION_ID_BYTES : 0;
    }

    /** Has its sockets kept under these names, until it is closed. */
    int keptAs(DescriptorStore store, IntFunction<String> name) {
        int count = 0;
        try {
            for (IpSocket socket : sockets.all()) {
                socket.descriptor().keep(store, name.apply(count++));
            }
        } catch (LinuxException refused) {
            LOG.error("the sockets of {} are not kept: {}; if this process is killed now, their tunnels are lost", local, refused.getMessage());
            return 0;
        }
        return count;
    }

    List<IpSocket> sockets() {
        return sockets.all();
    }

    @Override
    public boolean isOpen() {
        return sockets.pieces().descriptor().isOpen();
    }

    ParkedPort park() {
        return new ParkedPort(encapsulation(), local, options, isControlOnly(),
                sockets.all().stream().map(socket -> socket.descriptor().release()).toList());
    }

    /** Steps over what the kernel leaves in front of a packet's payload. */
    void skipHeader(ByteBuffer packet) {
        if (sockets.pieces() instanceof RawSocket raw) {
            packet.position(packet.position() + raw.payloadOffset(packet));
        }
    }

    @Override
    public Encapsulation encapsulation() {
        return sockets.pieces() instanceof UdpSocket ? Encapsulation.UDP : Encapsulation.IP;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public PeerPath pathTo(InetSocketAddress remote, Optional<InetAddress> from) {
        Optional<InetAddress> specific = from.filter(address -> !address.isAnyLocalAddress());
        UdpPath path = specific.map(address -> UdpPath.to(remote, address)).orElseGet(() -> UdpPath.to(remote));
        return new LinuxPath(this, path, specific.orElse(local.getAddress()));
    }

    @Override
    public PeerPath follow(InetSocketAddress remote) throws IOException {
        if (!(sockets.pieces() instanceof UdpSocket udp)) {
            throw new IOException("over IP a peer has no other port");
        }
        udp.connect(remote);
        return pathTo(remote, Optional.of(local.getAddress()));
    }

    @Override
    public void close() {
        network.forget(this);
        sockets.close();
    }

    /** A path to a peer, with its address in numbers beside it. */
    static final class LinuxPath implements PeerPath {
        private final LinuxPort port;
        private final UdpPath path;
        /** The same for each DSCP that was asked for, or null; any thread may add one, and it does no harm when two do. */
        private UdpPath[] marked;
        private final InetSocketAddress local;
        private final long high;
        private final long low;
        private final int remotePort;

        LinuxPath(LinuxPort port, UdpPath path, InetAddress localAddress) {
            this.port = port;
            this.path = path;
            this.local = new InetSocketAddress(localAddress, port.local.getPort());
            this.high = IpNumber.high(path.remote().getAddress());
            this.low = IpNumber.low(path.remote().getAddress());
            this.remotePort = path.remote().getPort();
        }

        @Override
        public LinuxPort port() {
            return port;
        }

        @Override
        public Encapsulation encapsulation() {
            return port.encapsulation();
        }

        @Override
        public InetSocketAddress remote() {
            return path.remote();
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public int descriptor() {
            return port.sockets.pieces().descriptor().number();
        }

        @Override
        public boolean isSourceOf(Arrival arrival) {
            return arrival.sourcePort() == remotePort && isHostOf(arrival);
        }

        @Override
        public boolean isHostOf(Arrival arrival) {
            return arrival.sourceLow() == low && arrival.sourceHigh() == high;
        }

        @Override
        public int send(ByteBuffer packet, int dscp, boolean whole) {
            IpSocket socket = whole ? port.sockets.whole() : port.sockets.pieces();
            int at = packet.position();
            packet.position(at + port.headerOfKernel());
            int sent = socket.send(packet, marked(dscp));
            packet.position(at);
            return Math.min(sent, 0);
        }

        private UdpPath marked(int dscp) {
            if (dscp == 0) {
                return path;
            }
            UdpPath[] all = marked;
            if (all == null) {
                marked = all = new UdpPath[DSCPS];
            }
            UdpPath known = all[dscp];
            return known != null ? known : (all[dscp] = path.withTrafficClass(dscp << DSCP_SHIFT));
        }
    }
}
