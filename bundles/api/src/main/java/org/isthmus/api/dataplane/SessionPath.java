package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

import org.osgi.annotation.versioning.ConsumerType;

/** A session's data path. Called by its tunnel's worker only. */
@ConsumerType
public interface SessionPath {

    /** Sends a PPP control frame: begins with the two-byte PPP protocol field, from position to limit. */
    void sendPpp(ByteBuffer frame);

    /**
     * Lets network packets pass: puts the addresses and routes into the system. A second call replaces what the
     * first said.
     *
     * @return completes when packets can pass, or exceptionally with {@link DataplaneException}
     */
    CompletionStage<Void> networkUp(NetworkSpec network);

    /** Stops network packets and takes away addresses and routes; PPP control frames still pass. */
    void networkDown();

    /** The name of the interface that the session's packets use, or an empty string before there is one. */
    String interfaceName();

    SessionDataCounters counters();

    /** Closes the path; the packets of the session are dropped from now on. */
    void close();
}
