package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.linux.Errno;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The way to a tunnel's peer, which goes with one engine and comes again with the next. Meanwhile whoever wants to send waits, for a
 * moment: what the system has for the peer then stays in the queues of its interfaces.
 */
final class ParkablePort implements TunnelPort {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final LongSupplier nanos;
    private volatile TunnelPort way;
    private volatile long parkedAt;
    private volatile boolean hopeless;

    ParkablePort(TunnelPort way) {
        this(way, System::nanoTime);
    }

    ParkablePort(TunnelPort way, LongSupplier nanos) {
        this.way = way;
        this.nanos = nanos;
    }

    void park() {
        parkedAt = nanos.getAsLong();
        way = null;
    }

    /** No engine comes to this data plane any more: whoever waits is let go. */
    void abandon() {
        hopeless = true;
    }

    void resume(TunnelPort next) {
        way = next;
    }

    @Override
    public int send(ByteBuffer packet, int dscp) {
        TunnelPort now = way;
        if (now == null) {
            now = await();
        }
        return now == null ? -Errno.EAGAIN : now.send(packet, dscp);
    }

    private TunnelPort await() {
        while (way == null && !hopeless && nanos.getAsLong() - parkedAt < PATIENCE_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return way;
    }
}
