package org.isthmus.upgrade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.isthmus.handover.Handover;
import org.isthmus.handover.HandoverStore;
import org.isthmus.handover.Parcel;
import org.junit.jupiter.api.Test;

/** What the versions of before have left is still there, whatever the new ones did with it. */
class KeptParcelsTest {
    private final Handover handover = new HandoverStore();
    private final Set<Integer> open = new TreeSet<>(Set.of(5, 6));
    private final Descriptors calls = new Descriptors() {
        @Override
        public int duplicate(int number) {
            open.add(number + 100);
            return number + 100;
        }

        @Override
        public void close(int number) {
            open.remove(number);
        }
    };

    private KeptParcels keep() {
        handover.park("core.engine", new Parcel(1, new byte[] {1}, List.of(5, 6)));
        return KeptParcels.of(handover, calls);
    }

    @Test
    void theNewVersionFindsWhatWasLeft() {
        KeptParcels kept = keep();
        assertEquals(List.of(5, 6), handover.claim("core.engine").orElseThrow().descriptors());
        kept.close();
        assertEquals(Set.of(5, 6), open);
    }

    @Test
    void theVersionBeforeGoesOnFromTheCopy() {
        KeptParcels kept = keep();
        handover.claim("core.engine");
        open.removeAll(List.of(5, 6)); // it closed them
        kept.rewind();
        Parcel again = handover.claim("core.engine").orElseThrow();
        assertArrayEquals(new byte[] {1}, again.state());
        assertEquals(open, Set.copyOf(again.descriptors()));
        assertEquals(0, handover.claim("core.engine.rewound").orElseThrow().state().length);
    }

    @Test
    void whatTheFaultyVersionLeftIsClosedAndTold() {
        KeptParcels kept = keep();
        handover.claim("core.engine");
        handover.park("core.engine", new Parcel(1, new byte[] {2}, List.of(5, 6)));
        kept.rewind();
        assertEquals(Set.of(105, 106), open);
        assertArrayEquals(new byte[] {2}, handover.claim("core.engine.rewound").orElseThrow().state());
    }

    @Test
    void whatWasNeverTouchedGoesOnAsItIs() {
        KeptParcels kept = keep();
        kept.fillIn();
        assertEquals(Set.of(5, 6), open);
        assertEquals(Set.of("core.engine"), handover.parked());
    }

    @Test
    void whatAVersionTookAndDidNotLeaveAgainIsFilledIn() {
        KeptParcels kept = keep();
        handover.claim("core.engine");
        kept.fillIn();
        assertEquals(Set.of("core.engine", "core.engine.rewound"), handover.parked());
    }
}
