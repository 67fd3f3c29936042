package org.isthmus.core.admission;

/**
 * Lets a number of things through in a second. Full at first, it holds what one second brings, so a pause is followed by
 * a burst of that size at the most. The rate is given with each call, so a changed limit holds at once.
 */
public final class TokenBucket {
    private static final long MILLIS = 1000;
    private static final long BRIM = 1L << 40; // more than any rate's second: cut to it by the first call

    private long thousandths = BRIM;
    private long lastMillis;

    /** @param perSecond 0 for no limit, up to 1,000,000 */
    public boolean take(int perSecond, long nowMillis) {
        if (perSecond == 0) {
            return true;
        }
        long elapsed = Math.max(0, Math.min(MILLIS, nowMillis - lastMillis));
        lastMillis = nowMillis;
        // A token has 1000 thousandths, and a second 1000 ms: each millisecond brings perSecond thousandths.
        thousandths = Math.min(perSecond * MILLIS, thousandths + elapsed * perSecond);
        if (thousandths < MILLIS) {
            return false;
        }
        thousandths -= MILLIS;
        return true;
    }

    void fill() {
        thousandths = BRIM;
    }
}
