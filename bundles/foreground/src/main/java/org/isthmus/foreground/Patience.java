package org.isthmus.foreground;

/**
 * How soon, and how often, the appliance is started again when it ends badly: at once the first time, then after pauses that grow, and
 * no more when it has ended soon after its start too often in a row. For one thread.
 */
final class Patience {
    static final long NO_MORE = -1;
    private static final long WELL_AFTER_MILLIS = 30_000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final int MOST_IN_A_ROW = 8;
    /** When it has not come up, or has not stayed up, so often with what was kept, that is left out. */
    private static final int FRESH_AFTER_NOT_UP = 3;
    private static final int FRESH_AFTER = 6;

    private int inARow;
    private int notUp;

    /**
     * It has ended.
     *
     * @param ranMillis how long it ran
     * @param wasReady  whether it came up
     * @return after how many milliseconds it is started again, or {@link #NO_MORE}
     */
    long ended(long ranMillis, boolean wasReady) {
        notUp = wasReady ? 0 : notUp + 1;
        inARow = ranMillis >= WELL_AFTER_MILLIS ? 1 : inARow + 1;
        if (inARow > MOST_IN_A_ROW) {
            return NO_MORE;
        }
        return inARow == 1 ? 0 : Math.min(LONGEST_PAUSE_MILLIS, 125L << inARow);
    }

    /** It asked for it: that counts for nothing. */
    void wanted() {
        inARow = 0;
        notUp = 0;
    }

    /** Whether what was kept may be why it ends. */
    boolean wantsFreshStart() {
        return notUp >= FRESH_AFTER_NOT_UP || inARow >= FRESH_AFTER;
    }
}
