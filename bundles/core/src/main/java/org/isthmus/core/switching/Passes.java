package org.isthmus.core.switching;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each call passes through here at the same time: switches of several systems that lead to each other must
 * not pass a call on for ever. Any thread may ask.
 */
public final class Passes {
    /** So often a call may pass at the same time that is surely the same one. */
    public static final int MOST = 4;
    /** So often calls of which no more is known than numbers, which may be those of other calls too. */
    public static final int MOST_UNSURE = 64;

    private final Map<String, Integer> passing = new ConcurrentHashMap<>();

    /**
     * A call comes; false if it passes here too often already.
     *
     * @param most so often it may
     */
    public boolean enter(String call, int most) {
        boolean[] admitted = new boolean[1];
        passing.compute(call, (same, times) -> {
            admitted[0] = times == null || times < most;
            return times == null ? Integer.valueOf(1) : admitted[0] ? Integer.valueOf(times + 1) : times;
        });
        return admitted[0];
    }

    /** A call that was admitted is over. */
    public void leave(String call) {
        passing.computeIfPresent(call, (same, times) -> times == 1 ? null : Integer.valueOf(times - 1));
    }

    /** How many calls pass. */
    public int size() {
        return passing.size();
    }
}
