package org.isthmus.core.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.ArrivalHandler;
import org.isthmus.core.net.Network;
import org.isthmus.core.net.ParkedPort;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.net.PortOptions;
import org.isthmus.core.net.TooBig;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.Epoll;
import org.isthmus.linux.Errno;
import org.isthmus.linux.IpSocket;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.ReceiveBatch;
import org.isthmus.linux.SocketError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker's sockets, waited for together and read in batches. */
final class LinuxNetwork implements Network {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxNetwork.class);
    private static final int EVENTS = 64;
    private static final int BATCH = 32;
    private static final int LONGEST_PACKET = 16_384 + 64;
    private static final int MOST_BATCHES_PER_TURN = 8;
    private static final int MOST_ERRORS_PER_TURN = 64;

    private final int worker;
    private final int workers;
    private final Optional<DescriptorStore> store;
    private final Epoll epoll;
    private final ReceiveBatch batch = new ReceiveBatch(BATCH, LONGEST_PACKET);
    private final LinuxArrival arrival = new LinuxArrival(batch);
    private final List<Heard> byToken = new ArrayList<>();
    /** Open, and not heard yet. */
    private final List<LinuxPort> adopted = new ArrayList<>();
    private final ArrayDeque<Integer> freeTokens = new ArrayDeque<>();

    /** @param store who keeps sockets in case this process is killed, if somebody does */
    LinuxNetwork(int worker, int workers, Optional<DescriptorStore> store) throws LinuxException {
        this.worker = worker;
        this.workers = workers;
        this.store = store;
        this.epoll = Epoll.open(EVENTS);
    }

    /** A socket that is waited for, and the port that it belongs to. */
    private record Heard(LinuxPort port, IpSocket socket) {
    }

    @Override
    public Port open(InetSocketAddress local, PortOptions options) throws IOException {
        Sockets sockets = Sockets.udp(local, options, workers);
        return opened(sockets, sockets.pieces().localAddress(), options, Optional.empty());
    }

    @Override
    public Port openFor(PeerPath path, int tunnelId, int peerTunnelId, boolean whole) throws IOException {
        LinuxPort beside = ((LinuxPort.LinuxPath) path).port();
        if (path.encapsulation() == Encapsulation.IP) {
            return opened(Sockets.ipFor(path, tunnelId, peerTunnelId, whole), path.local(), beside.options(), Optional.of(beside));
        }
        Sockets sockets = Sockets.udpFor(path, beside.options(), whole);
        return opened(sockets, sockets.pieces().localAddress(), beside.options(), Optional.of(beside));
    }

    @Override
    public Port openIp(InetAddress any) throws IOException {
        return opened(Sockets.ip(any, worker, workers), new InetSocketAddress(any, 0), PortOptions.SHARED,
                Optional.empty());
    }

    @Override
    public int keep(Port port, IntFunction<String> name) {
        return store.map(keeper -> ((LinuxPort) port).keptAs(keeper, name)).orElse(0);
    }

    @Override
    public ParkedPort park(Port port) {
        forget((LinuxPort) port);
        return ((LinuxPort) port).park();
    }

    @Override
    public Port adopt(ParkedPort parked, Optional<Port> beside) throws IOException {
        LinuxPort port = new LinuxPort(this, Sockets.adopt(parked), parked.local(), parked.options(), beside.map(LinuxPort.class::cast));
        adopted.add(port);
        return port;
    }

    @Override
    public void hear() {
        for (LinuxPort port : adopted) {
            try {
                if (port.isOpen()) {
                    hear(port);
                }
            } catch (LinuxException refused) {
                LOG.error("{} is not heard any more: {}", port.local(), refused.getMessage());
            }
        }
        adopted.clear();
    }

    private LinuxPort opened(Sockets sockets, InetSocketAddress local, PortOptions options, Optional<LinuxPort> beside)
            throws LinuxException {
        LinuxPort port = new LinuxPort(this, sockets, local, options, beside);
        try {
            hear(port);
        } catch (LinuxException refused) {
            port.close();
            throw refused;
        }
        return port;
    }

    private void hear(LinuxPort port) throws LinuxException {
        for (IpSocket socket : port.sockets()) {
            hear(new Heard(port, socket));
        }
    }

    private void hear(Heard heard) throws LinuxException {
        int token = freeTokens.isEmpty() ? byToken.size() : freeTokens.pop();
        if (token == byToken.size()) {
            byToken.add(heard);
        } else {
            byToken.set(token, heard);
        }
        heard.port.heardBy(token);
        epoll.add(heard.socket.descriptor(), Epoll.READ, token);
    }

    void forget(LinuxPort port) {
        for (int token : port.tokens()) {
            if (byToken.get(token) != null && byToken.get(token).port == port) {
                byToken.set(token, null);
                freeTokens.push(token);
            }
        }
    }

    /** Waits for at most so long, until something comes or {@link #wakeUp}. */
    int await(long millis) {
        return epoll.await(millis == Long.MAX_VALUE ? -1 : millis);
    }

    /** Hands over what has come. */
    void deliver(int events, ArrivalHandler handler) {
        for (int i = 0; i < events; i++) {
            Heard heard = byToken.get((int) epoll.token(i));
            if (heard != null) {
                if ((epoll.events(i) & Epoll.ERROR) != 0) {
                    readErrors(heard, handler);
                }
                read(heard, handler);
            }
        }
    }

    /** Packets that were too big for their way, and errors of no interest. */
    private static void readErrors(Heard heard, ArrivalHandler handler) {
        for (int i = 0; i < MOST_ERRORS_PER_TURN; i++) {
            Optional<SocketError> error = heard.socket.pollError();
            if (error.isEmpty()) {
                return;
            }
            error.filter(report -> report.errno() == Errno.EMSGSIZE && report.mtu() > 0)
                    .ifPresent(report -> handler.tooBig(heard.port.encapsulation(), new TooBig(report.destination(), report.mtu(),
                            report.origin() == SocketError.Origin.LOCAL, report.quoted())));
        }
    }

    private void read(Heard heard, ArrivalHandler handler) {
        int errors = 0;
        for (int round = 0; round < MOST_BATCHES_PER_TURN; round++) {
            int received = batch.receive(heard.socket);
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
                    heard.port.skipHeader(batch.data(slot));
                    handler.arrived(arrival.at(heard.port, slot));
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

    /** Hears nothing any more; the sockets are somebody else's. */
    void abandon() {
        epoll.close();
    }

    void close() {
        byToken.stream().filter(Objects::nonNull).toList().forEach(heard -> heard.port.close());
        adopted.forEach(LinuxPort::close);
        epoll.close();
    }
}
