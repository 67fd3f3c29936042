package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdTableTest {
    private record Thing(int id) {
    }

    /** Few identifiers, so that they meet again; and such as all want the same place. */
    @ParameterizedTest
    @CsvSource({"50,1", "50,64", "1000,1", "1000,1024", "60000,1"})
    void doesAsAMapWouldWhateverComesAndGoes(int ids, int stride) {
        SplittableRandom random = new SplittableRandom(ids + stride);
        IdTable<Thing> table = new IdTable<>(Thing::id);
        Map<Integer, Thing> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            int id = random.nextInt(ids) * stride;
            if (model.containsKey(id) || random.nextInt(3) == 0) {
                assertEquals(model.remove(id), table.remove(id));
            } else {
                Thing thing = new Thing(id);
                model.put(id, thing);
                table.put(thing);
            }
            int asked = random.nextInt(ids) * stride;
            assertEquals(model.get(asked), table.get(asked));
            assertEquals(model.size(), table.size());
        }
        assertEquals(new HashSet<>(model.values()), new HashSet<>(table.all()));
    }
}
