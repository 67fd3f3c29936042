package org.isthmus.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.upgrade.Census.Session;
import org.isthmus.upgrade.Census.Tunnel;
import org.junit.jupiter.api.Test;

/** What counts as lost by an upgrade. */
class CensusTest {
    private static final String UP = "ESTABLISHED";

    private final Map<String, Tunnel> tunnels = new LinkedHashMap<>(Map.of("t", new Tunnel(1, 2, UP, 10, false, true)));
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private Census before;

    private void begin(int count) {
        for (int i = 0; i < count; i++) {
            sessions.put("t/" + i, new Session(10 + i, 20 + i, UP, 0));
        }
        before = now();
    }

    private Census now() {
        return new Census(Map.copyOf(tunnels), new LinkedHashMap<>(sessions), 0);
    }

    private void cdns(int more) {
        tunnels.put("t", new Tunnel(1, 2, UP, 10 + more, false, true));
    }

    @Test
    void nothingIsLostWhereAllIsAsBefore() {
        begin(3);
        sessions.put("t/new", new Session(99, 0, "WAIT_REPLY", 0));
        sessions.put("t/0", new Session(10, 20, UP, 7));
        assertEquals(List.of(), now().lostSince(before));
    }

    @Test
    void aSessionThatIsGoneIsLost() {
        begin(3);
        sessions.remove("t/1");
        assertEquals(List.of("session \"t/1\" is gone"), now().lostSince(before));
    }

    @Test
    void aSessionWithOtherIdentifiersIsNotTheSame() {
        begin(2);
        sessions.put("t/1", new Session(11, 0, UP, 0));
        assertEquals(List.of("session \"t/1\" has other identifiers"), now().lostSince(before));
        sessions.put("t/1", new Session(11, 21, "RETRY", 0));
        assertEquals(List.of("session \"t/1\" is not up any more"), now().lostSince(before));
    }

    @Test
    void usersMayHangUpMeanwhile() {
        begin(3);
        sessions.remove("t/1");
        cdns(1);
        assertEquals(List.of(), now().lostSince(before));
    }

    @Test
    void manyThatHangUpAtOnceAreNoChance() {
        begin(100);
        for (int i = 0; i < 6; i++) {
            sessions.remove("t/" + i);
        }
        cdns(6);
        assertEquals(6, now().lostSince(before).size());
    }

    @Test
    void aTunnelIsLostUnlessItsPeerEndedIt() {
        begin(0);
        tunnels.put("t", new Tunnel(1, 2, "RETRY", 10, false, true));
        assertEquals(List.of("tunnel \"t\" is not up any more"), now().lostSince(before));
        tunnels.put("t", new Tunnel(1, 2, "RETRY", 10, true, true));
        assertEquals(List.of(), now().lostSince(before));
        tunnels.clear();
        assertEquals(List.of("tunnel \"t\" is gone"), now().lostSince(before));
    }
}
