package org.isthmus.dataplane.user;

import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.DatagramKind;
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

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One tunnel: finds the session of each received packet. On the tunnel's worker alone. */
final class UserTunnel implements TunnelPath {

    private final TunnelSpec spec;
    private final TunnelPort port;
    private final NetworkSetup system;
    private final Supplier<ByteBuffer> scratch;
    private final IdTable<UserSession> sessions = new IdTable<>();
    private final DataHeader header = new DataHeader();
    private boolean closed;
    private long malformed;
    private long unknownSession;

    /**
     * @param scratch gives the calling worker's buffer to build packets in
     */
    UserTunnel(TunnelSpec spec, TunnelPort port, NetworkSetup system, Supplier<ByteBuffer> scratch) {
        this.spec = spec;
        this.port = port;
        this.system = system;
        this.scratch = scratch;
        system.tunnelOpened();
    }

    @Override
    public CompletionStage<SessionPath> openSession(SessionSpec session, SessionPort sessionPort) {
        if (closed) {
            return CompletableFuture.failedFuture(new DataplaneException("session " + session.name() + ": " + this + " is closed"));
        }
        if (!(session.header() instanceof V2Header) || !(session.pseudowire() instanceof PppPseudowire)) {
            return CompletableFuture.failedFuture(new DataplaneException(
                    "session " + session.name() + ": the data plane 'user' carries PPP over L2TPv2 only"));
        }
        if (sessions.get(session.sessionId()) != null) {
            return CompletableFuture.failedFuture(new DataplaneException(
                    "session " + session.name() + ": " + this + " has a session with the id " + session.sessionId() + " already"));
        }
        UserSession opened = new UserSession(this, session, sessionPort,
                new FrameSender(port, spec.peerTunnelId(), session), system);
        sessions.put(session.sessionId(), opened);
        return CompletableFuture.completedFuture(opened);
    }

    @Override
    public void receive(ByteBuffer packet, long nowMillis) {
        if (header.parse(packet) != DatagramKind.DATA || header.tunnelId() != spec.tunnelId()) {
            malformed++;
            return;
        }
        UserSession session = sessions.get(header.sessionId());
        if (session == null) {
            unknownSession++;
            return;
        }
        session.receive(packet, header);
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
            system.tunnelClosed();
        }
    }

    void forget(UserSession session) {
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
        return "tunnel " + spec.name() + " (id " + spec.tunnelId() + ")";
    }
}
