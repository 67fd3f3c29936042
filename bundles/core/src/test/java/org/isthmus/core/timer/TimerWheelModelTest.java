package org.isthmus.core.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is armed, moved, cancelled and waited for: the wheel does as a list of deadlines would. */
class TimerWheelModelTest {
    private static final int TIMERS = 8;
    private static final int TICK = 10;
    private static final long NONE = Long.MIN_VALUE;

    private enum Act { ARM, CANCEL, ADVANCE, FOLLOW }

    private record Step(Act act, int timer, long millis) {
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> near = Arbitraries.longs().between(-50, 700);
        Arbitrary<Long> far = Arbitraries.longs().between(-50, 30_000_000);
        return Combinators.combine(Arbitraries.of(Act.class), Arbitraries.integers().between(0, TIMERS - 1),
                Arbitraries.oneOf(near, far)).as(Step::new).list().ofMaxSize(200);
    }

    @Property(tries = 500)
    void doesAsAListWould(@ForAll("steps") List<Step> steps, @ForAll long seed) {
        long start = seed >> 2;
        long[] deadlines = new long[TIMERS];
        Arrays.fill(deadlines, NONE);
        long[] now = {start};
        TimerWheel wheel = new TimerWheel(TICK, start);
        Timer[] timers = new Timer[TIMERS];
        for (int i = 0; i < TIMERS; i++) {
            int index = i;
            timers[i] = new Timer(at -> {
                assertEquals(now[0], at);
                assertTrue(deadlines[index] != NONE, "ran without being armed");
                assertTrue(deadlines[index] <= at, "ran early");
                deadlines[index] = NONE;
            });
        }
        for (Step step : steps) {
            switch (step.act()) {
                case ARM -> {
                    wheel.arm(timers[step.timer()], now[0] + step.millis());
                    deadlines[step.timer()] = now[0] + Math.max(0, step.millis());
                }
                case CANCEL -> {
                    deadlines[step.timer()] = NONE;
                    wheel.cancel(timers[step.timer()]);
                }
                case ADVANCE -> advance(wheel, now, now[0] + Math.max(0, step.millis()), deadlines);
                case FOLLOW -> {
                    if (wheel.armed() > 0) {
                        assertTrue(wheel.nextDeadlineMillis() > now[0], "busy loop");
                        advance(wheel, now, wheel.nextDeadlineMillis(), deadlines);
                    }
                }
            }
            check(wheel, timers, now[0], deadlines);
        }
    }

    private static void advance(TimerWheel wheel, long[] now, long to, long[] deadlines) {
        now[0] = to;
        wheel.advance(to);
        for (long deadline : deadlines) {
            assertTrue(deadline == NONE || deadline > to - TICK, "late: " + (to - deadline) + " ms");
        }
    }

    private static void check(TimerWheel wheel, Timer[] timers, long now, long[] deadlines) {
        int armed = 0;
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < TIMERS; i++) {
            assertEquals(deadlines[i] != NONE, timers[i].isArmed());
            armed += timers[i].isArmed() ? 1 : 0;
            earliest = deadlines[i] == NONE ? earliest : Math.min(earliest, deadlines[i]);
        }
        assertEquals(armed, wheel.armed());
        if (armed == 0) {
            assertEquals(Long.MAX_VALUE, wheel.nextDeadlineMillis());
        } else {
            assertTrue(wheel.nextDeadlineMillis() <= Math.max(earliest, now) + TICK, "would wake too late");
        }
    }
}
