package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.linux.AddressFamily;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Real packets of the kernel's cross the tunnel between two network namespaces. */
@Tag("netns")
@Timeout(60)
class TwoNamespacesTest extends TwoNamespaces {

    @Test
    void pingsCrossBothWaysOverSharedInterfaces() throws Exception {
        open(SHARED, SHARED);
        SessionPath here = up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        SessionPath there = up(lns, spec(1, true, "", 1400), network(LNS, LAC));
        assertEquals("l2tp", here.interfaceName());

        assertTrue(ping(lac, LNS));
        assertTrue(ping(lns, LAC));

        assertTrue(lac.onWorker(here::counters).rxPackets() > 0);
        // A reader counts a packet when it has been sent, so the other end may have it first.
        await(() -> lac.onWorker(here::counters).txPackets() == lns.onWorker(there::counters).rxPackets());
        await(() -> lac.onWorker(here::counters).txBytes() == lns.onWorker(there::counters).rxBytes());
    }

    @Test
    void pingsCrossBetweenAnInterfacePerSessionAndASharedOneWithAllHeaderOptions() throws Exception {
        open(PER_SESSION, SHARED);
        SessionPath here = up(lac, Wire.v2("s", 1, 1, false, true, true, true, 17, true, true, "", 1400, true, true), network(LAC, LNS));
        up(lns, Wire.v2("s", 1, 1, true, true, true, true, 1, true, false, "", 1400, true, true), network(LNS, LAC));
        assertEquals("l2tp0", here.interfaceName());
        assertEquals(1400, link(lac, "l2tp0").orElseThrow().mtu());

        assertTrue(ping(lac, LNS));
        assertTrue(ping(lns, LAC));

        lac.runOnWorker(here::networkDown);
        settle(lac);
        assertEquals(Optional.empty(), link(lac, "l2tp0"), "gone with its session");
    }

    @Test
    void aStreamOfBothDirectionsArrivesWhole() throws Exception {
        open(SHARED, SHARED);
        SessionPath here = up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        up(lns, spec(1, true, "", 1400), network(LNS, LAC));
        byte[] data = new byte[5_000_000];
        new Random(1).nextBytes(data);
        assertArrayEquals(data, echoed(data));
        assertEquals(0, lac.onWorker(here::counters).txTooBig(), "segments fit: their size was clamped or the route says the MTU");
    }

    @Test
    void pingsCrossInVersion3WithCookiesAndNumbers() throws Exception {
        open(SHARED, PER_SESSION, 3);
        byte[] ofLac = {1, 2, 3, 4};
        byte[] ofLns = {8, 7, 6, 5, 4, 3, 2, 1};
        Sequencing ordered = new Sequencing(DataSequencing.ALL, true, 100);
        PppPseudowire ppp = new PppPseudowire(false, true, true);
        SessionPath here = up(lac, new SessionSpec("s", 0xf0000001, 0xf0000002, false, ordered, new V3Header(ofLac, ofLns, true, true),
                ppp, "", 1400), network(LAC, LNS));
        SessionPath there = up(lns, new SessionSpec("s", 0xf0000002, 0xf0000001, true, ordered, new V3Header(ofLns, ofLac, true, true),
                ppp, "", 1400), network(LNS, LAC));
        assertTrue(ping(lac, LNS));
        assertTrue(ping(lns, LAC));
        for (SessionDataCounters data : List.of(lac.onWorker(here::counters), lns.onWorker(there::counters))) {
            assertTrue(data.rxPackets() > 0);
            assertEquals(0, data.rxWrongCookie() + data.rxErrors() + data.rxUnsequenced() + data.rxLate());
        }
    }

    @Test
    void theMtuOfASessionFollowsItsTunnels() throws Exception {
        open(SHARED, PER_SESSION);
        SessionPath here = up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        SessionPath there = up(lns, spec(1, true, "", 1400), network(LNS, LAC));
        for (int mtu : new int[] {1200, 1300, 1400}) {
            lac.runOnWorker(() -> here.mtu(mtu));
            lns.runOnWorker(() -> there.mtu(mtu));
            await(() -> routes(lac, AddressFamily.INET).stream().anyMatch(route -> route.mtu() == mtu));
            await(() -> link(lns, "l2tp0").orElseThrow().mtu() == mtu);
            assertTrue(ping(lac, LNS));
        }
    }

    @Test
    void manySessionsShareOneInterfaceAndEachGetsItsOwn() throws Exception {
        int sessions = 200;
        open(PER_SESSION, SHARED);
        for (int i = 0; i < sessions; i++) {
            up(lns, spec(i + 1, true, "", 1400), network(i == 6 ? "10.0.0.9" : LNS, "10.1.0." + (i + 1)));
        }
        SessionPath last = up(lac, spec(sessions, false, "", 1400), network("10.1.0." + sessions, LNS));
        SessionPath other = up(lac, spec(7, false, "seven", 1400), network("10.1.0.7", "10.0.0.9"));
        assertEquals("seven", other.interfaceName());

        assertTrue(ping(lns, "10.1.0." + sessions));
        assertTrue(ping(lns, "10.1.0.7"));
        assertFalse(ping(lns, "10.1.0.8"), "nobody at the other end of that session");
        assertTrue(lac.onWorker(last::counters).rxPackets() > 0);
        assertEquals(sessions, routes(lns, AddressFamily.INET).stream().filter(route -> route.mtu() == 1400).count());
    }

    @Test
    void linkLocalIpv6Crosses() throws Exception {
        open(PER_SESSION, SHARED);
        SessionPath here = up(lac, spec(1, false, "", 1400), network6("fe80::2", "fe80::1"));
        up(lns, spec(1, true, "", 1400), network6("fe80::1", "fe80::2"));
        // The kernel makes a new IPv6 address usable in a task of its own, which on a busy machine may come after the first packet.
        await(() -> ping(lac, scoped("fe80::1", link(lac, here.interfaceName()).orElseThrow())));
        await(() -> ping(lns, scoped("fe80::2", link(lns, "l2tp").orElseThrow())));
    }

    @Test
    void controlFramesCrossBesideTheNetwork() throws Exception {
        open(SHARED, SHARED);
        SessionPath here = up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        lns.session(spec(1, true, "", 1400));
        lac.runOnWorker(() -> here.sendPpp(Wire.direct("c021 09010008 00000000")));
        assertEquals("c0210901000800000000", lns.frames.take());
    }
}
