package org.isthmus.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.core.admission.FrontDoor.Opened;
import org.isthmus.core.counters.Counter;
import org.isthmus.core.counters.Counters;
import org.junit.jupiter.api.Test;

class FrontDoorTest {
    private static final AdmissionLimits LIMITS = AdmissionLimits.of(Settings.EMPTY, 1);
    private static final int PORT = 1701;

    private final Counters counters = new Counters();
    private final FrontDoor<String> door = new FrontDoor<>(LIMITS, counters, 42);
    private long now = -5_000;

    private static long ipv4(int number) {
        return 0x0a00_0000L + number;
    }

    private Opened<String> open(int source, int id) {
        return door.open(0, ipv4(source), PORT, id, false, source + "/" + id);
    }

    @Test
    void aFloodFromOneAddressIsCutToItsRateAndLeavesTheOthersTheirs() {
        int admitted = 0;
        for (int i = 0; i < 5_000; i++) {
            now += i % 5 == 0 ? 1 : 0; // 5,000 in a second
            if (door.admit(0, ipv4(1), now) == Admission.ADMITTED) {
                admitted++;
            }
        }
        assertTrue(admitted >= 20 && admitted <= 40, "a burst and a second's worth, not " + admitted);
        assertEquals(5_000 - admitted, counters.get(Counter.SCCRQ_RATE_LIMITED_SOURCE));
        assertEquals(0, counters.get(Counter.SCCRQ_RATE_LIMITED_GLOBAL));
        assertEquals(Admission.ADMITTED, door.admit(0, ipv4(2), now));
    }

    @Test
    void aFloodFromTenThousandAddressesIsCutToTheGlobalRateAndAKnownPeerGetsIn() {
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            now += i % 10 == 0 ? 1 : 0; // 10,000 in a second
            if (door.admit(0, ipv4(i), now) == Admission.ADMITTED) {
                admitted++;
                open(i, 1);
            }
            assertTrue(door.halfOpenUnknown() <= LIMITS.halfOpen());
        }
        assertTrue(admitted <= 2_000, "a burst and a second's worth, not " + admitted);
        assertEquals(10_000 - admitted, counters.get(Counter.SCCRQ_RATE_LIMITED_GLOBAL));
        assertEquals(admitted - LIMITS.halfOpen(), counters.get(Counter.HALF_OPEN_DROPPED));

