package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.isthmus.api.SessionState;
import org.isthmus.api.TunnelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that die, and networks that do for a while. */
class LossTest {

    private static String persistent(String more) {
        return Pair.LAC.replace("peer 10.0.0.2", "peer 10.0.0.2\npersist yes\n" + more)
                .replace("host_name lac", "host_name lac\ntunnel_persist_pend_timeout 30");
    }

    @Test
    void aDeadPeerIsFoundByHelloAndGivenUpAfterTheRetries() {
        Pair pair = new Pair(1);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("peer 10.0.0.2", "peer 10.0.0.2\nhello_timeout 20"));
        pair.settle();
        pair.lns.kill();
        long killed = pair.world.now();
        assertTrue(pair.world.runUntil(() -> pair.lac.tunnel("office").state() == TunnelState.DOWN, 120_000));
        long took = pair.world.now() - killed;
        // Silence for 20 s, then 1 + 2 + 4 + 8 + 8 + 8 s of retries, less what passed before.
        assertTrue(took > 40_000 && took <= 51_000, () -> took + " ms");
        String why = pair.lac.tunnel("office").lastCause().message();
        assertTrue(why.contains("HELLO was not acknowledged after 5 retries"), why);
        assertEquals(1, pair.lac.counter("tunnels_failed"));
        assertEquals(SessionState.DOWN, pair.lac.session("alice").state());
        pair.world.runSeconds(3600);
        assertEquals(TunnelState.DOWN, pair.lac.tunnel("office").state(), "not persistent: it stays listed, and down");
    }

    @Test
    void aPersistentTunnelComesBackByItselfWithItsSessions() {
        Pair pair = new Pair(2);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(persistent("hello_timeout 20"));
        pair.settle();
        pair.lns.kill();
        pair.world.runUntil(() -> pair.lac.tunnel("office").state() == TunnelState.RETRY, 120_000);
        assertEquals(pair.world.now() + 30_000, pair.lac.tunnel("office").retryAt().orElseThrow().toEpochMilli());
        assertEquals(SessionState.WAIT_TUNNEL, pair.lac.session("alice").state());

        Appliance revived = new Appliance(pair.world, "lns2", 1, "10.0.0.2");
        revived.apply(Pair.LNS);
        pair.world.runSeconds(29);
        assertEquals(TunnelState.RETRY, pair.lac.tunnel("office").state());
        pair.world.runSeconds(6);
        assertTrue(pair.isUp(), pair.world::trace);
        assertEquals(1, revived.admin().sessions().size());
    }

    @Test
    void anUnreachablePeerIsAskedAfter1And2And4And8And8Seconds() {
        Pair pair = new Pair(3);
        Stranger dead = new Stranger(pair.world, "10.0.0.9", 1701);
        pair.lac.apply(Pair.LAC.replace("10.0.0.2", "10.0.0.9").replace("peer ", "max_retries 6\npeer "));
        long start = pair.world.now();
        pair.world.runSeconds(100);
        List<Long> seconds = new ArrayList<>();
        dead.receivedAt().forEach(at -> seconds.add(Math.round((at - start) / 1000.0)));
        assertEquals(List.of(0L, 1L, 3L, 7L, 15L, 23L, 31L), seconds);
        assertEquals(TunnelState.DOWN, pair.lac.tunnel("office").state());
        assertTrue(pair.lac.tunnel("office").lastCause().message().contains("never answered"));
    }

    @Test
    void aPeerWhoseNameCannotBeFoundIsTriedAgainIfPersistent() {
        Pair pair = new Pair(4);
        pair.lac.apply(persistent("").replace("10.0.0.2", "lns.invalid"));
        pair.settle();
        assertEquals(TunnelState.RETRY, pair.lac.tunnel("office").state());
        assertTrue(pair.lac.tunnel("office").lastCause().message().contains("lns.invalid"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 15, 29, 31, 45, 55, 59})
    void aMinuteWithoutAnyPacketIsSurvivedWith10RetriesWheneverItBegins(int offset) {
        Pair pair = new Pair(5);
        pair.lns.apply(Pair.LNS + "tunnel profile \"default\" {\nmax_retries 10\n}");
        pair.lac.apply(Pair.LAC.replace("peer ", "max_retries 10\npeer "));
        pair.settle();
        pair.world.runSeconds(offset);
        pair.world.impair(Impairment.DEAD);
        pair.world.runSeconds(60);
        pair.world.impair(Impairment.NONE);
        pair.world.runSeconds(60);
        assertTrue(pair.isUp(), pair.world::trace);
        assertEquals(1, pair.lac.counter("tunnels_created"), "the very same tunnel");
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void withTheDefaultsAMinuteIsSurvivedByATunnelThatWasInUse() {
        Pair pair = new Pair(6).up();
        pair.assertPackets();
        pair.world.impair(Impairment.DEAD);
        pair.world.runSeconds(60);
        pair.world.impair(Impairment.NONE);
        pair.world.runSeconds(60);
        assertTrue(pair.isUp(), pair.world::trace);
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void withTheDefaultsASilentTunnelWhoseHelloIsLostAtTheBeginningGoesDownAndAPersistentOneComesBack() {
        Pair pair = new Pair(7);
        String quiet = "ppp profile \"default\" {\nlcp_echo_interval 0\n";
        pair.lns.apply(Pair.LNS.replace("ppp profile \"default\" {", quiet));
        pair.lac.apply(persistent("") + quiet + "}");
        pair.settle();
        pair.world.runSeconds(54);
        pair.world.impair(Impairment.DEAD);
        pair.world.runSeconds(60);
        pair.world.impair(Impairment.NONE);
        assertEquals(TunnelState.RETRY, pair.lac.tunnel("office").state());
        pair.world.runSeconds(60);
        assertTrue(pair.isUp(), pair.world::trace);
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void aThirdLostSomeDoubledAndAllOutOfOrderStillComesUp(long seed) {
        Pair pair = new Pair(seed, 2);
        pair.world.impair(new Impairment(33, 10, 20, 300));
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("peer ", "max_retries 20\npersist yes\npeer "));
        assertTrue(pair.world.runUntil(pair::isUp, 600_000), pair.world::trace);
        pair.world.impair(Impairment.NONE);
        pair.world.runSeconds(30);
        pair.assertPackets();
        pair.assertNothingLeft();
    }
}
