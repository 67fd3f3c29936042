package org.isthmus.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

class HandoverStoreTest {
    private final Handover store = new HandoverStore();

    @Test
    void whatIsParkedIsClaimedOnce() {
        Parcel parcel = new Parcel(1, new byte[] {1, 2}, List.of(7));
        store.park("core", parcel);
        assertEquals(Set.of("core"), store.parked());
        assertSame(parcel, store.claim("core").orElseThrow());
        assertEquals(Optional.empty(), store.claim("core"));
        assertEquals(Set.of(), store.parked());
    }

    @Test
    void anUnclaimedParcelComesBackToWhoeverReplacesIt() {
        Parcel first = new Parcel(1, new byte[0], List.of(3));
        assertEquals(Optional.empty(), store.park("core", first));
        assertSame(first, store.park("core", new Parcel(2, new byte[0], List.of())).orElseThrow());
        assertEquals(2, store.claim("core").orElseThrow().version());
    }

    @Test
    void aStateBeyondTheLimitIsRefusedByName() {
        Parcel huge = new Parcel(1, new byte[Handover.MOST_BYTES + 1], List.of());
        String message = assertThrows(IllegalArgumentException.class, () -> store.park("core", huge)).getMessage();
        assertEquals(true, message.startsWith("core: "));
        assertEquals(Set.of(), store.parked());
    }
}
