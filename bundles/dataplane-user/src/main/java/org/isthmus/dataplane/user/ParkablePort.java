package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.linux.Errno;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The way to a tunnel's peer, which goes with one engine and comes again with the next. Meanwhile whoever wants to send waits, for a
 * moment: what the system has for the peer then stays in the queues of its interfaces.
 */
final class ParkablePort implements TunnelPort {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private volatile TunnelPort way;
    private volatile long parkedAt;

    ParkablePort(TunnelPort way) {
        this.way = way;
    }

    void park() {
        parkedAt = System.nanoTime();
        way = null;
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
        while (way == null && System.nanoTime() - parkedAt < PATIENCE_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return way;
    }
}
