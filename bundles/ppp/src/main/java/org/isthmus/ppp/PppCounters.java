package org.isthmus.ppp;

/** A snapshot of a link's counters. */
public final class PppCounters {
    private final long[] values;

    PppCounters(long[] values) {
        this.values = values;
    }

    /** The count since the link was made. */
    public long get(PppCounter counter) {
        return values[counter.ordinal()];
    }
}
