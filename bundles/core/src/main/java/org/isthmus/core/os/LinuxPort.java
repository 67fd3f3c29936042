package org.isthmus.core.os;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.IpNumber;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.net.PortOptions;
import org.isthmus.linux.IpSocket;
import org.isthmus.linux.L2tpIpSocket;
import org.isthmus.linux.RawSocket;
import org.isthmus.linux.UdpPath;
import org.isthmus.linux.UdpSocket;

/** A socket as a port. */
final class LinuxPort implements Port {
    /** 0 in front of a control message over IP (RFC 3931 section 4.1.1.2). */
    private static final int SESSION_ID_BYTES = 4;

    private final LinuxNetwork network;
    private final IpSocket socket;
    private final InetSocketAddress local;
    private final PortOptions options;
    private final int token;
    private final Optional<LinuxPort> beside;

    LinuxPort(LinuxNetwork network, IpSocket socket, InetSocketAddress local, PortOptions options, int token,
            Optional<LinuxPort> beside) {
        this.network = network;
        this.socket = socket;
        this.local = local;
        this.options = options;
        this.token = token;
        this.beside = beside;
    }

    /** By which the network knows it. */
    int token() {
        return token;
    }

    PortOptions options() {
        return options;
    }

    IpSocket socket() {
        return socket;
    }

    @Override
    public Port beside() {
        return beside.orElse(this);
    }

    @Override
    public boolean isControlOnly() {
        return socket instanceof L2tpIpSocket;
    }

    /** Bytes in front of a packet that the kernel writes by itself. */
    private int headerOfKernel() {
        return isControlOnly() ? SESSION_ID_BYTES : 0;
    }

    /** Steps over what the kernel leaves in front of a packet's payload. */
    void skipHeader(ByteBuffer packet) {
        if (socket instanceof RawSocket raw) {
            packet.position(packet.position() + raw.payloadOffset(packet));
        }
    }

    @Override
    public Encapsulation encapsulation() {
        return socket instanceof UdpSocket ? Encapsulation.UDP : Encapsulation.IP;
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
    public void close() {
        network.forget(this);
        socket.close();
    }

    /** A path to a peer, with its address in numbers beside it. */
    static final class LinuxPath implements PeerPath {
        private final LinuxPort port;
        private final UdpPath path;
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

        LinuxPort port() {
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
            return port.socket.descriptor().number();
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
        public int send(ByteBuffer packet) {
            int at = packet.position();
            packet.position(at + port.headerOfKernel());
            int sent = port.socket.send(packet, path);
            packet.position(at);
            return Math.min(sent, 0);
        }
    }
}
