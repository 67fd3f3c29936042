package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

import org.osgi.annotation.versioning.ConsumerType;

/** A tunnel's data path. Called by the tunnel's worker only. */
@ConsumerType
public interface TunnelPath {

    /**
     * Opens the path of a session.
     *
     * @param port what the path tells the engine
     * @return completes with the path, ready for use, or exceptionally with {@link DataplaneException}
     */
    CompletionStage<SessionPath> openSession(SessionSpec spec, SessionPort port);

    /**
     * Takes a data packet that the engine read from the tunnel's socket and found to come from the peer: L2TP header
     * and payload, from position to limit of a direct buffer. The buffer is the engine's again on return. Must not
     * allocate, lock, or throw for whatever the packet holds.
     */
    void receive(ByteBuffer packet);

    /** Tells that the peer is heard at another address; packets go there from now on through the same port. */
    void peerMoved(TunnelSpec spec);

    TunnelDataCounters counters();

    /** Closes the path and those of its sessions. */
    void close();
}
