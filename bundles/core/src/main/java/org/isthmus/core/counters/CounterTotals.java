package org.isthmus.core.counters;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums over all workers, as people see them. Setting them back to zero remembers the sums and takes them off from
 * then on: only a worker writes its counters. Any thread may call.
 */
public final class CounterTotals {
    private final List<Counters> parts;
    private volatile long[] zero = new long[Counter.values().length];

    public CounterTotals(List<Counters> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Every counter by its name, in the order of {@link Counter}. */
    public Map<String, Long> byName() {
        long[] base = zero; // read before the sums: these only grow, so no total is below zero
        Map<String, Long> totals = new LinkedHashMap<>();
        for (Counter counter : Counter.values()) {
            totals.put(counter.label(), sum(counter) - base[counter.ordinal()]);
        }
        return Collections.unmodifiableMap(totals);
    }

    public long get(Counter counter) {
        long base = zero[counter.ordinal()];
        return sum(counter) - base;
    }

    /** Sets all back to zero. */
    public void reset() {
        long[] sums = new long[Counter.values().length];
        for (Counter counter : Counter.values()) {
            sums[counter.ordinal()] = sum(counter);
        }
        zero = sums;
    }

    private long sum(Counter counter) {
        long sum = 0;
        for (Counters part : parts) {
            sum += part.get(counter);
        }
        return sum;
    }
}
