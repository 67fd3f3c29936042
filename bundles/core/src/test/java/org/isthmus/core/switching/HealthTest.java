package org.isthmus.core.switching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.junit.jupiter.api.Test;

/** In which order LNSes are tried. */
class HealthTest {
    private static final Duration HOLD_DOWN = Duration.ofSeconds(60);

    private final Health health = new Health();
    private final SplittableRandom random = new SplittableRandom(1);

    private static Lns lns(String name, int preference, int weight) {
        return new Lns("isp", name, new Block(Schema.TUNNEL, "isp-" + name, Settings.EMPTY, List.of(), "test"), "192.0.2.1",
                preference, weight);
    }

    private List<String> order(long now, Lns... all) {
        return health.order(List.of(all), random, now).stream().map(Lns::name).toList();
    }

    @Test
    void lowerPreferencesComeFirst() {
        assertEquals(List.of("a", "b", "c"), order(0, lns("c", 30, 1), lns("a", 10, 1), lns("b", 20, 1000)));
    }

    @Test
    void equalsGetTheirShares() {
        int first = 0;
        for (int i = 0; i < 10_000; i++) {
            first += order(0, lns("a", 0, 3), lns("b", 0, 1)).get(0).equals("a") ? 1 : 0;
        }
        assertTrue(first > 7_200 && first < 7_800, "of 10000 the first got " + first);
    }

    @Test
    void theSameLotsGiveTheSameOrder() {
        Lns[] all = {lns("a", 0, 1), lns("b", 0, 1), lns("c", 0, 1)};
        List<Lns> once = health.order(List.of(all), new SplittableRandom(7), 0);
        assertEquals(once, health.order(List.of(all), new SplittableRandom(7), 0));
    }

    @Test
    void whatFailedIsSetAsideForAWhileAndThenTriedLast() {
        Lns a = lns("a", 0, 1);
        Lns b = lns("b", 10, 1);
        Lns c = lns("c", 5, 1);
        health.failed(a, "no answer", HOLD_DOWN, 1_000);
        assertEquals(List.of("c", "b", "a"), order(2_000, a, b, c));
        health.failed(c, "busy", HOLD_DOWN, 3_000);
        assertEquals(List.of("b", "a", "c"), order(4_000, a, b, c));
        assertEquals(List.of("a", "b", "c"), order(61_000, a, b, c));
        assertEquals(List.of("a", "c", "b"), order(63_000, a, b, c));
        assertEquals("no answer", health.state(a).lastCause());
        assertEquals(1, health.state(a).failed());
    }

    @Test
    void oneThatTakesACallIsNoLongerSetAside() {
        Lns a = lns("a", 0, 1);
        health.failed(a, "no answer", HOLD_DOWN, 0);
        health.taken(a);
        assertEquals(List.of("a", "b"), order(1, a, lns("b", 1, 1)));
        assertEquals(1, health.state(a).calls());
        health.keepOnly(Rules.NONE);
        assertEquals(1, health.state(a).taken(), "it has a call");
        health.ended(a);
        health.keepOnly(Rules.NONE);
        assertEquals(0, health.state(a).taken(), "forgotten");
    }

    @Test
    void withoutAHoldDownTimeNothingIsSetAside() {
        Lns a = lns("a", 0, 1);
        health.failed(a, "no answer", Duration.ZERO, 0);
        assertEquals(List.of("a", "b"), order(0, a, lns("b", 1, 1)));
    }
}
