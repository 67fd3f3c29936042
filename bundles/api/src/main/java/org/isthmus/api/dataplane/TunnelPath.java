package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A tunnel's data path. Called by the tunnel's worker only, which also tells it the time: milliseconds that never run
 * backwards.
 */
@ConsumerType
public interface TunnelPath {
    /** A {@link #nextTimeoutMillis} that never comes. */
    long NEVER = Long.MAX_VALUE;
    /** So long a path that is parked waits for another engine. */
    long PARKED_MILLIS = 60_000;

    /**
     * Opens the path of a session.
     *
     * @param port what the path tells the engine
     * @return completes with the path, ready for use, or exceptionally with {@link DataplaneException}
     */
    CompletionStage<SessionPath> openSession(SessionSpec spec, SessionPort port);

    /**
     * Takes a data packet that the engine read from the tunnel's socket and found to come from the peer, from position to
     * limit of a direct buffer: L2TP header and payload. The header begins with the flags over UDP (RFC 2661 3.1, RFC 3931
     * 4.1.2.1), with the session id over IP (RFC 3931 4.1.1.1). The buffer is the engine's again on return. Must not
     * allocate, lock, or throw for whatever the packet holds.
     *
     * @param nowMillis the time
     */
    void receive(ByteBuffer packet, long nowMillis);

    /** When {@link #timeout} wants to be called; may have come nearer with each {@link #receive}. Must not allocate. */
    default long nextTimeoutMillis() {
        return NEVER;
    }

    /** Does what is due: packets that waited in vain for those before them go on. */
    default void timeout(long nowMillis) {
    }

    /** Tells that the peer is heard at another address; packets go there from now on through the same port. */
    void peerMoved(TunnelSpec spec);

    TunnelDataCounters counters();

    /**
     * The engine goes, and another version of it is expected to go on with the tunnel. Nothing that the engine gave is called from now on,
     * neither the port of the tunnel nor those of its sessions; the path and those of its sessions, their interfaces, addresses and routes
     * stay as they are, and where packets do not pass through the engine they go on passing. Until the engine is back
     * {@link Dataplane#openTunnel} is asked for a tunnel with the same identifiers and {@link #openSession} for each of its sessions: both
     * give what was parked, with the new ports. What nobody has asked for after {@link #PARKED_MILLIS} is closed.
     *
     * <p>A data plane that cannot do that closes the path, and opens another one then.
     */
    default void park() {
        close();
    }

    /** Closes the path and those of its sessions. */
    void close();
}
