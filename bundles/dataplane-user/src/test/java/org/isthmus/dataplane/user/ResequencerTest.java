package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Whatever the network does to numbered packets, they go out in order, and none twice. A packet holds its index among those sent. */
class ResequencerTest {

    private static final int TIMEOUT = 100;

    private final AtomicLong budget = new AtomicLong(1 << 20);
    private final ReorderPlaces places = new ReorderPlaces(budget);
    private final SessionCounters counters = new SessionCounters();
    private final List<Integer> out = new ArrayList<>();
    private int bits = 16;
    private long now;

    private Resequencer resequencer(int timeoutMillis) {
        return new Resequencer((packet, at, end, room) -> out.add(packet.limit(end).position(at).getInt()), counters, bits, timeoutMillis, 8, places);
    }

    private void arrive(Resequencer order, int first, int index) {
        ByteBuffer packet = ByteBuffer.allocate(20).putInt(10, index).position(3);
        order.arrived(packet, 10, 14, first + index & (1 << bits) - 1, now);
    }

    /**
     * Each packet is moved back by fewer places than can be kept, some are lost, and some come twice, within a time in which none waits
     * too long. The numbers go across their end, but do not begin near 0: a second row from 0 on is a new start.
     */
    @Property(tries = 1_000)
    void whatIsNotLostComesOutInOrderAndOnce(@ForAll boolean v3, @ForAll int start, @ForAll @IntRange(min = 1, max = 400) int count,
            @ForAll @IntRange(max = Resequencer.WINDOW - 1) int spread, @ForAll @IntRange(max = 30) int lossPercent,
            @ForAll @IntRange(max = 30) int twicePercent, @ForAll long seed) {
        out.clear();
        bits = v3 ? 24 : 16;
        Random random = new Random(seed);
        // The first packet comes first: it tells where the numbers begin.
        List<int[]> arrivals = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i == 0 || random.nextInt(100) >= lossPercent) {
                kept.add(i);
                arrivals.add(new int[] {i, i == 0 ? -1 : i + random.nextInt(spread + 1)});
                if (random.nextInt(100) < twicePercent) {
                    arrivals.add(new int[] {i, i + random.nextInt(spread + 1)});
                }
            }
        }
        arrivals.sort(Comparator.comparingInt(arrival -> arrival[1]));
        Resequencer order = resequencer(TIMEOUT);
        int first = Resequencer.WINDOW + Math.floorMod(start, (1 << bits) - Resequencer.WINDOW);
        arrivals.forEach(arrival -> arrive(order, first, arrival[0]));
        now += TIMEOUT;
        order.timeout(now);

        assertEquals(kept, out);
        assertEquals(Resequencer.NEVER, order.deadline());
    }

    @Property(tries = 300)
    void whateverComesTimeIncludedNothingComesTwiceOrBackwards(@ForAll boolean v3, @ForAll long seed, @ForAll boolean reorders) {
        out.clear();
        bits = v3 ? 24 : 16;
        Random random = new Random(seed);
        Resequencer order = resequencer(reorders ? TIMEOUT : 0);
        int position = 0;
        for (int i = 0; i < 500; i++) {
            position += random.nextInt(3);
            arrive(order, 65_000, Math.max(0, position - random.nextInt(SequenceNumbers.REMEMBERED - 1)));
            now += random.nextInt(30);
            if (order.deadline() <= now) {
                order.timeout(now);
            }
        }
        for (int i = 1; i < out.size(); i++) {
            assertTrue(out.get(i - 1) < out.get(i), out.get(i) + " after " + out.get(i - 1));
        }
        assertEquals(500, out.size() + counters.rxLate + counters.rxDuplicate + waiting(order));
        counters.rxLate = 0;
        counters.rxDuplicate = 0;
    }

    private int waiting(Resequencer order) {
        int before = out.size();
        now += TIMEOUT;
        order.timeout(now);
        int waited = out.size() - before;
        out.subList(before, out.size()).clear();
        return waited;
    }

    @Test
    void aPacketWaitsForTheOneBeforeItUntilItsTimeIsOver() {
        Resequencer order = resequencer(TIMEOUT);
        arrive(order, 1000, 0);
        arrive(order, 1000, 2);
        now = 60;
        arrive(order, 1000, 5);
        assertEquals(List.of(0), out);
        assertEquals(TIMEOUT, order.deadline());
        order.timeout(TIMEOUT - 1);
        assertEquals(List.of(0), out);
        order.timeout(TIMEOUT);
        assertEquals(List.of(0, 2), out);
        assertEquals(60 + TIMEOUT, order.deadline());
        arrive(order, 1000, 4);
        arrive(order, 1000, 3);
        assertEquals(List.of(0, 2, 3, 4, 5), out);
        arrive(order, 1000, 1);
        arrive(order, 1000, 4);
        assertEquals(List.of(0, 2, 3, 4, 5), out);
        assertEquals(Resequencer.NEVER, order.deadline());
        assertEquals(2, counters.rxReordered);
        assertEquals(1, counters.rxLate);
        assertEquals(1, counters.rxDuplicate);
    }

    @Test
    void numberZeroIsWaitedForAtTheBeginning() {
        Resequencer order = resequencer(TIMEOUT);
        arrive(order, 0, 1);
        arrive(order, 0, 0);
        assertEquals(List.of(0, 1), out);
    }

    @Test
    void whenNoMoreCanBeKeptTheFirstGapIsGivenUp() {
        Resequencer order = resequencer(TIMEOUT);
        arrive(order, 500, 0);
        for (int i = 2; i <= Resequencer.WINDOW; i++) {
            arrive(order, 500, i);
        }
        assertEquals(List.of(0), out);
        arrive(order, 500, Resequencer.WINDOW + 1);
        assertEquals(Resequencer.WINDOW + 1, out.size());
        assertEquals(Resequencer.NEVER, order.deadline());
    }

    @Test
    void aNewStartIsFollowedAndWhatWasKeptGoesFirst() {
        Resequencer order = resequencer(TIMEOUT);
        arrive(order, 5000, 0);
        arrive(order, 5000, 2);
        for (int i = 0; i < SequenceNumbers.BELIEVED_AFTER + 1; i++) {
            arrive(order, 100, i);
        }
        assertEquals(List.of(0, 2, SequenceNumbers.BELIEVED_AFTER - 1, SequenceNumbers.BELIEVED_AFTER), out);
        assertEquals(SequenceNumbers.BELIEVED_AFTER - 1, counters.rxLate);
    }

    @Test
    void aPacketTooLongToBeKeptTakesThoseBeforeItAlong() {
        Resequencer order = resequencer(TIMEOUT);
        arrive(order, 5000, 0);
        arrive(order, 5000, 2);
        order.arrived(ByteBuffer.allocate(20).putInt(0, 4), 0, 9, 5004, now);
        assertEquals(List.of(0, 2, 4), out);
    }

    @Test
    void withoutMemoryAPacketGoesOnAtOnce() {
        budget.set(0);
        Resequencer order = resequencer(TIMEOUT);
        arrive(order, 5000, 0);
        arrive(order, 5000, 2);
        arrive(order, 5000, 1);
        assertEquals(List.of(0, 2), out);
        assertEquals(1, counters.rxLate);
        assertEquals(0, budget.get());
    }

    @Test
    void sessionsShareTheMemoryAndTheTunnelGivesItBack() {
        long before = budget.get();
        Resequencer one = resequencer(TIMEOUT);
        Resequencer other = resequencer(TIMEOUT);
        for (int round = 0; round < 10; round++) {
            for (Resequencer order : List.of(one, other)) {
                arrive(order, 1000, 2 * round + 1);
                arrive(order, 1000, 2 * round);
            }
        }
        assertEquals(Resequencer.WINDOW * 8, before - budget.get(), "one piece for both");
        arrive(one, 1000, 22);
        arrive(other, 1000, 22);
        one.clear();
        other.clear();
        places.close();
        assertEquals(before, budget.get());
    }

    @Test
    void puttingPacketsBackInOrderAllocatesNothing() {
        long[] delivered = {0};
        Resequencer order = new Resequencer((packet, at, end, room) -> delivered[0]++, counters, 24, TIMEOUT, 1500, places);
        ByteBuffer packet = ByteBuffer.allocateDirect(1000);
        int rounds = 40_000;
        Allocation.assertNone(rounds, i -> {
            int base = 4 * i;
            order.arrived(packet.clear(), 20, 900, base + 1, i);
            order.arrived(packet.clear(), 20, 900, base, i);
            order.arrived(packet.clear(), 20, 900, base + 3, i);
            order.timeout(i + TIMEOUT);
        });
        assertEquals(3L * rounds, delivered[0]);
    }
}
