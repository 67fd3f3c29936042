package org.isthmus.core.timer;

import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * One timer: made once with what it does, then armed in a {@link TimerWheel} as often as needed without allocating.
 * Belongs to one worker thread.
 */
public final class Timer {
    private final LongConsumer callback;
    TimerWheel wheel; // where it is armed; null while it is not
    Timer previous;
    Timer next;
    long tick;
    int slot;

    /** @param callback runs when the timer is due, with the time that {@link TimerWheel#advance} was given */
    public Timer(LongConsumer callback) {
        this.callback = Objects.requireNonNull(callback);
    }

    public boolean isArmed() {
        return wheel != null;
    }

    void run(long nowMillis) {
        callback.accept(nowMillis);
    }
}
