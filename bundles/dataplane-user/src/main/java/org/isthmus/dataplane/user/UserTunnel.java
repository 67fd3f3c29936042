package org.isthmus.dataplane.user;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.protocol.wire.SessionHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One tunnel: finds the session of each received packet. On the tunnel's worker alone. */
final class UserTunnel implements TunnelPath {

    private static final Logger LOG = LoggerFactory.getLogger(UserTunnel.class);

    private final TunnelSpec spec;
    private final boolean udp;
    private final ParkablePort port;
    private final ParkedTunnels parked;
    private final NetworkSetup system;
    private final Supplier<ByteBuffer> scratch;
    private final ReorderPlaces places;
    private final IdTable<UserSession> sessions = new IdTable<>();
    private final DataHeader header = new DataHeader();
    private final WaitingSessions waiting = new WaitingSessions();
    /** Sessions that the system refused, to be taken out by the worker. */
    private final Queue<UserSession> refused = new ConcurrentLinkedQueue<>();
    private boolean closed;
    /** How often an engine has gone. */
    private volatile int parkings;
    private long malformed;
    private long unknownSession;

    /**
     * @param scratch gives the calling worker's buffer to build packets in
     * @param budget  of {@link ReorderPlaces}
     * @param parked  where it waits while there is no engine
     */
    UserTunnel(TunnelSpec spec, TunnelPort port, NetworkSetup system, Supplier<ByteBuffer> scratch, AtomicLong budget,
            ParkedTunnels parked) {
        this.spec = spec;
        this.udp = spec.encapsulation() == Encapsulation.UDP;
        this.port = new ParkablePort(port);
        this.parked = parked;
        this.system = system;
        this.scratch = scratch;
        this.places = new ReorderPlaces(budget);
        system.tunnelOpened();
    }

    TunnelSpec spec() {
        return spec;
    }

    ReorderPlaces places() {
        return places;
    }

    TunnelPort port() {
        return port;
    }

    @Override
    public CompletionStage<SessionPath> openSession(SessionSpec session, SessionPort sessionPort) {
        for (UserSession dead = refused.poll(); dead != null; dead = refused.poll()) {
            dead.close();
        }
        UserSession waiting = sessions.get(session.sessionId());
        if (waiting != null && waiting.resume(session, sessionPort)) {
            return CompletableFuture.completedFuture(waiting);
        }
        String refusal = refusal(session);
        if (!refusal.isEmpty()) {
            return CompletableFuture.failedFuture(new DataplaneException("session " + session.name() + ": " + refusal));
        }
        if (session.pseudowire() instanceof PppPseudowire) {
            PppSession opened = new PppSession(this, session, sessionPort, system);
            sessions.put(session.sessionId(), opened);
            return CompletableFuture.completedFuture(opened);
        }
        EthernetSession opened = new EthernetSession(this, session, sessionPort, system);
        sessions.put(session.sessionId(), opened);
        return system.open(opened).handle((done, failure) -> {
            if (failure != null) {
                refused.add(opened);
            }
            return failure;
        }).thenCompose(failure -> failure == null
                ? CompletableFuture.completedFuture((SessionPath) opened) : CompletableFuture.failedFuture(failure));
    }

    private String refusal(SessionSpec session) {
        if (closed) {
            return this + " is closed";
        }
        if (session.header() instanceof V2Header != (spec.version() == 2)) {
            return this + " is of L2TPv" + spec.version() + ", the session's header is not";
        }
        if (spec.version() == 2 && !(session.pseudowire() instanceof PppPseudowire)) {
            return "L2TPv2 carries PPP only";
        }
        if (session.pseudowire() instanceof PppPseudowire ppp && ppp.external()) {
            return "PPP outside of this process needs sessions in the kernel, and the data plane 'user' serves this one: set ppp_provider"
                    + " internal in its ppp profile, or have the data plane 'kernel' serve its tunnel";
        }
        if (sessions.get(session.sessionId()) != null) {
            return this + " has a session with the id " + Integer.toUnsignedString(session.sessionId()) + " already";
        }
        return "";
    }

    @Override
    public void receive(ByteBuffer packet, long nowMillis) {
        if (spec.version() == 3) {
            receiveV3(packet, nowMillis);
            return;
        }
        if (header.parse(packet) != DatagramKind.DATA || header.tunnelId() != spec.tunnelId()) {
            malformed++;
            return;
        }
        UserSession session = sessions.get(header.sessionId());
        if (session == null) {
            unknownSession++;
        } else {
            session.receive(packet, header, nowMillis);
        }
    }

    private void receiveV3(ByteBuffer packet, long nowMillis) {
        int sessionId = SessionHeader.sessionId(packet, udp);
        if (sessionId == 0) {
            malformed++;
            return;
        }
        UserSession session = sessions.get(sessionId);
        if (session == null) {
            unknownSession++;
        } else {
            session.receive(packet, nowMillis);
        }
    }

    /** A session keeps packets, or has let them go. */
    void waits(UserSession session) {
        waiting.add(session);
    }

    @Override
    public long nextTimeoutMillis() {
        return waiting.deadline();
    }

    @Override
    public void timeout(long nowMillis) {
        waiting.timeout(nowMillis);
    }

    /** Nothing to change here: the port knows the way. */
    @Override
    public void peerMoved(TunnelSpec moved) {
    }

    @Override
    public TunnelDataCounters counters() {
        return new TunnelDataCounters(malformed, unknownSession);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sessions.values().forEach(UserSession::close);
            places.close();
            system.tunnelClosed();
        }
    }

    @Override
    public void park() {
        parkings++; // by its worker alone
        port.park();
        sessions.values().forEach(UserSession::park);
        parked.add(this);
    }

    /** No engine comes for it to this data plane. */
    void abandon() {
        port.abandon();
    }

    int parkings() {
        return parkings;
    }

    /** Another engine goes on with it. */
    void resume(TunnelPort next) {
        port.resume(next);
    }

    /** What the engine has not asked for by now it never will: the worker takes it out with the next session that it opens. */
    void expireSessions() {
        sessions.values().stream().filter(UserSession::isParked).forEach(session -> {
            LOG.warn("{} is closed: the engine that came for its tunnel did not come for it", session);
            session.stop();
            refused.add(session);
        });
    }

    void forget(UserSession session) {
        waiting.remove(session);
        if (sessions.get(session.spec().sessionId()) == session) {
            sessions.remove(session.spec().sessionId());
        }
    }

    /** A buffer of the calling worker's, to build a packet in. */
    ByteBuffer scratch() {
        return scratch.get();
    }

    @Override
    public String toString() {
        return "tunnel " + spec.name() + " (id " + Integer.toUnsignedString(spec.tunnelId()) + ")";
    }
}
