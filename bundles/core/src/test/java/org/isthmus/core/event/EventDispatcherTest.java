package org.isthmus.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.L2tpEvent.Kind;
import org.isthmus.api.L2tpListener;
import org.isthmus.api.Origin;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.core.plugin.CallRecord;
import org.isthmus.core.plugin.PluginBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventDispatcherTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final PluginBook book = new PluginBook(() -> 0);
    private final EventDispatcher dispatcher = new EventDispatcher(1024);

    private static L2tpEvent event(String tunnel, int number) {
        Optional<InetSocketAddress> nowhere = Optional.empty();
        TunnelStatus status = new TunnelStatus(tunnel, number, 0, TunnelState.ESTABLISHED, Origin.LOCAL, nowhere,
                nowhere, "", "", "", "", false, false, 0, Instant.EPOCH, Optional.empty(), Optional.empty(),
                Cause.NONE, Map.of());
        return new L2tpEvent.TunnelEvent(Kind.UP, status, Cause.NONE, Instant.EPOCH);
    }

    private void add(EventDispatcher to, L2tpListener listener) {
        to.add(listener, book.of(listener));
    }

    private static TunnelStatus tunnel(L2tpEvent event) {
        return ((L2tpEvent.TunnelEvent) event).tunnel();
    }

    private void hear(L2tpEvent event) {
        heard.add(tunnel(event).name() + tunnel(event).tunnelId());
    }

    @Test
    void listenersAreToldInOrder() {
        add(dispatcher, this::hear);
        dispatcher.start();
        for (int i = 0; i < 100; i++) {
            assertTrue(dispatcher.post(event("t", i)));
        }
        assertEquals(0, dispatcher.stop(LONG));
        assertEquals(100, heard.size());
        assertEquals(List.of("t0", "t1", "t2"), heard.subList(0, 3));
        assertEquals("t99", heard.get(99));
    }

    @Test
    void eachWorkersOrderIsKeptAndNothingIsLost() throws InterruptedException {
        int each = 20_000;
        Map<String, Integer> last = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        add(dispatcher, event -> {
            TunnelStatus status = tunnel(event);
            Integer before = last.put(status.name(), status.tunnelId());
            if ((before == null ? -1 : before) + 1 != status.tunnelId()) {
                wrong.add(status.name() + " " + before + " " + status.tunnelId());
            }
        });
        dispatcher.start();
        List<Thread> workers = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            Thread worker = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    L2tpEvent event = event(name, i);
                    while (!dispatcher.post(event)) {
                        Thread.onSpinWait(); // full: a test wants all of them to arrive
                    }
                }
            });
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        assertEquals(0, dispatcher.stop(LONG));
        assertEquals(List.of(), wrong);
        assertEquals(Map.of("a", each - 1, "b", each - 1, "c", each - 1, "d", each - 1), last);
    }

    @Test
    void aListenerThatThrowsDisturbsNobody() {
        add(dispatcher, event -> {
            throw new IllegalStateException("on purpose");
        });
        add(dispatcher, event -> {
            throw new NoClassDefFoundError("its bundle is gone");
        });
        add(dispatcher, this::hear);
        dispatcher.start();
        dispatcher.post(event("t", 1));
        dispatcher.post(event("t", 2));
        assertEquals(0, dispatcher.stop(LONG));
        assertEquals(List.of("t1", "t2"), heard);
        assertEquals(4, book.failures());
    }

    @Test
    void aFullQueueDropsAndCounts() throws InterruptedException {
        EventDispatcher small = new EventDispatcher(4);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        add(small, event -> {
            busy.countDown();
            awaitQuietly(release);
            hear(event);
        });
        small.start();
        small.post(event("t", 0));
        busy.await();
        for (int i = 1; i <= 4; i++) {
            assertTrue(small.post(event("t", i)));
        }
        assertFalse(small.post(event("t", 5)));
        assertEquals(1, small.dropped());
        release.countDown();
        assertEquals(0, small.stop(LONG));
        assertEquals(List.of("t0", "t1", "t2", "t3", "t4"), heard);
    }

    @Test
    void aSlowListenerHoldsUpNoOther() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(3);
        add(dispatcher, event -> awaitQuietly(release));
        add(dispatcher, event -> {
            hear(event);
            all.countDown();
        });
        dispatcher.start();
        for (int i = 0; i < 3; i++) {
            dispatcher.post(event("t", i));
        }
        all.await();
        assertEquals(List.of("t0", "t1", "t2"), heard);
        release.countDown();
        assertEquals(0, dispatcher.stop(LONG));
    }

    @Test
    void oneThatFailsAgainAndAgainIsNotToldForAWhile() {
        AtomicInteger told = new AtomicInteger();
        add(dispatcher, event -> {
            told.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        add(dispatcher, this::hear);
        for (int i = 0; i < CallRecord.MOST_IN_A_ROW; i++) {
            assertTrue(dispatcher.post(event("t", i)));
        }
        EventDoor.deliver(dispatcher);
        assertFalse(dispatcher.post(event("t", 99)), "it is set aside");
        EventDoor.deliver(dispatcher);
        assertEquals(CallRecord.MOST_IN_A_ROW, told.get());
        assertEquals(1, dispatcher.dropped());
        assertEquals("t99", heard.get(heard.size() - 1), "the other one hears");
    }

    @Test
    void aListenerThatDoesNotComeBackDoesNotHoldUpTheStop() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        add(dispatcher, event -> {
            busy.countDown();
            awaitQuietly(never);
        });
        dispatcher.start();
        dispatcher.post(event("t", 0));
        dispatcher.post(event("t", 1));
        dispatcher.post(event("t", 2));
        busy.await();
        assertEquals(2, dispatcher.stop(Duration.ofMillis(1)));
        assertFalse(dispatcher.post(event("t", 3)), "it takes no more");
        never.countDown();
    }

    @Test
    void listenersComeAndGoWhileEventsFlow() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        L2tpListener leaving = event -> {
            hear(event);
            first.countDown();
        };
        add(dispatcher, leaving);
        dispatcher.start();
        dispatcher.post(event("a", 1));
        first.await();
        dispatcher.remove(leaving);
        add(dispatcher, event -> heard.add("late " + tunnel(event).name()));
        dispatcher.post(event("b", 2));
        assertEquals(0, dispatcher.stop(LONG));
        assertEquals(List.of("a1", "late b"), heard);
    }

    @Test
    void eventsFromBeforeTheStartAreDelivered() {
        add(dispatcher, this::hear);
        dispatcher.post(event("t", 1));
        dispatcher.start();
        assertEquals(0, dispatcher.stop(LONG));
        assertEquals(List.of("t1"), heard);
    }

    @Test
    void aStopWithoutAStartSaysWhatIsLost() {
        add(dispatcher, this::hear);
        dispatcher.post(event("t", 1));
        assertEquals(1, dispatcher.stop(LONG));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
