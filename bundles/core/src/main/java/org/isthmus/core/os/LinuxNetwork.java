package org.isthmus.core.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.ArrivalHandler;
import org.isthmus.core.net.Network;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.net.PortOptions;
import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Epoll;
import org.isthmus.linux.Errno;
import org.isthmus.linux.IpSocket;
import org.isthmus.linux.L2tpIpSocket;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.ReceiveBatch;
import org.isthmus.linux.SocketError;
import org.isthmus.linux.RawSocket;
import org.isthmus.linux.UdpSocket;

/** One worker's sockets, waited for together and read in batches. */
final class LinuxNetwork implements Network {
    /** IP protocol number of L2TP. */
    private static final int L2TP = 115;
    private static final int EVENTS = 64;
    private static final int BATCH = 32;
    private static final int LONGEST_PACKET = 16_384 + 64;
    private static final int MOST_BATCHES_PER_TURN = 8;
    private static final int MOST_ERRORS_PER_TURN = 64;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final int worker;
    private final int workers;
    private final Epoll epoll;
    private final ReceiveBatch batch = new ReceiveBatch(BATCH, LONGEST_PACKET);
    private final LinuxArrival arrival = new LinuxArrival(batch);
    private final List<LinuxPort> byToken = new ArrayList<>();
    private final ArrayDeque<Integer> freeTokens = new ArrayDeque<>();

    LinuxNetwork(int worker, int workers) throws LinuxException {
        this.worker = worker;
        this.workers = workers;
        this.epoll = Epoll.open(EVENTS);
    }

    @Override
    public Port open(InetSocketAddress local, PortOptions options) throws IOException {
        UdpSocket socket = udpSocket(local, options);
        try {
            socket.reusePort(options.shared());
            socket.bind(local);
            if (options.shared() && workers > 1) {
                socket.chooseBy(Steering.udp(workers));
            }
            socket.reusePort(true); // for a port of the same number that is one peer's own
            return opened(socket, socket.localAddress(), options, Optional.empty());
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    @Override
    public Port openFor(PeerPath path, int tunnelId, int peerTunnelId) throws IOException {
        LinuxPort beside = ((LinuxPort.LinuxPath) path).port();
        if (path.encapsulation() == Encapsulation.IP) {
            return openIpFor(path, tunnelId, peerTunnelId, beside);
        }
        UdpSocket socket = udpSocket(path.local(), beside.options());
        try {
            socket.reusePort(true);
            socket.bind(path.local());
            socket.connect(path.remote());
            return opened(socket, socket.localAddress(), beside.options(), Optional.of(beside));
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    private Port openIpFor(PeerPath path, int tunnelId, int peerTunnelId, LinuxPort beside) throws IOException {
        L2tpIpSocket socket = L2tpIpSocket.open(AddressFamily.of(path.remote().getAddress()));
        try {
            socket.bind(path.local().getAddress(), tunnelId);
            socket.connect(path.remote().getAddress(), peerTunnelId);
            return opened(socket, path.local(), beside.options(), Optional.of(beside));
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    private static UdpSocket udpSocket(InetSocketAddress local, PortOptions options) throws LinuxException {
        UdpSocket socket = UdpSocket.open(AddressFamily.of(local.getAddress()));
        if (!options.checksums() && socket.family() == AddressFamily.INET) {
            socket.checksums(false);
        }
        return socket;
    }

    @Override
    public Port openIp(InetAddress any) throws IOException {
        AddressFamily family = AddressFamily.of(any);
        RawSocket socket = rawSocket(family);
        try {
            socket.keepOnly(Steering.ip(family, worker, workers));
            return opened(socket, new InetSocketAddress(any, 0), PortOptions.SHARED, Optional.empty());
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    private static RawSocket rawSocket(AddressFamily family) throws IOException {
        try {
            return RawSocket.open(family, L2TP);
        } catch (LinuxException refused) {
            throw refused.errno() != Errno.EPERM ? refused : new IOException(refused.getMessage()
                    + "; CAP_NET_RAW is missing, without which there is only L2TP over UDP", refused);
        }
    }

    private LinuxPort opened(IpSocket socket, InetSocketAddress local, PortOptions options, Optional<LinuxPort> beside)
            throws LinuxException {
        socket.receiveBuffer(RECEIVE_BUFFER_BYTES);
        socket.sendBuffer(RECEIVE_BUFFER_BYTES);
        socket.packetInfo(true);
        socket.dontFragment(options.dontFragment());
        socket.receiveErrors(options.dontFragment());
        int token = freeTokens.isEmpty() ? byToken.size() : freeTokens.pop();
        LinuxPort port = new LinuxPort(this, socket, local, options, token, beside);
        epoll.add(socket.descriptor(), Epoll.READ, token);
        if (token == byToken.size()) {
            byToken.add(port);
        } else {
            byToken.set(token, port);
        }
        return port;
    }

    void forget(LinuxPort port) {
        if (byToken.get(port.token()) == port) {
            byToken.set(port.token(), null);
            freeTokens.push(port.token());
        }
    }

    /** Waits for at most so long, until something comes or {@link #wakeUp}. */
    int await(long millis) {
        return epoll.await(millis == Long.MAX_VALUE ? -1 : millis);
    }

    /** Hands over what has come. */
    void deliver(int events, ArrivalHandler handler) {
        for (int i = 0; i < events; i++) {
            LinuxPort port = byToken.get((int) epoll.token(i));
            if (port != null) {
                if ((epoll.events(i) & Epoll.ERROR) != 0) {
                    readErrors(port, handler);
                }
                read(port, handler);
            }
        }
    }

    /** Packets that were too big for their way, and errors of no interest. */
    private static void readErrors(LinuxPort port, ArrivalHandler handler) {
        for (int i = 0; i < MOST_ERRORS_PER_TURN; i++) {
            Optional<SocketError> error = port.socket().pollError();
            if (error.isEmpty()) {
                return;
            }
            error.filter(tooBig -> tooBig.errno() == Errno.EMSGSIZE && tooBig.mtu() > 0)
                    .ifPresent(tooBig -> handler.pathMtu(tooBig.destination(), tooBig.mtu()));
        }
    }

    private void read(LinuxPort port, ArrivalHandler handler) {
        int errors = 0;
        for (int round = 0; round < MOST_BATCHES_PER_TURN; round++) {
            int received = batch.receive(port.socket());
            if (received == -Errno.EAGAIN) {
                return;
            }
            if (received < 0) {
                // An ICMP error of an earlier packet; the protocol finds out by itself that a peer is gone.
                if (++errors > MOST_ERRORS_PER_TURN) {
                    return;
                }
                round--;
                continue;
            }
            for (int slot = 0; slot < received; slot++) {
                if (batch.truncated(slot)) {
                    handler.tooLong();
                } else {
                    port.skipHeader(batch.data(slot));
                    handler.arrived(arrival.at(port, slot));
                }
            }
            if (received < batch.slots()) {
                return;
            }
        }
    }

    /** Ends the wait, from any thread. */
    void wakeUp() {
        epoll.wakeUp();
    }

    void close() {
        for (LinuxPort port : byToken.stream().filter(Objects::nonNull).toList()) {
            if (port != null) {
                port.close();
            }
        }
        epoll.close();
    }
}