        assertEquals(Admission.LIMITED_GLOBAL, door.admit(0, ipv4(77_777), now), "the flood has the unknown's bucket");
        assertEquals(Admission.ADMITTED, door.admitPeer(0, ipv4(88_888), 0, now));
        Opened<String> known = door.open(0, ipv4(88_888), PORT, 9, true, "known");
        assertEquals(Optional.empty(), known.victim());
        for (int i = 20_000; i < 40_000; i++) {
            open(i, 1);
        }
        assertTrue(door.find(0, ipv4(88_888), PORT, 9).isPresent(), "the flood does not push it out");
    }

    @Test
    void memoryIsBoundedWhateverTheNumberOfAddresses() {
        for (int i = 0; i < 1_000_000; i++) {
            now++;
            door.admit(0x2001_0db8_0000_0000L + i, i, now);
            if (i % 100 == 0) {
                open(i, 7);
            }
        }
        assertTrue(door.sourcesRemembered() <= 4096 + LIMITS.halfOpen(), "sources: " + door.sourcesRemembered());
        assertEquals(LIMITS.halfOpen(), door.halfOpenUnknown());
    }

    @Test
    void theOldestHalfOpenTunnelGivesWay() {
        for (int i = 0; i < LIMITS.halfOpen(); i++) {
            assertEquals(Optional.empty(), open(i, 1).victim());
        }
        door.close(door.find(0, ipv4(0), PORT, 1).orElseThrow()); // it came up
        assertEquals(Optional.empty(), open(100_000, 1).victim());
        assertEquals(Optional.of("1/1"), open(100_001, 1).victim());
        assertEquals(Optional.empty(), door.find(0, ipv4(1), PORT, 1), "the victim has no place any more");
        assertEquals(1, counters.get(Counter.HALF_OPEN_DROPPED));
    }

    @Test
    void aSourceThatHasAllItMayHaveReplacesItsOwnOldest() {
        for (int id = 1; id <= LIMITS.halfOpenPerSource(); id++) {
            open(1, id);
        }
        open(2, 1);
        assertEquals(Optional.of("1/1"), open(1, 99).victim());
        assertEquals(Optional.of("1/2"), open(1, 100).victim());
        assertTrue(door.find(0, ipv4(2), PORT, 1).isPresent());
        assertEquals(2, counters.get(Counter.HALF_OPEN_DROPPED_SOURCE));
        assertEquals(0, counters.get(Counter.HALF_OPEN_DROPPED));
    }

    @Test
    void allOfAnIpv6NetworkOf64IsOneSource() {
        long network = 0x2001_0db8_0001_0002L;
        int admitted = 0;
        for (int host = 0; host < 1_000; host++) {
            admitted += door.admit(network, host, now) == Admission.ADMITTED ? 1 : 0;
        }
        assertEquals(LIMITS.sccrqSourceRate(), admitted);
        assertEquals(Admission.ADMITTED, door.admit(network + 1, 1, now));
        for (int host = 0; host < LIMITS.halfOpenPerSource(); host++) {
            door.open(network, host, PORT, 1, false, "host " + host);
        }
        assertEquals(Optional.of("host 0"), door.open(network, 5_000, PORT, 1, false, "one more").victim());
    }

    @Test
    void anIpv4AddressInAnIpv6SocketIsASourceOfItsOwn() {
        long mapped = 0x0000_ffff_0000_0000L;
        for (int i = 0; i < 100; i++) {
            door.admit(0, mapped | ipv4(1), now);
        }
        assertEquals(Admission.LIMITED_SOURCE, door.admit(0, mapped | ipv4(1), now));
        assertEquals(Admission.LIMITED_SOURCE, door.admit(0, ipv4(1), now), "the same host on an IPv4 socket");
        assertEquals(Admission.ADMITTED, door.admit(0, mapped | ipv4(2), now));
    }

    @Test
    void aPeerWithATunnelUpIsKnown() {
        door.tunnelUp(0, ipv4(1));
        door.tunnelUp(0, ipv4(1));
        exhaustGlobalRate();
        assertEquals(Admission.ADMITTED, door.admit(0, ipv4(1), now));
        door.open(0, ipv4(1), PORT, 5, false, "second tunnel");
        assertEquals(1, door.halfOpenKnown());
        assertEquals(0, door.halfOpenUnknown());

        door.tunnelDown(0, ipv4(1));
        assertEquals(Admission.ADMITTED, door.admit(0, ipv4(1), now), "one is left");
        door.tunnelDown(0, ipv4(1));
        assertEquals(Admission.LIMITED_GLOBAL, door.admit(0, ipv4(1), now));
        door.tunnelDown(0, ipv4(1)); // once too often does no harm
    }

    @Test
    void aPeersOwnRateHolds() {
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += door.admitPeer(0, ipv4(1), 3, now) == Admission.ADMITTED ? 1 : 0;
        }
        assertEquals(3, admitted);
        assertEquals(97, counters.get(Counter.SCCRQ_RATE_LIMITED_PEER));
        assertEquals(Admission.ADMITTED, door.admitPeer(0, ipv4(1), 0, now), "a limit taken away holds at once");
    }

    @Test
    void oneKnownAddressCannotTakeAllPlacesOfTheKnown() {
        door.open(0, ipv4(2), PORT, 1, true, "honest");
        for (int id = 1; id <= 5_000; id++) {
            door.open(0, ipv4(1), PORT, id, true, "forged " + id);
        }
        assertTrue(door.find(0, ipv4(2), PORT, 1).isPresent());
        assertTrue(door.halfOpenKnown() <= LIMITS.halfOpen());
    }

    @Test
    void aRepeatedRequestIsFoundByAddressPortAndId() {
        HalfOpen<String> place = open(1, 5).place();
        assertEquals(Optional.of(place), door.find(0, ipv4(1), PORT, 5));
        assertEquals(Optional.empty(), door.find(0, ipv4(1), PORT + 1, 5));
        assertEquals(Optional.empty(), door.find(0, ipv4(1), PORT, 6));
        assertEquals(Optional.empty(), door.find(1, ipv4(1), PORT, 5));
        door.close(place);
        door.close(place);
        assertEquals(Optional.empty(), door.find(0, ipv4(1), PORT, 5));
        assertEquals(0, door.halfOpenUnknown());
    }

    @Test
    void aPeerThatBeginsAnewReplacesItself() {
        door.open(0, ipv4(1), PORT, 5, false, "before");
        Opened<String> again = door.open(0, ipv4(1), PORT, 5, true, "after");
        assertEquals(Optional.of("before"), again.victim());
        assertEquals(Optional.of(again.place()), door.find(0, ipv4(1), PORT, 5));
        assertEquals(0, door.halfOpenUnknown());
        assertEquals(1, door.halfOpenKnown());
    }

    @Test
    void aPlaceGivenBackTwiceDoesNotTakeItsSuccessors() {
        HalfOpen<String> first = open(1, 5).place();
        door.close(first);
        open(1, 5);
        door.close(first);
        assertTrue(door.find(0, ipv4(1), PORT, 5).isPresent());
        assertEquals(1, door.halfOpenUnknown());
    }

    @Test
    void placesComeBackAsTunnelsComeUp() {
        Deque<HalfOpen<String>> places = new ArrayDeque<>();
        for (int i = 0; i < 100_000; i++) {
            places.add(open(i % 50, i).place());
            if (places.size() > 500) {
                door.close(places.removeFirst());
            }
        }
        assertEquals(500, door.halfOpenUnknown());
        assertEquals(0, counters.get(Counter.HALF_OPEN_DROPPED) + counters.get(Counter.HALF_OPEN_DROPPED_SOURCE));
    }

    @Test
    void lowerLimitsHoldForWhatComesNext() {
        for (int i = 0; i < 100; i++) {
            open(i, 1);
        }
        door.limits(new AdmissionLimits(50, 4, 10, 1, 0));
        assertEquals(Optional.of("0/1"), open(1_000, 1).victim());
        assertEquals(Admission.ADMITTED, door.admit(0, ipv4(1), now));
        assertEquals(Admission.LIMITED_SOURCE, door.admit(0, ipv4(1), now));
    }

    @Test
    void callsAreLimitedBySecond() {
        assertTrue(door.admitCall(now), "no limit by default");
        door.limits(new AdmissionLimits(50, 4, 10, 1, 2));
        assertTrue(door.admitCall(now));
        assertTrue(door.admitCall(now));
        assertFalse(door.admitCall(now));
        now += 500;
        assertTrue(door.admitCall(now));
        assertFalse(door.admitCall(now));
        assertEquals(2, counters.get(Counter.CALL_RATE_LIMITED));
    }

    @Test
    void aWorkerHasItsShareOfWhatHoldsForAll() {
        Settings system = Settings.builder().set(SystemParameters.HALF_OPEN_LIMIT, 10)
                .set(SystemParameters.CALL_RATE_LIMIT, 3).build();
        assertEquals(new AdmissionLimits(2, 16, 250, 20, 1), AdmissionLimits.of(system, 4));
        assertEquals(0, AdmissionLimits.of(Settings.EMPTY, 4).callRate(), "no limit stays no limit");
        assertEquals(1, AdmissionLimits.of(system, 256).halfOpen());
    }

    private void exhaustGlobalRate() {
        for (int i = 0; i < 2_000; i++) {
            door.admit(0, ipv4(500_000 + i), now);
        }
    }
}
