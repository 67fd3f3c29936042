package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
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

    @Test
    void twoStaticTunnelsToOnePeerNeverShareOne() throws Exception {
        Set<Long> seen = new HashSet<>();
        for (String peer : List.of("192.0.2.1", "192.0.2.2", "hub.example")) {
            for (int tunnel = 1; tunnel <= 1000; tunnel++) {
                Settings settings = Settings.builder().set(TunnelParameters.PEER, TunnelParameters.PEER.type().parse(peer))
                        .set(TunnelParameters.TUNNEL_ID, 1).set(TunnelParameters.PEER_TUNNEL_ID, tunnel).build();
                assertEquals(HardwareAddress.of(100, 200, settings), HardwareAddress.of(100, 200, settings));
                seen.add(HardwareAddress.of(100, 200, settings));
                seen.add(HardwareAddress.of(200, 100, settings));
            }
        }
        assertEquals(6000, seen.size());
    }
}
