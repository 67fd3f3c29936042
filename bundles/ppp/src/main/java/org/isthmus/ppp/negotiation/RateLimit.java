package org.isthmus.ppp.negotiation;

/** Lets so many things happen in so many milliseconds, counted from the first of them. */
public final class RateLimit {
    private final int limit;
    private final long windowMillis;
    private long windowStart;
    private int used;

    public RateLimit(int limit, long windowMillis) {
        this.limit = limit;
        this.windowMillis = windowMillis;
    }

    /** Whether one more may happen now; counts it if so. */
    public boolean allows(long now) {
        if (used == 0 || now - windowStart >= windowMillis) {
            windowStart = now;
            used = 0;
        }
        if (used == limit) {
            return false;
        }
        used++;
        return true;
    }
}
