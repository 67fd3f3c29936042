package org.isthmus.core.mtu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.isthmus.protocol.tunnel.ProbeOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches on a way whose routers say nothing, or say what they take, in virtual time. */
class PathSearchTest {
    private static final int LEAST = 576;
    private static final long ANSWER_MILLIS = 50;
    private static final long LOSS_MILLIS = 1_000;

    /** A way that takes packets up to a size and loses the others, some of them with a word. */
    private static final class Road implements PathSearch.Way {
        private final PathSearch search;
        private final List<Integer> limits = new ArrayList<>();
        private int takes;
        private boolean says;
        private boolean busy;
        private double loss;
        private final SplittableRandom random = new SplittableRandom(1);
        private int probes;
        private long now = 1_000_000;
        private long answerAt = PathSearch.NEVER;
        private ProbeOutcome answer;
        private int refusedAt = PathSearch.UNLIMITED;

        Road(int takes, boolean hasProbes) {
            this.takes = takes;
            this.search = new PathSearch(LEAST, hasProbes, this);
        }

        @Override
        public boolean probe(int bytes) {
            if (busy) {
                return false;
            }
            probes++;
            boolean fits = bytes <= takes;
            answer = fits && random.nextDouble() >= loss ? ProbeOutcome.ARRIVED : ProbeOutcome.LOST;
            answerAt = now + (answer == ProbeOutcome.ARRIVED ? ANSWER_MILLIS : LOSS_MILLIS);
            if (!fits && says) {
                refusedAt = takes;
            }
            return true;
        }

        @Override
        public void limited(int bytes) {
            limits.add(bytes);
        }

        void run(long millis) {
            long end = now + millis;
            while (true) {
                if (refusedAt != PathSearch.UNLIMITED) {
                    int told = refusedAt;
                    refusedAt = PathSearch.UNLIMITED;
                    search.tooBig(told, now);
                }
                long next = Math.min(answerAt, search.nextTimeoutMillis());
                if (next > end) {
                    now = end;
                    return;
                }
                now = Math.max(now, next);
                if (answerAt <= now) {
                    answerAt = PathSearch.NEVER;
                    search.probed(answer, now);
                } else {
                    search.timeout(now);
                }
            }
        }
    }

    @Test
    void whereTheLargestPacketArrivesThereIsNothingToDo() {
        Road road = new Road(1500, true);
        road.search.want(1500, road.now);
        road.run(30_000);
        assertEquals(1, road.probes);
        assertEquals(List.of(), road.limits);
        assertEquals(PathSearch.UNLIMITED, road.search.limit());
    }

    @ParameterizedTest
    @ValueSource(ints = {576, 577, 1000, 1280, 1420, 1476, 1492, 1499})
    void inABlackHoleTheSizeIsFoundToAFewBytesAndPacketsAreSmallMeanwhile(int takes) {
        Road road = new Road(takes, true);
        road.search.want(1500, road.now);
        road.run(60_000);
        int found = road.search.limit();
        assertTrue(found <= takes && found > takes - PathSearch.CLOSE_BYTES - 1, found + " of " + takes);
        assertTrue(road.limits.get(0) == LEAST, "small packets get through while it searches");
        assertTrue(road.limits.size() <= 2, "the MTU of sessions does not go up and down: " + road.limits);
    }

    @Test
    void whatIsSaidBeforeAnybodyWantsToSendIsSearchedOnLater() {
        Road road = new Road(1400, true);
        assertTrue(road.search.tooBig(1500, road.now)); // of another tunnel to the same peer: this host's interface
        road.run(5_000);
        assertEquals(0, road.probes);
        road.search.want(1580, road.now);
        road.run(60_000);
        int found = road.search.limit();
        assertTrue(found <= 1400 && found > 1400 - PathSearch.CLOSE_BYTES - 1, "found " + found);
    }

    @Test
    void whatARouterSaysHoldsAtOnceAndIsConfirmed() {
        Road road = new Road(1400, true);
        road.says = true;
        road.search.want(1500, road.now);
        road.run(5_000);
        assertEquals(List.of(1400), road.limits);
        assertEquals(2, road.probes);
        assertFalse(road.search.tooBig(1400, road.now), "no news");
    }

    @Test
    void whatCannotBeIsNotBelieved() {
        Road road = new Road(1500, true);
        road.search.want(1500, road.now);
        road.run(1_000);
        assertFalse(road.search.tooBig(LEAST - 1, road.now));
        assertFalse(road.search.tooBig(0, road.now));
        assertFalse(road.search.tooBig(PathSearch.UNLIMITED + 1, road.now));
        assertEquals(List.of(), road.limits);
    }

    @Test
    void aWayThatChangesWithoutAWordIsNoticedWithinAMinuteAndABetterOneWithinTen() {
        Road road = new Road(1500, true);
        road.search.want(1500, road.now);
        road.run(10_000);
        road.takes = 1300;
        road.run(PathSearch.CONFIRM_MILLIS + 20_000);
        int found = road.search.limit();
        assertTrue(found <= 1300 && found > 1295, "found " + found);
        road.takes = 1500;
        road.run(PathSearch.RAISE_MILLIS);
        assertEquals(PathSearch.UNLIMITED, road.search.limit());
    }

    @Test
    void aFewLostProbesChangeNothingForLong() {
        Road road = new Road(1500, true);
        road.loss = 0.2;
        road.search.want(1500, road.now);
        road.run(3_600_000);
        assertTrue(road.search.limit() >= 1490, "limit " + road.search.limit());
    }

    @Test
    void aRoutersWordDuringAProbeCountsForTheNextOneOnly() {
        Road road = new Road(1400, true);
        road.search.want(1500, road.now);
        road.run(10);
        assertTrue(road.search.tooBig(1400, road.now));
        road.run(LOSS_MILLIS + 2 * ANSWER_MILLIS);
        assertEquals(1400, road.search.limit());
        assertEquals(2, road.probes, "the probe of 1500 was lost and is not held against 1400");
    }

    @Test
    void whileTheChannelIsBusyItWaits() {
        Road road = new Road(1500, true);
        road.busy = true;
        road.search.want(1500, road.now);
        road.run(5_000);
        assertEquals(0, road.probes);
        road.busy = false;
        road.run(1_000);
        assertEquals(1, road.probes);
        road.search.doubt(road.now);
        road.answer = ProbeOutcome.UNKNOWN;
        road.run(2_000);
        assertEquals(3, road.probes, "what cannot be told is tried again");
    }

    @Test
    void withoutProbesWhatARouterSaysHoldsForTenMinutes() {
        Road road = new Road(1400, false);
        road.search.want(1500, road.now);
        assertTrue(road.search.tooBig(1400, road.now));
        road.search.doubt(road.now);
        road.run(PathSearch.RAISE_MILLIS - 1);
        assertEquals(1400, road.search.limit());
        road.run(1);
        assertEquals(PathSearch.UNLIMITED, road.search.limit());
        assertEquals(0, road.probes);
        assertEquals(PathSearch.NEVER, road.search.nextTimeoutMillis());
    }
}
