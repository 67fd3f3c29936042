package org.isthmus.core.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.isthmus.api.L2tpEvent;
import org.isthmus.api.L2tpListener;
import org.isthmus.core.plugin.CallRecord;

/**
 * Tells listeners what happened, each on a thread of its own and in the order in which each worker posted it. Posting never waits and
 * takes no lock.
 */
public final class EventDispatcher {
    private final int capacity;
    private final List<ListenerQueue> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong droppedBefore = new AtomicLong();
    private boolean started; // with the lock
    private volatile boolean stopping;

    /** @param capacity how many events may wait for a listener */
    public EventDispatcher(int capacity) {
        this.capacity = capacity;
    }

    /** Begins to deliver. Events that were posted before are delivered first. */
    public synchronized void start() {
        started = true;
        listeners.forEach(ListenerQueue::start);
    }

    /** Posts an event; false if it had to be dropped, for one listener or more. Any thread. */
    public boolean post(L2tpEvent event) {
        if (stopping) {
            droppedBefore.incrementAndGet();
            return false;
        }
        boolean all = true;
        for (ListenerQueue listener : listeners) {
            all &= listener.offer(event);
        }
        return all;
    }

    /**
     * Adds a listener; it is told of what is posted from now on.
     *
     * @param record how its calls go
     */
    public synchronized void add(L2tpListener listener, CallRecord record) {
        ListenerQueue added = new ListenerQueue(listener, record, capacity);
        if (started) {
            added.start();
        }
        listeners.add(added);
    }

    /** Takes a listener out. It may just be hearing a last event. */
    public synchronized void remove(L2tpListener listener) {
        listeners.stream().filter(queue -> queue.isOf(listener)).toList().forEach(gone -> {
            listeners.remove(gone);
            gone.abandon();
            droppedBefore.addAndGet(gone.dropped());
        });
    }

    /** Whether anybody wants to be told; if not, nothing need be posted. */
    public boolean isListening() {
        return !listeners.isEmpty();
    }

    /** Events that were dropped, each as often as there was a listener that was not told. */
    public long dropped() {
        return droppedBefore.get() + listeners.stream().mapToLong(ListenerQueue::dropped).sum();
    }

    /**
     * Takes no more events, delivers those that wait, and ends.
     *
     * @param deadline how long that may take
     * @return how many events were not delivered in that time; they are lost
     */
    public int stop(Duration deadline) {
        stopping = true;
        long until = System.nanoTime() + deadline.toNanos();
        listeners.forEach(ListenerQueue::finish);
        return listeners.stream().mapToInt(listener -> listener.await(until)).sum();
    }

    /** Tells each listener its next event; false when there is none. For who does not start it. */
    boolean deliverNext() {
        boolean any = false;
        for (ListenerQueue listener : listeners) {
            any |= listener.deliverNext();
        }
        return any;
    }
}
