package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.SessionState;
import org.isthmus.api.TunnelState;
import org.junit.jupiter.api.Test;

/** How long a session lives. */
class SessionLifeTest {

    private static Pair withSessionProfile(long seed, String line) {
        Pair pair = new Pair(seed);
        pair.lns.apply(Pair.LNS + "session profile \"default\" {\n" + line + "\n}");
        pair.lac.apply(Pair.LAC);
        return pair.settle();
    }

    @Test
    void aSessionWithoutNetworkPacketsEndsAfterIdleTimeoutWhateverPppSays() {
        Pair pair = withSessionProfile(1, "idle_timeout 100");
        for (int i = 0; i < 5; i++) {
            pair.world.runSeconds(60);
            pair.assertPackets();
        }
        long last = pair.world.now();
        assertTrue(pair.world.runUntil(() -> pair.lns.admin().sessions().isEmpty(), 200_000), pair.world::trace);
        long after = pair.world.now() - last;
        assertTrue(after >= 99_000 && after <= 115_000, after + " ms");
        pair.settle();
        String why = pair.lac.session("alice").lastCause().message();
        assertTrue(why.contains("no data for 100 s"), why);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        pair.assertNothingLeft();
    }

    @Test
    void aSessionEndsAfterMaxConnectTime() {
        Pair pair = withSessionProfile(2, "max_connect_time 60");
        pair.world.runSeconds(50);
        pair.assertPackets();
        pair.world.runSeconds(10);
        assertEquals(SessionState.DOWN, pair.lac.session("alice").state());
        assertTrue(pair.lac.session("alice").lastCause().message().contains("longest connect time"));
        pair.assertNothingLeft();
    }

    @Test
    void aLongerTimeInTheFileHoldsForSessionsThatAreUp() {
        Pair pair = withSessionProfile(3, "max_connect_time 60");
        pair.lns.apply(Pair.LNS + "session profile \"default\" {\nmax_connect_time 120\n}");
        pair.world.runSeconds(100);
        pair.assertPackets();
        pair.world.runSeconds(20);
        assertEquals(SessionState.DOWN, pair.lac.session("alice").state());
        pair.assertNothingLeft();
    }

    @Test
    void aPppPeerThatAnswersNoEchoIsGivenUp() {
        Pair pair = new Pair(4);
        pair.lns.apply(Pair.LNS.replace("ppp profile \"default\" {",
                "ppp profile \"default\" {\nlcp_echo_interval 10\nlcp_echo_failure_count 3"));
        pair.lac.apply(Pair.LAC);
        pair.settle();
        pair.lac.removeDataplane(); // the control connection lives, PPP does not
        long began = pair.world.now();
        assertTrue(pair.world.runUntil(() -> pair.lns.admin().sessions().isEmpty(), 120_000));
        assertTrue(pair.world.now() - began >= 30_000 && pair.world.now() - began <= 60_000);
        pair.settle();
        String why = pair.lac.session("alice").lastCause().message();
        assertTrue(why.contains("did not answer"), why);
        assertEquals(0, pair.lns.pool().out());
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        pair.assertNothingLeft();
    }

    @Test
    void aChangedEchoIntervalHoldsForLinksThatAreUp() {
        Pair pair = new Pair(5).up();
        pair.lns.apply(Pair.LNS.replace("ppp profile \"default\" {",
                "ppp profile \"default\" {\nlcp_echo_interval 5\nlcp_echo_failure_count 2"));
        pair.lac.removeDataplane();
        pair.world.runSeconds(30);
        assertEquals(0, pair.lns.admin().sessions().size(), pair.world::trace);
        pair.assertNothingLeft();
    }

    @Test
    void aTunnelWithoutSessionsEndsAfterItsIdleTimeout() {
        Pair pair = new Pair(6);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply("system {\nhost_name lac\n}\ntunnel \"office\" {\npeer 10.0.0.2\nidle_timeout 30\n}");
        pair.world.runSeconds(29);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        pair.world.runSeconds(3);
        assertEquals(TunnelState.DOWN, pair.lac.tunnel("office").state());
        assertTrue(pair.lac.tunnel("office").lastCause().message().contains("no session for 30 s"));
        pair.assertNothingLeft();
    }
}
