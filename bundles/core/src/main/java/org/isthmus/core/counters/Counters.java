package org.isthmus.core.counters;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counters of one worker. One thread writes, without a lock and without a locked instruction; any thread reads. A
 * reader may see a value that is a moment old, never a torn one.
 */
public final class Counters {
    private final AtomicLongArray values = new AtomicLongArray(Counter.values().length);

    /** Counts one. Only the worker's own thread may call. */
    public void count(Counter counter) {
        add(counter, 1);
    }

    /** Counts several. Only the worker's own thread may call. */
    public void add(Counter counter, long amount) {
        int index = counter.ordinal();
        values.setOpaque(index, values.getPlain(index) + amount);
    }

    /** Goes on from these, by their labels. Only the worker's own thread may call. */
    public void resume(Map<String, Long> before) {
        for (Counter counter : Counter.values()) {
            add(counter, before.getOrDefault(counter.label(), 0L));
        }
    }

    /** The count since the start. Any thread may call. */
    public long get(Counter counter) {
        return values.getOpaque(counter.ordinal());
    }
}
