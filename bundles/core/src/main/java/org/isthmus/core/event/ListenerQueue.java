package org.isthmus.core.event;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.isthmus.api.L2tpEvent;
import org.isthmus.api.L2tpListener;
import org.isthmus.core.plugin.CallRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that one listener is still to be told, and the thread that tells them: a listener that is slow holds up nobody else. When
 * its queue is full, or while it is set aside since it failed repeatedly, events are dropped for it and counted, and the log says so
 * once a minute.
 */
final class ListenerQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerQueue.class);
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final L2tpListener listener;
    private final CallRecord record;
    private final EventQueue<L2tpEvent> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean finishing;
    private volatile boolean abandoned;
    private long droppedTold; // this and the next of its thread
    private long toldNanos;

    ListenerQueue(L2tpListener listener, CallRecord record, int capacity) {
        this.listener = listener;
        this.record = record;
        this.queue = new EventQueue<>(capacity);
        this.thread = new Thread(this::run, "isthmus-events-" + listener.getClass().getSimpleName());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isOf(L2tpListener other) {
        return listener == other;
    }

    /** Any thread; never waits. False if the event had to be dropped. */
    boolean offer(L2tpEvent event) {
        if (record.isSetAside() || !queue.offer(event)) {
            dropped.incrementAndGet();
            return false;
        }
        if (idle) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    /** Events that it was not told. */
    long dropped() {
        return dropped.get();
    }

    private void run() {
        while (!abandoned) {
            if (!deliverNext()) {
                if (finishing && queue.isEmpty()) {
                    return;
                }
                await();
            }
        }
    }

    /** Tells the next event; false when there is none. On its thread, if that was started. */
    boolean deliverNext() {
        L2tpEvent event = queue.poll();
        if (event == null) {
            return false;
        }
        try {
            record.time(() -> {
                listener.happened(event);
                return null;
            });
            record.succeeded();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
            record.failed(failure);
        }
        tellDropped();
        return true;
    }

    /** A writer looks at {@code idle} after it has put its event, we look at the queue after we have set it. */
    private void await() {
        idle = true;
        if (queue.isEmpty() && !finishing && !abandoned) {
            LockSupport.park(this);
        } else {
            Thread.onSpinWait(); // a writer has its number and is about to put its event
        }
        idle = false;
    }

    private void tellDropped() {
        long now = dropped.get();
        if (now != droppedTold && (droppedTold == 0 || System.nanoTime() - toldNanos >= MINUTE_NANOS)) {
            LOG.warn("{} was not told {} events, since it is too slow or had failed; what it keeps of tunnels may be wrong. Look for what"
                    + " it waits for", record, now - droppedTold);
            droppedTold = now;
            toldNanos = System.nanoTime();
        }
    }

    /** Ends as soon as the call returns that it may be in. */
    void abandon() {
        abandoned = true;
        LockSupport.unpark(thread);
    }

    /** Ends when all is told. */
    void finish() {
        finishing = true;
        LockSupport.unpark(thread);
    }

    /**
     * Waits for the end of {@link #finish}, at most until then.
     *
     * @return how many events were not told
     */
    int await(long deadlineNanos) {
        boolean interrupted = false;
        // Never started, ended before, or a listener stops us: nobody to wait for.
        if (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join(Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException atOnce) {
                interrupted = true;
            }
        }
        abandoned = true;
        int left = queue.size();
        if (thread.isAlive() && Thread.currentThread() != thread) {
            LOG.warn("{} did not come back in time; it was not told {} events", record, left);
            thread.interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }
}
