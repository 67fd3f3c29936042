package org.isthmus.api;

import java.time.Duration;
import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a tunnel sends and receives, as it happens, until it is closed. The tunnel never waits for the reader: what does not
 * fit into the queue between them is counted and left out. One reader; any thread.
 */
@ProviderType
public interface TunnelTrace extends AutoCloseable {

    /** The tunnel's name. */
    String tunnel();

    /** The next datagram, in order; empty if none comes in time. */
    Optional<TracedDatagram> next(Duration wait) throws InterruptedException;

    /** How many datagrams were left out. */
    long dropped();

    /** Ends it. */
    @Override
    void close();
}
