package org.isthmus.core.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.ParkedPort;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.PortOptions;
import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Errno;
import org.isthmus.linux.IpSocket;
import org.isthmus.linux.L2tpIpSocket;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.RawSocket;
import org.isthmus.linux.SocketFilter;
import org.isthmus.linux.UdpSocket;

/**
 * The sockets of a port, two for many peers, since Linux sets Don't Fragment per socket: one whose packets may be fragmented, one whose packets
 * may not. The system spreads UDP errors over all sockets of a port, so that both listen for them, and then both may receive.
 *
 * @param pieces receives, and sends what may be fragmented
 * @param whole  sends what arrives in one piece or not at all
 */
record Sockets(IpSocket pieces, IpSocket whole) {
    /** IP protocol number of L2TP. */
    private static final int L2TP = 115;
    private static final int BUFFER_BYTES = 4 << 20;

    /** Those of a UDP port. */
    static Sockets udp(InetSocketAddress local, PortOptions options, int workers) throws LinuxException {
        UdpSocket pieces = udp(AddressFamily.of(local.getAddress()), options);
        try {
            pieces.reusePort(options.shared());
            pieces.bind(local);
            if (options.shared() && workers > 1) {
                pieces.chooseBy(Steering.udp(workers));
            }
            pieces.reusePort(true); // for the other one, and for those that are one peer's own
            UdpSocket whole = udp(pieces.family(), options);
            try {
                whole.reusePort(true);
                whole.bind(pieces.localAddress());
                pieces.receiveErrors(true);
                return new Sockets(pieces, whole).prepared();
            } catch (LinuxException refused) {
                whole.close();
                throw refused;
            }
        } catch (LinuxException refused) {
            pieces.close();
            throw refused;
        }
    }

    /** The one of a peer alone: with it a data plane of the kernel's sends all of the tunnel, whole or in pieces. */
    static Sockets udpFor(PeerPath path, PortOptions options, boolean whole) throws LinuxException {
        UdpSocket socket = udp(AddressFamily.of(path.local().getAddress()), options);
        try {
            socket.reusePort(true);
            socket.bind(path.local());
            socket.connect(path.remote());
            return alone(socket, whole);
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    /** The same over IP. */
    static Sockets ipFor(PeerPath path, int tunnelId, int peerTunnelId, boolean whole) throws LinuxException {
        L2tpIpSocket socket = L2tpIpSocket.open(AddressFamily.of(path.remote().getAddress()));
        try {
            socket.bind(path.local().getAddress(), tunnelId);
            socket.connect(path.remote().getAddress(), peerTunnelId);
            return alone(socket, whole);
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    private static Sockets alone(IpSocket socket, boolean whole) throws LinuxException {
        prepare(socket);
        socket.dontFragment(whole);
        socket.receiveErrors(whole);
        return new Sockets(socket, socket);
    }

    /** Those that another object opened and set up. */
    static Sockets adopt(ParkedPort parked) throws LinuxException {
        List<IpSocket> sockets = new ArrayList<>();
        for (int number : parked.descriptors()) {
            Descriptor descriptor = Descriptor.adopt(number);
            sockets.add(parked.encapsulation() == Encapsulation.UDP ? UdpSocket.adopt(descriptor)
                    : parked.controlOnly() ? L2tpIpSocket.adopt(descriptor) : RawSocket.adopt(descriptor));
        }
        return new Sockets(sockets.get(0), sockets.get(sockets.size() - 1));
    }

    /** Each of them. */
    List<IpSocket> all() {
        return pieces == whole ? List.of(pieces) : List.of(pieces, whole);
    }

    private static UdpSocket udp(AddressFamily family, PortOptions options) throws LinuxException {
        UdpSocket socket = UdpSocket.open(family);
        if (!options.checksums() && family == AddressFamily.INET) {
            socket.checksums(false);
        }
        return socket;
    }

    /** Those of IP protocol 115. Each such socket hears every error, so that one of them listens for them, and for nothing else. */
    static Sockets ip(InetAddress any, int worker, int workers) throws IOException {
        AddressFamily family = AddressFamily.of(any);
        RawSocket pieces = raw(family);
        try {
            pieces.keepOnly(Steering.ip(family, worker, workers));
            RawSocket whole = raw(family);
            try {
                whole.keepOnly(new SocketFilter().drop());
                return new Sockets(pieces, whole).prepared();
            } catch (LinuxException refused) {
                whole.close();
                throw refused;
            }
        } catch (LinuxException refused) {
            pieces.close();
            throw refused;
        }
    }

    private static RawSocket raw(AddressFamily family) throws IOException {
        try {
            return RawSocket.open(family, L2TP);
        } catch (LinuxException refused) {
            throw refused.errno() != Errno.EPERM ? refused : new IOException(refused.getMessage()
                    + "; CAP_NET_RAW is missing, without which there is only L2TP over UDP", refused);
        }
    }

    private Sockets prepared() throws LinuxException {
        prepare(pieces);
        prepare(whole);
        pieces.dontFragment(false);
        whole.dontFragment(true);
        whole.receiveErrors(true);
        return this;
    }

    private static void prepare(IpSocket socket) throws LinuxException {
        socket.receiveBuffer(BUFFER_BYTES);
        socket.sendBuffer(BUFFER_BYTES);
        socket.packetInfo(true);
    }

    void close() {
        all().forEach(IpSocket::close);
    }
}
