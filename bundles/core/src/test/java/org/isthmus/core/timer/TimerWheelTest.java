package org.isthmus.core.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private static final int TICK = 10;
    private static final long HOUR = 3_600_000;

    private final List<Long> runs = new ArrayList<>();
    private final TimerWheel wheel = new TimerWheel(TICK, 1_000_000);
    private final Timer timer = new Timer(runs::add);

    @Test
    void runsNotBeforeItsDeadlineAndWithinATickAfter() {
        wheel.arm(timer, 1_000_033);
        wheel.advance(1_000_032);
        assertEquals(List.of(), runs);
        wheel.advance(1_000_039);
        assertEquals(List.of(), runs);
        wheel.advance(1_000_040);
        assertEquals(List.of(1_000_040L), runs);
        assertFalse(timer.isArmed());
        assertEquals(0, wheel.armed());
    }

    @Test
    void armingAgainMovesTheDeadline() {
        wheel.arm(timer, 1_000_100);
        wheel.arm(timer, 1_000_500);
        assertEquals(1, wheel.armed());
        wheel.advance(1_000_400);
        assertEquals(List.of(), runs);
        wheel.advance(1_000_500);
        assertEquals(List.of(1_000_500L), runs);
    }

    @Test
    void aCancelledTimerDoesNotRun() {
        wheel.arm(timer, 1_000_100);
        wheel.cancel(timer);
        wheel.cancel(timer);
        wheel.advance(1_001_000);
        assertEquals(List.of(), runs);
        assertEquals(Long.MAX_VALUE, wheel.nextDeadlineMillis());
    }

    @Test
    void aDeadlineOfHoursCostsFewWakeUps() {
        long now = 1_000_000;
        wheel.arm(timer, now + 5 * HOUR + 3);
        int wakeUps = 0;
        while (timer.isArmed()) {
            assertTrue(wheel.nextDeadlineMillis() > now, "a wake-up that does nothing would be a busy loop");
            now = wheel.nextDeadlineMillis();
            wheel.advance(now);
            wakeUps++;
        }
        assertEquals(List.of(1_000_010 + 5 * HOUR), runs);
        assertTrue(wakeUps <= 5, "wake-ups: " + wakeUps);
    }

    @Test
    void aPassedDeadlineRunsWithTheNextTick() {
        wheel.advance(1_002_005);
        wheel.arm(timer, 5);
        assertEquals(1_002_010, wheel.nextDeadlineMillis());
        wheel.advance(1_002_010);
        assertEquals(List.of(1_002_010L), runs);
    }

    @Test
    void aCallbackThatArmsItselfForNowDoesNotHoldUpTheWheel() {
        Timer[] self = new Timer[1];
        self[0] = new Timer(now -> {
            runs.add(now);
            wheel.arm(self[0], now);
        });
        wheel.arm(self[0], 1_000_010);
        wheel.advance(1_000_010);
        assertEquals(1, runs.size());
        wheel.advance(1_000_020);
        assertEquals(2, runs.size());
    }

    @Test
    void aCallbackMayCancelAnotherThatIsDueInTheSameTick() {
        Timer[] pair = new Timer[2];
        pair[0] = new Timer(now -> {
            runs.add(0L);
            wheel.cancel(pair[1]);
        });
        pair[1] = new Timer(now -> {
            runs.add(1L);
            wheel.cancel(pair[0]);
        });
        wheel.arm(pair[0], 1_000_050);
        wheel.arm(pair[1], 1_000_050);
        wheel.advance(1_000_100);
        assertEquals(1, runs.size());
        assertEquals(0, wheel.armed());
    }

    @Test
    void whatACallbackThrowsLeavesTheOthersDue() {
        Timer failing = new Timer(now -> {
            throw new IllegalStateException("on purpose");
        });
        wheel.arm(failing, 1_000_020);
        wheel.arm(timer, 1_000_030);
        assertThrows(IllegalStateException.class, () -> wheel.advance(1_000_100));
        assertFalse(failing.isArmed());
        wheel.advance(1_000_100);
        assertEquals(List.of(1_000_100L), runs);
    }

    @Test
    void aClockThatStartsBelowZeroWorks() {
        TimerWheel negative = new TimerWheel(TICK, -7_000_000_003L);
        negative.arm(timer, -7_000_000_003L + 25);
        assertEquals(-7_000_000_003L + 30, negative.nextDeadlineMillis());
        negative.advance(-7_000_000_003L + 30);
        assertEquals(1, runs.size());
    }

    @Test
    void theFurthestDeadlineIsNotTakenForAPassedOne() {
        wheel.arm(timer, Long.MAX_VALUE);
        assertTrue(wheel.nextDeadlineMillis() > 1_000_000);
        wheel.advance(1_000_000 + 1000 * HOUR);
        assertEquals(List.of(), runs);
        assertTrue(timer.isArmed());
    }

    @Test
    void timeThatGoesBackChangesNothing() {
        wheel.advance(1_005_000);
        wheel.arm(timer, 1_005_100);
        wheel.advance(1_000_500);
        assertEquals(List.of(), runs);
        wheel.advance(1_005_100);
        assertEquals(List.of(1_005_100L), runs);
    }

    @Test
    void aTimerOfAnotherWheelCannotBeCancelledHere() {
        wheel.arm(timer, 1_000_100);
        TimerWheel other = new TimerWheel(TICK, 0);
        assertThrows(IllegalArgumentException.class, () -> other.cancel(timer));
        assertThrows(IllegalArgumentException.class, () -> other.arm(timer, 100));
        assertTrue(timer.isArmed());
    }

    @Test
    void aHundredThousandTimersRunInOrder() {
        int[] run = new int[1];
        long[] last = new long[1];
        for (int i = 0; i < 100_000; i++) {
            long deadline = 1_000_001 + (i * 7919L) % 120_000;
            wheel.arm(new Timer(now -> {
                assertTrue(deadline > last[0] - TICK, "out of order");
                last[0] = Math.max(last[0], deadline);
                run[0]++;
            }), deadline);
        }
        assertEquals(100_000, wheel.armed());
        wheel.advance(1_120_010);
        assertEquals(100_000, run[0]);
    }
}
