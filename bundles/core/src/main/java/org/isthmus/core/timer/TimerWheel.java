package org.isthmus.core.timer;

/**
 * The timers of one worker thread, in virtual time: whoever owns the wheel tells it what time it is. A timer never runs
 * early, and late by less than a tick plus the time until the next {@link #advance}.
 *
 * <p>Arming and cancelling take constant time and allocate nothing, however many timers there are and however far off
 * they are. Eleven wheels of 64 slots hang behind each other; a slot of the first is one tick wide, a slot of each
 * further one is as wide as the whole wheel before it. A timer sits in the wheel of the highest digit (base 64) in which
 * its tick differs from the present one, and moves down as that digit comes up, ten times at the most. A bit for each
 * slot that holds timers makes the next event a matter of counting zeros, so that empty time is skipped, not walked.
 *
 * <p>Not for use by several threads. A callback may arm and cancel any timer, itself included.
 */
public final class TimerWheel {
    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = 11; // 66 bits: every tick there is

    private final Timer[] heads = new Timer[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS];
    private final long tickMillis;
    private final long startMillis;
    private long currentTick; // all timers up to this tick have run
    private int armed;

    /**
     * @param tickMillis the resolution, 1 to 60,000 milliseconds; 10 suits L2TP
     * @param nowMillis  the time now, on any clock that does not go back, such as {@code System.nanoTime() / 1_000_000}
     */
    public TimerWheel(int tickMillis, long nowMillis) {
        if (tickMillis < 1 || tickMillis > 60_000) {
            throw new IllegalArgumentException("a tick has 1 to 60000 ms, not " + tickMillis);
        }
        this.tickMillis = tickMillis;
        this.startMillis = nowMillis;
    }

    /**
     * Arms a timer; one that is armed already is moved. A deadline that has passed is due in the next tick, so a
     * callback that arms itself for now does not hold up {@link #advance}.
     */
    public void arm(Timer timer, long deadlineMillis) {
        if (timer.wheel != null) {
            cancel(timer);
        }
        timer.wheel = this;
        timer.tick = Math.max(tickAtOrAfter(deadlineMillis), currentTick + 1);
        place(timer);
        armed++;
    }

    /** Disarms a timer; one that is not armed stays so. */
    public void cancel(Timer timer) {
        if (timer.wheel == null) {
            return;
        }
        if (timer.wheel != this) {
            throw new IllegalArgumentException("the timer is armed in another wheel");
        }
        unlink(timer);
        timer.wheel = null;
        armed--;
    }

    /**
     * Runs all timers that are due, in the order of their ticks. What a callback throws comes out here; the timers that
     * are still due then run in the next call.
     *
     * @param nowMillis the time now; a time before the last one changes nothing
     */
    public void advance(long nowMillis) {
        long target = nowMillis <= startMillis ? 0 : offset(nowMillis) / tickMillis;
        int level;
        while ((level = firstOccupiedLevel()) < LEVELS) {
            long event = eventTick(level);
            if (event > target) {
                break;
            }
            currentTick = event;
            int slot = slotOf(level, event);
            if (level == 0) {
                Timer timer = heads[slot];
                cancel(timer);
                timer.run(nowMillis);
            } else {
                // Their digit has come: down they go, all of them before any runs.
                for (Timer timer = heads[slot]; timer != null; timer = heads[slot]) {
                    unlink(timer);
                    place(timer);
                }
            }
        }
        currentTick = Math.max(currentTick, target);
    }

    /**
     * When {@link #advance} next has something to do: not later than the earliest deadline rounded up to its tick. It
     * may be earlier, when a far timer only moves closer; each timer causes ten such calls at the most.
     *
     * @return milliseconds on the wheel's clock, {@code Long.MAX_VALUE} when no timer is armed
     */
    public long nextDeadlineMillis() {
        int level = firstOccupiedLevel();
        if (level == LEVELS) {
            return Long.MAX_VALUE;
        }
        long tick = eventTick(level);
        long last = (Long.MAX_VALUE - Math.max(startMillis, 0)) / tickMillis;
        return tick > last ? Long.MAX_VALUE : startMillis + tick * tickMillis;
    }

    /** How many timers are armed. */
    public int armed() {
        return armed;
    }

    /** Lower levels come first: what they hold lies inside the present slot of every higher one. */
    private int firstOccupiedLevel() {
        int level = 0;
        while (level < LEVELS && occupied[level] == 0) {
            level++;
        }
        return level;
    }

    /** The first tick of the first slot with timers at this level; slots that have passed are empty. */
    private long eventTick(int level) {
        int shift = level * BITS;
        long slot = Long.numberOfTrailingZeros(occupied[level]);
        long above = shift + BITS >= Long.SIZE ? 0 : currentTick >>> (shift + BITS) << (shift + BITS);
        return above | slot << shift;
    }

    private void place(Timer timer) {
        long difference = timer.tick ^ currentTick;
        int level = difference == 0 ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(difference)) / BITS;
        int slot = slotOf(level, timer.tick);
        timer.slot = slot;
        timer.previous = null;
        timer.next = heads[slot];
        if (timer.next != null) {
            timer.next.previous = timer;
        }
        heads[slot] = timer;
        occupied[level] |= 1L << slot; // a shift counts modulo 64, which is the slot inside its wheel
    }

    private void unlink(Timer timer) {
        if (timer.previous == null) {
            heads[timer.slot] = timer.next;
            if (timer.next == null) {
                occupied[timer.slot / SLOTS] &= ~(1L << timer.slot);
            }
        } else {
            timer.previous.next = timer.next;
        }
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        }
        timer.previous = null;
        timer.next = null;
    }

    private static int slotOf(int level, long tick) {
        return level * SLOTS + (int) (tick >>> (level * BITS) & (SLOTS - 1));
    }

    private long tickAtOrAfter(long deadlineMillis) {
        return deadlineMillis <= startMillis ? 0 : (offset(deadlineMillis) - 1) / tickMillis + 1;
    }

    /** Of a time after the start; a difference beyond 63 bits counts as the greatest there is. */
    private long offset(long millis) {
        long difference = millis - startMillis;
        return difference < 0 ? Long.MAX_VALUE : difference;
    }
}
