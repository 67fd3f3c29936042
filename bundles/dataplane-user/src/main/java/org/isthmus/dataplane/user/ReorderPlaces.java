package org.isthmus.dataplane.user;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory in which sessions of one tunnel keep packets that came early. A session has a piece only while it keeps some; pieces
 * are used again, so that nothing is allocated once there are enough. For the tunnel's worker.
 *
 * <p>All tunnels of a data plane draw on one budget: where it is used up, packets are not kept, and a gap is given up at once.
 */
final class ReorderPlaces {

    private static final Logger LOG = LoggerFactory.getLogger(ReorderPlaces.class);
    private static final long MOST_BYTES = 256L << 20;
    /** Pieces that wait to be used again. */
    private static final int SPARE = 64;

    private final AtomicLong budget;
    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();

    /** @param budget bytes that all tunnels together may still take */
    ReorderPlaces(AtomicLong budget) {
        this.budget = budget;
    }

    /** What all tunnels of a data plane may take: 256 MB, or a quarter of what the JVM may use if that is less. */
    static AtomicLong budget() {
        return new AtomicLong(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4));
    }

    /** A piece of memory of at least so many bytes, or null. */
    ByteBuffer take(int bytes) {
        ByteBuffer piece = spare.pollLast();
        if (piece != null && piece.capacity() >= bytes) {
            return piece;
        }
        if (piece != null) {
            budget.getAndAdd(piece.capacity());
        }
        long left = budget.addAndGet(-bytes);
        if (left < 0) {
            budget.getAndAdd(bytes);
            LOG.debug("No memory is left to put packets back in order: a packet that came early goes on at once");
            return null;
        }
        return ByteBuffer.allocateDirect(bytes);
    }

    /** Gives a piece back. */
    void give(ByteBuffer piece) {
        if (spare.size() < SPARE) {
            spare.addLast(piece);
        } else {
            budget.getAndAdd(piece.capacity());
        }
    }

    /** The tunnel ends, its sessions before it. */
    void close() {
        spare.forEach(piece -> budget.getAndAdd(piece.capacity()));
        spare.clear();
    }
}
