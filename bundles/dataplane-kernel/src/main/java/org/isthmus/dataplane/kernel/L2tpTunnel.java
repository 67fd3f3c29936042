package org.isthmus.dataplane.kernel;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.l2tp.KernelTunnel;
import org.isthmus.linux.l2tp.L2tpFamily;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.protocol.wire.SessionHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tunnel of the kernel's, made of the socket that the engine has opened for it: when that is closed the kernel's tunnel goes, so that nothing
 * is left when this process dies. On the tunnel's worker alone.
 */
final class L2tpTunnel implements TunnelPath {

    private static final Logger LOG = LoggerFactory.getLogger(L2tpTunnel.class);

    private final KernelSystem system;
    private final TunnelSpec spec;
    private final Map<Integer, L2tpSession> sessions = new ConcurrentHashMap<>();
    private final DataHeader header = new DataHeader();
    private volatile boolean closed;
    private boolean left;
    /** How often an engine has gone. */
    private volatile int parkings;
    private long malformed;
    private long unknownSession;

    private L2tpTunnel(KernelSystem system, TunnelSpec spec) {
        this.system = system;
        this.spec = spec;
    }

    static CompletionStage<TunnelPath> open(KernelSystem system, TunnelSpec spec) {
        Optional<L2tpTunnel> waiting = system.parked().take(spec);
        if (waiting.isPresent()) {
            return CompletableFuture.completedFuture(waiting.get());
        }
        L2tpTunnel tunnel = new L2tpTunnel(system, spec);
        KernelTunnel wanted = new KernelTunnel(spec.tunnelId(), spec.peerTunnelId(), spec.version(),
                spec.encapsulation() == Encapsulation.IP);
        return KernelTask.start(system.thread(), tunnel.toString(), () -> false, () -> {
            if (!system.ends().add(tunnel.ends())) {
                throw new LinuxException("make " + wanted + " beside another one to the same peer and port", Errno.EBUSY);
            }
            try {
                system.generic().execute(system.l2tp().createTunnel(wanted, spec.socket()));
            } catch (LinuxException refused) {
                if ((refused.errno() == Errno.EEXIST || refused.errno() == Errno.EBUSY) && tunnel.wasLeft()) { // which it is depends on the version
                    tunnel.left = true;
                    return tunnel;
                }
                if (refused.errno() != Errno.ENOBUFS) {
                    system.ends().remove(tunnel.ends());
                    throw refused;
                }
                // Some kernels say so when the tunnel is there and only nobody could be told.
                LOG.debug("{}: {}", tunnel, refused.getMessage());
            }
            return tunnel;
        });
    }

    /** Whether the kernel has it of a process before this one, whose socket the engine goes on with. */
    private boolean wasLeft() throws LinuxException {
        L2tpFamily l2tp = system.l2tp();
        return system.left().mayHave() && system.generic().dump(l2tp.listTunnels(), message ->
                l2tp.tunnelId(message).filter(id -> id == spec.tunnelId()).flatMap(id -> l2tp.peerTunnelId(message)))
                .contains(spec.peerTunnelId());
    }

    /** Whether the kernel may have its sessions already. For the system's thread. */
    boolean isLeft() {
        return left;
    }

    /** What tells the kernel which tunnel a packet belongs to, before 6.12: over UDP the ports, over IP the identifier. */
    private List<Object> ends() {
        return spec.encapsulation() == Encapsulation.UDP ? List.of(spec.local(), spec.peer()) : List.of(spec.tunnelId());
    }

    KernelSystem system() {
        return system;
    }

    TunnelSpec spec() {
        return spec;
    }

