package org.isthmus.core.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.isthmus.api.L2tpEvent;
import org.isthmus.api.L2tpListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happened, on one thread of its own and in the order in which each worker posted it. Posting never
 * waits and takes no lock: when listeners are so slow that the queue is full, events are dropped, counted, and the log
 * says so once a minute. A listener that throws is isolated: logged once a minute, counted, and told of the next event.
 */
public final class EventDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final long MINUTE_MILLIS = 60_000;

    private final EventQueue<L2tpEvent> queue;
    private final List<Registration> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final LongSupplier clock;
    private final Thread thread;
    private final OncePerMinute droppedLog = new OncePerMinute();
    private volatile boolean idle;
    private volatile boolean stopping;
    private volatile boolean abandoned;
    private long droppedLogged; // of the dispatcher's thread

    /** A listener, whose it is, and when it was last complained about. */
    private static final class Registration {
        private final L2tpListener listener;
        private final String owner;
        private final OncePerMinute log = new OncePerMinute();
        private long failures;

        Registration(L2tpListener listener, String owner) {
            this.listener = listener;
            this.owner = owner;
        }
    }

    /** Says yes the first time, and again when a minute has passed since it last did. */
    private static final class OncePerMinute {
        private boolean ever;
        private long lastMillis;

        boolean now(long nowMillis) {
            if (ever && nowMillis - lastMillis < MINUTE_MILLIS) {
                return false;
            }
            ever = true;
            lastMillis = nowMillis;
            return true;
        }
    }

    /** @param capacity how many events may wait for listeners */
    public EventDispatcher(int capacity) {
        this(capacity, () -> System.nanoTime() / 1_000_000);
    }

    EventDispatcher(int capacity, LongSupplier clock) {
        this.queue = new EventQueue<>(capacity);
        this.clock = clock;
        this.thread = new Thread(this::run, "isthmus-events");
        this.thread.setDaemon(true);
    }

    /** Begins to deliver. Events that were posted before are delivered first. */
    public void start() {
        thread.start();
    }

    /** Posts an event; false if it had to be dropped. Any thread. */
    public boolean post(L2tpEvent event) {
        if (stopping || !queue.offer(event)) {
            dropped.incrementAndGet();
            return false;
        }
        if (idle) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    /**
     * Adds a listener; it is told of what is delivered from now on.
     *
     * @param owner the name of its bundle, for the log
     */
    public void add(L2tpListener listener, String owner) {
        listeners.add(new Registration(listener, owner));
    }

    /** Takes a listener out. It may just be hearing a last event. */
    public void remove(L2tpListener listener) {
        listeners.removeIf(registration -> registration.listener == listener);
    }

    /** Whether anybody wants to be told; if not, nothing need be posted. */
    public boolean isListening() {
        return !listeners.isEmpty();
    }

    /** Events that were dropped. */
    public long dropped() {
        return dropped.get();
    }

    /** Calls of listeners that threw. */
    public long failures() {
        return failures.get();
    }

    /**
     * Takes no more events, delivers those that wait, and ends.
     *
     * @param deadline how long that may take
     * @return how many events were not delivered in that time; they are lost
     */
    public int stop(Duration deadline) {
        stopping = true;
        LockSupport.unpark(thread);
        if (!thread.isAlive() || Thread.currentThread() == thread) {
            abandoned = true; // never started, ended before, or a listener stops us: nobody to wait for
            return queue.size();
        }
        boolean interrupted = false;
        try {
            thread.join(Math.max(1, deadline.toMillis()));
        } catch (InterruptedException stopAtOnce) {
            interrupted = true;
        }
        abandoned = true;
        int left = queue.size();
        if (thread.isAlive()) {
            LOG.warn("A listener of events did not come back within {} ms; {} events were not told to anybody",
                    deadline.toMillis(), left);
            thread.interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    private void run() {
        while (!abandoned) {
            if (!deliverNext()) {
                if (stopping && queue.isEmpty()) {
                    return;
                }
                await();
            }
        }
    }

    /** Tells the listeners of the next event; false when there is none. On the dispatcher's thread, if it was started. */
    boolean deliverNext() {
        L2tpEvent event = queue.poll();
        if (event == null) {
            return false;
        }
        listeners.forEach(registration -> tell(registration, event));
        logDropped();
        return true;
    }

    /** A writer looks at {@code idle} after it has put its event, we look at the queue after we have set it. */
    private void await() {
        idle = true;
        if (queue.isEmpty() && !stopping) {
            LockSupport.park(this);
        } else {
            Thread.onSpinWait(); // a writer has its number and is about to put its event
        }
        idle = false;
    }

    private void tell(Registration registration, L2tpEvent event) {
        try {
            registration.listener.happened(event);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
            failures.incrementAndGet();
            registration.failures++;
            if (registration.log.now(clock.getAsLong())) {
                LOG.warn("Listener {} of bundle {} failed, {} times by now; it goes on being told of events. Update or"
                        + " stop the bundle if this repeats", registration.listener.getClass().getName(),
                        registration.owner, registration.failures, failure);
            }
        }
    }

    private void logDropped() {
        long now = dropped.get();
        if (now != droppedLogged && droppedLog.now(clock.getAsLong())) {
            LOG.warn("{} events were dropped since listeners are too slow; what watches tunnels may have missed some."
                    + " Look for a slow script or bridge", now - droppedLogged);
            droppedLogged = now;
        }
    }
}
