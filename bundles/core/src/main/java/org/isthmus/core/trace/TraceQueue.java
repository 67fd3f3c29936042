package org.isthmus.core.trace;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.isthmus.api.TracedDatagram;
import org.isthmus.api.TunnelTrace;

/** Between a tunnel and one reader: bounded in datagrams and in bytes. Any thread may put; what does not fit is counted. */
final class TraceQueue implements TunnelTrace {
    static final int MOST_DATAGRAMS = 8_192;
    static final long MOST_BYTES = 8L << 20;

    private final String tunnel;
    private final boolean withData;
    private final Runnable atEnd;
    private final BlockingQueue<TracedDatagram> queue = new ArrayBlockingQueue<>(MOST_DATAGRAMS);
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** @param atEnd takes it off the tunnel */
    TraceQueue(String tunnel, boolean withData, Consumer<TraceQueue> atEnd) {
        this.tunnel = tunnel;
        this.withData = withData;
        this.atEnd = () -> atEnd.accept(this);
    }

    boolean withData() {
        return withData;
    }

    void put(TracedDatagram datagram) {
        int size = datagram.payload().length;
        if (bytes.addAndGet(size) > MOST_BYTES || !queue.offer(datagram)) {
            bytes.addAndGet(-size);
            dropped.incrementAndGet();
        }
    }

    @Override
    public String tunnel() {
        return tunnel;
    }

    @Override
    public Optional<TracedDatagram> next(Duration wait) throws InterruptedException {
        TracedDatagram next = queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (next != null) {
            bytes.addAndGet(-next.payload().length);
        }
        return Optional.ofNullable(next);
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        atEnd.run();
    }
}