    @Override
    public CompletionStage<SessionPath> openSession(SessionSpec session, SessionPort port) {
        L2tpSession waiting = sessions.get(session.sessionId());
        if (waiting != null && waiting.resume(session, port)) {
            return CompletableFuture.completedFuture(waiting);
        }
        String refusal = refusal(session);
        if (!refusal.isEmpty()) {
            return CompletableFuture.failedFuture(new DataplaneException("session " + session.name() + ": " + refusal));
        }
        L2tpSession opening = session.pseudowire() instanceof PppPseudowire ? new PppSession(this, session, port)
                : new EthernetSession(this, session, port);
        sessions.put(session.sessionId(), opening);
        return opening.open();
    }

    private String refusal(SessionSpec session) {
        if (closed) {
            return this + " is closed";
        }
        if (session.header() instanceof V2Header != (spec.version() == 2)) {
            return this + " is of L2TPv" + spec.version() + ", the session's header is not";
        }
        if (session.pseudowire() instanceof PppPseudowire) {
            if (system.pppLack().isPresent()) {
                return system.pppLack().get();
            }
        } else if (spec.version() == 2) {
            return "L2TPv2 carries PPP only";
        }
        if (session.header() instanceof V3Header v3 && v3.sendSublayer() != v3.receiveSublayer()) {
            return "the kernel has the sublayer of L2TPv3 in both directions or in none: set l2spec_type as the peer has it, or dataplane to"
                    + " user";
        }
        if (sessions.containsKey(session.sessionId())) {
            return this + " has a session with the id " + Integer.toUnsignedString(session.sessionId()) + " already";
        }
        return "";
    }

    /** Takes what the kernel left to the engine: packets of no session of its, and those that were too short for it, or came before it knew. */
    @Override
    public void receive(ByteBuffer packet, long nowMillis) {
        int id;
        if (spec.version() == 2) {
            if (header.parse(packet) != DatagramKind.DATA || header.tunnelId() != spec.tunnelId()) {
                malformed++;
                return;
            }
            id = header.sessionId();
        } else {
            id = SessionHeader.sessionId(packet, spec.encapsulation() == Encapsulation.UDP);
        }
        L2tpSession session = sessions.get(id);
        if (session == null) {
            unknownSession++;
        } else if (spec.version() == 2) {
            session.received(packet, header.payloadPosition(), header.payloadPosition() + header.payloadLength());
        } else {
            session.received(packet);
        }
    }

    /** The kernel goes on by the socket, which the engine has connected to where the peer is now. */
    @Override
    public void peerMoved(TunnelSpec moved) {
    }

    @Override
    public TunnelDataCounters counters() {
        return new TunnelDataCounters(malformed, unknownSession);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        List.copyOf(sessions.values()).forEach(L2tpSession::close);
        system.thread().run(() -> {
            system.ends().remove(ends());
            try {
                system.generic().execute(system.l2tp().deleteTunnel(spec.tunnelId()));
            } catch (LinuxException refused) {
                if (refused.errno() != Errno.ENODEV) { // it goes with its socket
                    LOG.warn("{} is still in the kernel: {}", this, refused.getMessage());
                }
            }
        });
    }

    /** Whether it goes, and all of its sessions with it. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void park() {
        parkings++; // by its worker alone
        sessions.values().forEach(L2tpSession::park);
        system.parked().add(this);
    }

    int parkings() {
        return parkings;
    }

    /** Leaves it to the next version; its socket is the engine's. On the system's thread. */
    void leave(Succession succession) {
        closed = true;
        sessions.values().forEach(session -> session.leave(succession));
    }

    /** What the engine has not asked for by now it never will. On the system's thread. */
    void expireSessions() {
        List.copyOf(sessions.values()).stream().filter(L2tpSession::isParked).forEach(session -> {
            LOG.warn("{} is closed: the engine that came for its tunnel did not come for it", session);
            session.close();
        });
    }

    void forget(L2tpSession session) {
        sessions.remove(session.sessionId(), session);
    }

    @Override
    public String toString() {
        return "tunnel " + spec.name() + " (id " + Integer.toUnsignedString(spec.tunnelId()) + ")";
    }
}
