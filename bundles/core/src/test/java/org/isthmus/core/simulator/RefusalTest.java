package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.AdminException;
import org.isthmus.api.SessionState;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not get in, and what each side is told. */
class RefusalTest {

    private static String secret(String secret) {
        return "tunnel profile \"default\" {\nsecret " + secret + "\nauth_mode challenge\n}\n";
    }

    private static Pair pair(String lns, String lac) {
        Pair pair = new Pair(1);
        pair.lns.apply(lns);
        pair.lac.apply(lac);
        return pair.settle();
    }

    private static String lns(String systemLine) {
        return Pair.LNS.replace("host_name lns", "host_name lns\n" + systemLine);
    }

    private static void assertDown(Pair pair, String... words) {
        assertEquals(TunnelState.DOWN, pair.lac.tunnel("office").state(), pair.world::trace);
        String why = pair.lac.tunnel("office").lastCause().message();
        for (String word : words) {
            assertTrue(why.contains(word), why);
        }
        assertEquals(0, pair.lns.admin().tunnels().size());
        pair.assertNothingLeft();
    }

    @Test
    void withTheSameSecretBothProveThemselves() {
        Pair pair = pair(Pair.LNS + secret("s3cret"), Pair.LAC + secret("s3cret"));
        assertTrue(pair.lac.tunnel("office").authenticated());
        assertTrue(pair.lns.admin().tunnels().get(0).authenticated());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void withAnotherSecretTheTunnelGoesDownAtBothAndIsCounted() {
        Pair pair = pair(Pair.LNS + secret("s3cret"), Pair.LAC + secret("wrong"));
        assertEquals(1, pair.lac.counter("tunnel_auth_failures"), "the LAC sees first that the LNS does not know it");
        assertEquals(4, pair.lac.tunnel("office").lastCause().resultCode());
        assertDown(pair, "");
    }

    @Test
    void anLnsThatAloneAsksForTheSecretRefusesALacWithAnother() {
        Pair pair = pair(Pair.LNS + secret("s3cret"),
                Pair.LAC + "tunnel profile \"default\" {\nsecret wrong\n}\n");
        assertEquals(1, pair.lns.counter("tunnel_auth_failures"));
        assertTrue(pair.lac.tunnel("office").lastCause().byPeer()
                || pair.lac.tunnel("office").upSince().isEmpty(), pair.world::trace);
        assertDown(pair, "StopCCN");
    }

    @ParameterizedTest
    @CsvSource({"wonderland,wrong", "alice,mallory"})
    void aWrongPasswordOrAnUnknownUserEndsTheSessionAndTheTunnelStays(String right, String wrong) {
        Pair pair = pair(Pair.LNS, Pair.LAC.replace((right.equals("alice") ? "user_name " : "user_password ") + right,
                (right.equals("alice") ? "user_name " : "user_password ") + wrong));
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertEquals(SessionState.DOWN, pair.lac.session("alice").state());
        String why = pair.lac.session("alice").lastCause().message();
        assertTrue(why.toLowerCase(java.util.Locale.ROOT).contains("authentic"), why);
        assertEquals(1, pair.lns.counter("ppp_auth_failures"));
        assertEquals(0, pair.lns.admin().sessions().size());
        assertEquals(0, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void withoutAMethodInCommonTheSessionEnds() {
        Pair pair = pair(Pair.LNS.replace("ip_pool_name", "auth_chap no\nauth_mschapv2 no\nip_pool_name"),
                Pair.LAC + "ppp profile \"default\" {\nauth_pap no\n}");
        assertEquals(SessionState.DOWN, pair.lac.session("alice").state(), pair.world::trace);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertEquals(0, pair.lns.admin().sessions().size());
        pair.assertNothingLeft();
    }

    @Test
    void aPeerWhoseProfileSaysDenyIsToldSoOnce() {
        Pair pair = pair(Pair.LNS.replace("peer_ipaddr", "deny yes\npeer_ipaddr"), Pair.LAC);
        assertEquals(1, pair.lns.counter("sccrq_denied"));
        assertEquals(4, pair.lac.tunnel("office").lastCause().resultCode());
        assertDown(pair, "StopCCN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "challenge"})
    void withoutAPeerProfileThatFitsNobodyGetsInWhenAuthModeAsksForOne(String mode) {
        Pair pair = pair(Pair.LNS.replace("0.0.0.0/0 ::/0", "192.0.2.0/24") + "tunnel profile \"default\" {\nauth_mode "
                + mode + "\nsecret s3cret\n}", Pair.LAC);
        assertEquals(1, pair.lns.counter("sccrq_refused_no_peer"));
        assertDown(pair, "StopCCN");
    }

    @Test
    void authModeSimpleTakesAPeerThatAProfileNames() {
        Pair pair = pair(Pair.LNS + "tunnel profile \"default\" {\nauth_mode simple\n}", Pair.LAC);
        pair.assertPackets();
        assertEquals("all", pair.lns.admin().tunnels().get(0).peerProfile());
        pair.assertNothingLeft();
    }

    @Test
    void whileItDrainsNewTunnelsAreRefusedAndThoseThatAreUpStay() {
        Pair pair = pair(Pair.LNS, Pair.LAC);
        pair.lns.admin().drain(true);
        pair.lac.apply(Pair.LAC + "tunnel \"late\" {\npeer 10.0.0.2\n}");
        pair.settle();
        assertEquals(TunnelState.DOWN, pair.lac.tunnel("late").state());
        assertEquals(6, pair.lac.tunnel("late").lastCause().resultCode());
        assertEquals(1, pair.lns.counter("sccrq_refused_draining"));
        pair.assertPackets();
        assertThrows(AdminException.class, () -> pair.lns.admin().createTunnel("ours",
                Conf.settings(Schema.TUNNEL, "peer 10.0.0.1")));

        pair.lns.admin().drain(false);
        pair.lac.apply(Pair.LAC);
        pair.lac.apply(Pair.LAC + "tunnel \"late\" {\npeer 10.0.0.2\n}");
        pair.settle();
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("late").state());
        pair.assertNothingLeft();
    }

    @Test
    void tunnelsOfTheFileThatWereRefusedWhileDrainingComeUpWhenItEnds() {
        Pair pair = new Pair(2);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("host_name lac", "host_name lac\ndrain_tunnels yes"));
        pair.settle();
        assertEquals(TunnelState.DOWN, pair.lac.tunnel("office").state());
        assertTrue(pair.lac.tunnel("office").lastCause().message().contains("draining"));
        pair.lac.apply(Pair.LAC);
        pair.settle();
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void denyLocalTunnelCreatesHoldsForTheFileAndForCommands() {
        Pair pair = pair(Pair.LNS, Pair.LAC.replace("host_name lac", "host_name lac\ndeny_local_tunnel_creates yes"));
        assertThrows(AdminException.class, () -> pair.lac.admin().createTunnel("ours",
                Conf.settings(Schema.TUNNEL, "peer 10.0.0.2")));
        assertDown(pair, "deny_local_tunnel_creates");
    }

    @Test
    void denyRemoteTunnelCreatesRefusesPeersAndLetsUsOpenTunnels() {
        Pair pair = pair(lns("deny_remote_tunnel_creates yes"), Pair.LAC);
        assertEquals(1, pair.lns.counter("sccrq_denied"));
        assertDown(pair, "StopCCN");
    }

    @Test
    void maxTunnelsRefusesTheNextOneOnEitherSide() {
        Pair pair = pair(lns("max_tunnels 1"), Pair.LAC + "tunnel \"second\" {\npeer 10.0.0.2\n}");
        long up = pair.lac.admin().tunnels().stream().filter(t -> t.state() == TunnelState.ESTABLISHED).count();
        assertEquals(1, up);
        assertEquals(1, pair.lns.counter("sccrq_refused_limit"));
        assertThrows(AdminException.class, () -> pair.lns.admin().createTunnel("ours",
                Conf.settings(Schema.TUNNEL, "peer 10.0.0.1")));
        pair.assertNothingLeft();
    }

    @Test
    void halfOpenTunnelsTakeNothingFromMaxTunnels() {
        Pair pair = new Pair(3);
        pair.lns.apply(lns("max_tunnels 1"));
        for (int i = 1; i < 10; i++) {
            new Stranger(pair.world, "192.0.2." + i, 1701).send(pair.lns.address(), Stranger.sccrq(1, "nobody"));
        }
        pair.world.runSeconds(1);
        pair.lac.apply(Pair.LAC);
        pair.settle();
        assertTrue(pair.isUp(), pair.world::trace);
        pair.world.runSeconds(300);
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "tunnel"})
    void maxSessionsRefusesTheNextCallAndTheTunnelStays(String where) {
        String lns = where.equals("system") ? lns("max_sessions 1")
                : Pair.LNS + "tunnel profile \"default\" {\nmax_sessions 1\n}";
        Pair pair = pair(lns, Pair.LAC.replace("session \"alice\"",
                "session \"bob\" {\nuser_name bob\nuser_password builder\n}\nsession \"alice\""));
        assertEquals(1, pair.lns.admin().sessions().size());
        long up = pair.lac.admin().sessions().stream().filter(s -> s.state() == SessionState.ESTABLISHED).count();
        assertEquals(1, up);
        var refused = pair.lac.admin().sessions().stream().filter(s -> s.state() == SessionState.DOWN).findFirst();
        assertEquals(4, refused.orElseThrow().lastCause().resultCode());
        if (where.equals("system")) {
            assertEquals(1, pair.lns.counter("sessions_refused"));
        }
        pair.assertNothingLeft();
    }

    @Test
    void callRateLimitRefusesWhatIsMoreThanThatInASecond() {
        StringBuilder sessions = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            sessions.append("session \"s").append(i).append("\" {\nuser_name alice\nuser_password wonderland\n}\n");
        }
        Pair pair = pair(lns("call_rate_limit 3"), Pair.LAC.replace("session \"alice\"", sessions + "session \"alice\""));
        assertEquals(3, pair.lns.admin().sessions().size());
        assertEquals(8, pair.lns.counter("call_rate_limited"));
        assertEquals(8, pair.lns.counter("sessions_refused"));
        pair.assertNothingLeft();
    }

    @Test
    void aTunnelThatIsNotUpInTimeGoesDown() {
        Pair pair = new Pair(4);
        new Stranger(pair.world, "10.0.0.9", 1701);
        pair.lac.apply(Pair.LAC.replace("10.0.0.2", "10.0.0.9")
                .replace("host_name lac", "host_name lac\ntunnel_establish_timeout 10"));
        pair.world.runSeconds(9);
        assertEquals(TunnelState.WAIT_CTL_REPLY, pair.lac.tunnel("office").state());
        pair.world.runSeconds(2);
        assertDown(pair, "not established in time");
    }

    @Test
    void aCallThatIsNotUpInTimeGoesDown() {
        Pair pair = pair(Pair.LNS.replace("host_name lns", "host_name lns\nsession_establish_timeout 10"),
                "system {\nhost_name lac\nsession_establish_timeout 10\n}\ntunnel \"office\" {\npeer 10.0.0.2\n"
                + "max_retries 20\n}");
        pair.world.impair(Impairment.DEAD);
        try {
            pair.lac.admin().createSession("office", "alice", Conf.settings(Schema.SESSION, "user_name alice"));
        } catch (AdminException refused) {
            throw new AssertionError(refused);
        }
        pair.world.runSeconds(9);
        assertEquals(SessionState.WAIT_REPLY, pair.lac.session("alice").state());
        pair.world.runSeconds(2);
        assertEquals(SessionState.DOWN, pair.lac.session("alice").state());
        assertTrue(pair.lac.session("alice").lastCause().message().contains("not established in time"));
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertFalse(pair.lac.tunnel("office").upSince().isEmpty());
        pair.world.impair(Impairment.NONE);
        pair.assertNothingLeft();
    }
}
