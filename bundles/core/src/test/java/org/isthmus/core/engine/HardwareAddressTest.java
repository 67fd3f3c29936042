package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** The hardware addresses of Ethernet sessions. */
class HardwareAddressTest {
    @Test
    void isTheSameForTheSameSessionAndAnotherAtItsOtherEnd() {
        assertEquals(HardwareAddress.of(0x8a80_21a9, 0xd8a6_087f), HardwareAddress.of(0x8a80_21a9, 0xd8a6_087f));
        assertNotEquals(HardwareAddress.of(0x8a80_21a9, 0xd8a6_087f), HardwareAddress.of(0xd8a6_087f, 0x8a80_21a9));
    }

    @Test
    void isLocalOfOneInterfaceAndDiffersBetweenSessions() {
        Set<Long> seen = new HashSet<>();
        for (int id = 1; id <= 100_000; id++) {
            long address = HardwareAddress.of(id, id + 1);
            assertEquals(0x02, address >>> 40 & 0x03, () -> "local and of one interface: " + Long.toHexString(address));
            assertEquals(0, address >>> 48, () -> "six octets: " + Long.toHexString(address));
            seen.add(address);
        }
        assertEquals(100_000, seen.size());
    }
}
