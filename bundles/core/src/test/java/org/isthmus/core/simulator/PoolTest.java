package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.AdminException;
import org.isthmus.api.SessionState;
import org.isthmus.api.TunnelState;
import org.junit.jupiter.api.Test;

/** Addresses: lent, run dry, given back however a session ends. */
class PoolTest {
    private static final String TWO_ADDRESSES = Pair.LNS.replace("10.9.0.2-10.9.0.254", "10.9.0.2-10.9.0.3");

    private static String sessions(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < count; i++) {
            text.append("session \"s").append(i).append("\" {\nuser_name bob\nuser_password builder\n}\n");
        }
        return Pair.LAC.replace("session \"alice\"", text + "session \"alice\"")
                .replace("peer ", "persist yes\npeer ")
                .replace("host_name lac", "host_name lac\nsession_persist_pend_timeout 5");
    }

    private static long up(Pair pair) {
        return pair.lac.admin().sessions().stream().filter(session -> session.upSince().isPresent()).count();
    }

    @Test
    void aPoolRunDryEndsTheSessionThatGotNothingAndTheOthersStay() {
        Pair pair = new Pair(1);
        pair.lns.apply(TWO_ADDRESSES);
        pair.lac.apply(sessions(3));
        pair.settle();
        assertEquals(2, up(pair));
        assertEquals(2, pair.lns.pool().out());
        assertTrue(pair.lns.counter("pool_exhausted") >= 1);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        var refused = pair.lac.admin().sessions().stream().filter(s -> s.state() == SessionState.RETRY).findFirst()
                .orElseThrow();
        assertTrue(refused.lastCause().message().contains("empty"), refused.lastCause().message());
        pair.assertNothingLeft();
    }

    @Test
    void whenAnAddressComesBackTheSessionThatWaitsGetsIt() throws AdminException {
        Pair pair = new Pair(2);
        pair.lns.apply(TWO_ADDRESSES);
        pair.lac.apply(sessions(3));
        pair.settle();
        assertEquals(2, up(pair));
        String one = pair.lac.admin().sessions().stream().filter(s -> s.upSince().isPresent()).findFirst()
                .orElseThrow().fullName();
        pair.lac.admin().deleteSession(one, "makes room");
        pair.world.runSeconds(20);
        assertEquals(2, up(pair));
        assertEquals(2, pair.lac.admin().sessions().size());
        assertEquals(2, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void aLargerPoolInTheFileServesAtOnce() {
        Pair pair = new Pair(3);
        pair.lns.apply(TWO_ADDRESSES);
        pair.lac.apply(sessions(3));
        pair.settle();
        pair.lns.apply(Pair.LNS);
        pair.world.runSeconds(20);
        assertEquals(3, up(pair));
        pair.assertNothingLeft();
    }

    @Test
    void theAddressComesBackHoweverTheSessionEnds() throws AdminException {
        List<String> ways = List.of("lac deletes session", "lns deletes session", "lac deletes tunnel",
                "lns deletes tunnel", "lac dies", "data plane refuses", "lac forgets session while address is fetched",
                "lns stops");
        for (String way : ways) {
            Pair pair = new Pair(4);
            pair.lns.apply(Pair.LNS + "tunnel profile \"default\" {\nhello_timeout 10\n}\n");
            if (way.contains("fetched")) {
                pair.lns.pool().slow(700);
            }
            if (way.contains("refuses")) {
                pair.lns.dataplane().fault(SimDataplane.Point.NETWORK_UP, SimDataplane.Fault.REFUSES);
            }
            pair.lac.apply(Pair.LAC);
            pair.world.runFor(way.contains("fetched") ? 400 : 5_000);
            switch (way) {
                case "lac deletes session", "lac forgets session while address is fetched" ->
                    pair.lac.admin().deleteSession("office/alice", "");
                case "lns deletes session" -> pair.lns.admin().deleteSession(pair.lnsSession(), "");
                case "lac deletes tunnel" -> pair.lac.admin().deleteTunnel("office", "");
                case "lns deletes tunnel" ->
                    pair.lns.admin().deleteTunnel(pair.lns.admin().tunnels().get(0).name(), "");
                case "lac dies" -> pair.lac.kill();
                case "lns stops" -> pair.lns.engine().stop();
                default -> { }
            }
            pair.world.runSeconds(120);
            assertEquals(0, pair.lns.pool().out(), way + pair.world.trace());
            assertEquals(0, pair.lns.admin().sessions().size(), way);
        }
    }

    @Test
    void aPoolThatNeverAnswersEndsTheSessionAfterAWhileAndIsNotWaitedForByOthers() {
        Pair pair = new Pair(5);
        pair.lns.apply(Pair.LNS);
        pair.lns.pool().mood(SimPool.Mood.SILENT);
        pair.lac.apply(Pair.LAC.replace("peer ", "persist yes\npeer "));
        pair.world.runSeconds(40);
        assertEquals(SessionState.RETRY, pair.lac.session("alice").state(), pair.world::trace);
        assertTrue(pair.lac.session("alice").lastCause().message().contains("no answer within"),
                pair.lac.session("alice").lastCause().message());
        pair.lns.pool().mood(SimPool.Mood.WELL);
        pair.world.runSeconds(70);
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aPoolThatThrowsIsCountedAndPassedOver() {
        Pair pair = new Pair(6);
        SimPool second = new SimPool(pair.world);
        pair.lns.plugins().pools(List.of(pair.lns.pool(), second));
        pair.lns.pool().mood(SimPool.Mood.THROWS);
        pair.up();
        pair.assertPackets();
        assertEquals(1, second.out());
        assertTrue(pair.lns.counter("plugin_failures") >= 1);
        pair.assertNothingLeft();
        assertEquals(0, second.out());
    }

    @Test
    void anotherLenderTakesOverWhatIsOut() {
        Pair pair = new Pair(7).up();
        SimPool next = new SimPool(pair.world);
        pair.lns.plugins().pools(List.of());
        pair.lns.plugins().pools(List.of(next));
        assertEquals(1, next.out());
        pair.lac.engine().shutDown();
        pair.settle();
        assertEquals(0, next.out());
    }
}
