package org.isthmus.core.admission;

/**
 * Lets so many lines of a kind into the log in a second and counts the rest, so that nobody who sends us packets can fill
 * a disk. Not for use by several threads.
 */
public final class LogRate {
    private final TokenBucket lines = new TokenBucket();
    private final int perSecond;
    private long keptBack;

    /** @param perSecond 1 or more */
    public LogRate(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether a line may be written now; if not, it is counted. */
    public boolean admits(long nowMillis) {
        if (lines.take(perSecond, nowMillis)) {
            return true;
        }
        keptBack++;
        return false;
    }

    /** The end of a line that is written: how many were kept back since the one before it, or nothing. */
    public String keptBack() {
        long count = keptBack;
        keptBack = 0;
        return count == 0 ? "" : " (" + count + " more like this were not logged)";
    }
}
