package org.isthmus.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PeerTableTest {

    private record Key(long high, long low, int port, int id) {
    }

    private record Step(Key key, boolean put, int value) {
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Key> keys = Combinators.combine(Arbitraries.longs().between(0, 1), Arbitraries.longs().between(0, 9),
                Arbitraries.integers().between(1700, 1702), Arbitraries.integers().between(0, 3)).as(Key::new);
        return Combinators.combine(keys, Arbitraries.of(true, true, false), Arbitraries.integers()).as(Step::new)
                .list().ofMaxSize(300);
    }

    @Property(tries = 300)
    void doesAsAMapWould(@ForAll("steps") List<Step> steps, @ForAll long seed) {
        PeerTable<Integer> table = new PeerTable<>(seed);
        Map<Key, Integer> model = new HashMap<>();
        for (Step step : steps) {
            Key key = step.key();
            if (step.put()) {
                table.put(key.high(), key.low(), key.port(), key.id(), step.value());
                model.put(key, step.value());
            } else {
                assertEquals(model.remove(key), table.remove(key.high(), key.low(), key.port(), key.id()));
            }
            assertEquals(model.size(), table.size());
        }
        model.forEach((key, value) -> assertEquals(value, table.find(key.high(), key.low(), key.port(), key.id())));
    }
}
