package org.isthmus.pppd;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who waits to be started, in order, and when the next one may be: only so many in a second, and only so many that are not yet up.
 * Bounded. Not for use by several threads.
 */
final class StartQueue<T> {
    private static final long WINDOW_MILLIS = 1000;

    private final int bound;
    private final Set<T> waiting = new LinkedHashSet<>();
    private final Set<T> starting = new LinkedHashSet<>();
    private int perSecond;
    private int atOnce;
    private long windowBegan = Long.MIN_VALUE / 2;
    private int inWindow;

    /** @param bound the most that wait */
    StartQueue(int bound) {
        this.bound = bound;
    }

    /** 0 for no limit. */
    void limits(int startsPerSecond, int startsAtOnce) {
        perSecond = startsPerSecond;
        atOnce = startsAtOnce;
    }

    /** False if too many wait. */
    boolean add(T one) {
        return waiting.size() < bound && waiting.add(one);
    }

    /** It is up, or over, or no longer wants to be started. */
    void settled(T one) {
        waiting.remove(one);
        starting.remove(one);
    }

    /** Nobody waits any longer: those who did. */
    List<T> drain() {
        List<T> waited = List.copyOf(waiting);
        waiting.clear();
        return waited;
    }

    /** The next one that may be started now; it counts as starting until it is settled. */
    Optional<T> next(long nowMillis) {
        if (waiting.isEmpty() || nextMillis(nowMillis) > nowMillis) {
            return Optional.empty();
        }
        if (nowMillis - windowBegan >= WINDOW_MILLIS) {
            windowBegan = nowMillis;
            inWindow = 0;
        }
        inWindow++;
        T one = waiting.iterator().next();
        waiting.remove(one);
        starting.add(one);
        return Optional.of(one);
    }

    /** When the next one may be started, if one waits; the largest number while that depends on one that is starting. */
    long nextMillis(long nowMillis) {
        if (waiting.isEmpty() || atOnce > 0 && starting.size() >= atOnce) {
            return Long.MAX_VALUE;
        }
        boolean full = perSecond > 0 && inWindow >= perSecond && nowMillis - windowBegan < WINDOW_MILLIS;
        return full ? windowBegan + WINDOW_MILLIS : nowMillis;
    }

    int waiting() {
        return waiting.size();
    }

    int starting() {
        return starting.size();
    }
}
