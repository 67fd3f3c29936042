package org.isthmus.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What systemd, or the keeper, tells a process that it starts. */
class InheritedTest {

    private static Map<String, Integer> of(String pid, String count, String names) {
        return Inherited.of(Map.of("LISTEN_PID", pid, "LISTEN_FDS", count, "LISTEN_FDNAMES", names), 77);
    }

    @Test
    void descriptorsAreNumberedFromThreeInTheOrderOfTheirNames() {
        assertEquals(Map.of("core.state", 3, "user.shared.l2tp", 4), of("77", "2", "core.state:user.shared.l2tp"));
    }

    @Test
    void whatIsMeantForAnotherProcessIsNotTaken() {
        assertEquals(Map.of(), of("78", "1", "core.state"));
        assertEquals(Map.of(), Inherited.of(Map.of(), 77));
    }

    @Test
    void nonsenseIsNothing() {
        assertEquals(Map.of(), of("77", "-1", "a"));
        assertEquals(Map.of(), of("77", "two", "a:b"));
        assertEquals(Map.of(), of("", "1", "a"));
    }

    @Test
    void noneIsLostForItsName() {
        assertEquals(Map.of("a", 3, "a+", 4, "unknown", 5, "unknown+", 6), of("77", "4", "a:a:"));
    }

    @Test
    void theyLieWhereOtherThingsAreClaimed() {
        HandoverStore store = new HandoverStore(Map.of("core.state", 9));
        assertEquals(Set.of("inherited core.state"), store.parked());
        assertEquals(List.of(9), store.claim(Handover.INHERITED + "core.state").orElseThrow().descriptors());
    }
}
