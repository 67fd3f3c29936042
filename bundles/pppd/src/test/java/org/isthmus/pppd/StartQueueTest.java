package org.isthmus.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class StartQueueTest {
    private final StartQueue<String> queue = new StartQueue<>(5);

    private void wait(String... names) {
        for (String name : names) {
            assertTrue(queue.add(name));
        }
    }

    private List<String> startable(long now) {
        List<String> started = new ArrayList<>();
        for (Optional<String> next = queue.next(now); next.isPresent(); next = queue.next(now)) {
            started.add(next.get());
        }
        return started;
    }

    @Test
    void withoutLimitsAllStartAtOnceInTheirOrder() {
        wait("a", "b", "c");
        assertEquals(List.of("a", "b", "c"), startable(0));
        assertEquals(Long.MAX_VALUE, queue.nextMillis(0), "nobody waits");
    }

    @Test
    void noMoreThanTheRateStartInASecond() {
        queue.limits(2, 0);
        wait("a", "b", "c", "d", "e");
        assertEquals(List.of("a", "b"), startable(10_000));
        assertEquals(11_000, queue.nextMillis(10_500));
        assertEquals(List.of(), startable(10_999));
        assertEquals(List.of("c", "d"), startable(11_000));
        assertEquals(List.of("e"), startable(12_345));
    }

    @Test
    void noMoreThanTheLimitAreStartingUntilOneIsSettled() {
        queue.limits(0, 2);
        wait("a", "b", "c");
        assertEquals(List.of("a", "b"), startable(0));
        assertEquals(Long.MAX_VALUE, queue.nextMillis(0), "no time helps, only one that is settled");
        queue.settled("a");
        assertEquals(List.of("c"), startable(0));
        assertEquals("0 2", queue.waiting() + " " + queue.starting());
    }

    @Test
    void whoGivesUpIsNotStarted() {
        queue.limits(0, 1);
        wait("a", "b", "c");
        startable(0);
        queue.settled("b");
        queue.settled("a");
        assertEquals(List.of("c"), startable(0));
    }

    @Test
    void noMoreWaitThanTheBound() {
        wait("a", "b", "c", "d", "e");
        assertFalse(queue.add("f"));
        assertEquals(List.of("a", "b", "c", "d", "e"), queue.drain());
        assertTrue(queue.add("f"));
    }
}
