package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.AdminException;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From nothing to packets that pass, and back. */
class LacAndLnsTest {
    private static final List<String> UP = List.of("tunnel CREATED", "tunnel UP", "session CREATED", "session UP",
            "session PPP_UP");
    private static final List<String> SESSION_DOWN = List.of("session PPP_DOWN", "session DOWN", "session DELETED");
    private static final List<String> TUNNEL_DOWN = List.of("tunnel DOWN", "tunnel DELETED");

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTunnelWithASessionComesUpAndPacketsPassBothWays(int workers) throws Exception {
        Pair pair = new Pair(1, workers).up();
        pair.assertPackets();

        TunnelStatus office = pair.lac.tunnel("office");
        assertEquals(TunnelState.ESTABLISHED, office.state());
        assertEquals("lns", office.peerHostName());
        assertEquals("Isthmus L2TP appliance", office.peerVendor());
        assertTrue(office.upSince().isPresent());
        SessionStatus alice = pair.lns.session(pair.lnsSession());
        assertEquals("alice", alice.ppp().orElseThrow().userName());
        assertEquals("mschapv2", alice.ppp().orElseThrow().authProtocol());
        assertEquals(Optional.of(InetAddress.getByName("10.9.0.2")), alice.ppp().orElseThrow().remoteAddress());
        assertEquals(Optional.of(InetAddress.getByName("10.9.0.1")),
                pair.lac.session("alice").ppp().orElseThrow().remoteAddress());
        assertEquals(1, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version l2tpv2", "version l2tpv3", "version l2tpv3\nencap ip"})
    void pppComesUpOverEachKindOfTunnelAndStays(String kind) {
        Pair pair = new Pair(4);
        pair.lns.apply(Pair.LNS.replace("host_name lns", "host_name lns\nlisten_ip true"));
        pair.lac.apply(Pair.LAC.replace("peer ", kind + "\npeer "));
        pair.settle();
        pair.assertPackets();
        pair.world.runSeconds(300); // longer than it would take to miss configuration requests, echoes or HELLOs
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({"pap,pap", "chap,chap", "mschapv1,mschapv1", "mschapv2,mschapv2", "pap chap,chap",
            "pap chap mschapv2,mschapv2"})
    void theBestMethodThatBothAllowProvesTheUser(String allowed, String used) {
        Pair pair = new Pair(3);
        StringBuilder methods = new StringBuilder();
        for (String method : List.of("pap", "chap", "mschapv1", "mschapv2")) {
            methods.append("auth_").append(method)
                    .append(List.of(allowed.split(" ")).contains(method) ? " yes\n" : " no\n");
        }
        pair.lns.apply(Pair.LNS.replace("ip_pool_name", methods + "ip_pool_name"));
        pair.lac.apply(Pair.LAC + "ppp profile \"default\" {\nauth_mschapv1 yes\n}");
        pair.settle();
        assertEquals(used, pair.lns.session(pair.lnsSession()).ppp().orElseThrow().authProtocol());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void listenersAreToldInOrderAtBothEnds() {
        Pair pair = new Pair(2).up();
        assertEquals(UP, pair.lac.events().lines());
        assertEquals(UP, pair.lns.events().lines());

        pair.lac.engine().shutDown();
        pair.world.runSeconds(60);
        List<String> down = List.of("session PPP_DOWN", "session DOWN", "session DELETED", "tunnel DOWN", "tunnel DELETED");
        assertEquals(down, pair.lac.events().lines());
        assertEquals(down, pair.lns.events().lines());
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionThatIsDeletedAtEitherEndEndsAtBothAndTheTunnelStays(boolean atLac) throws AdminException {
        Pair pair = new Pair(4).up();
        pair.lac.events().lines();
        pair.lns.events().lines();
        var done = (atLac ? pair.lac.admin().deleteSession("office/alice", "maintenance")
                : pair.lns.admin().deleteSession(pair.lnsSession(), "maintenance")).toCompletableFuture();
        assertFalse(done.isDone());
        pair.settle();
        assertTrue(done.isDone());
        assertEquals(SESSION_DOWN, pair.lac.events().lines());
        assertEquals(SESSION_DOWN, pair.lns.events().lines());
        assertEquals(0, pair.lns.admin().sessions().size());
        assertEquals(0, pair.lns.pool().out());
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        String told = atLac ? pair.lns.events().lastCause() : pair.lac.events().lastCause();
        assertTrue(told.contains("maintenance"), told);
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTunnelThatIsDeletedAtEitherEndEndsAtBothWithItsSessions(boolean atLac) throws AdminException {
        Pair pair = new Pair(5, 2).up();
        pair.lac.events().lines();
        pair.lns.events().lines();
        String atLns = pair.lns.admin().tunnels().get(0).name();
        var done = (atLac ? pair.lac.admin().deleteTunnel("office", "maintenance")
                : pair.lns.admin().deleteTunnel(atLns, "maintenance")).toCompletableFuture();
        pair.settle();
        assertTrue(done.isDone(), "the peer has acknowledged");
        assertEquals(SESSION_DOWN, pair.lac.events().lines().subList(0, 3));
        assertEquals(SESSION_DOWN, pair.lns.events().lines().subList(0, 3));
        assertEquals(0, pair.lns.admin().tunnels().size());
        if (atLac) {
            assertEquals(0, pair.lac.admin().tunnels().size());
        } else {
            assertEquals(TunnelState.DOWN, pair.lac.tunnel("office").state(), "it stays listed");
            assertTrue(pair.lac.tunnel("office").lastCause().message().contains("maintenance"));
            assertTrue(pair.lac.tunnel("office").lastCause().byPeer());
        }
        pair.world.runSeconds(60);
        assertEquals(TUNNEL_DOWN.get(1), pair.lns.events().lines().get(0), "its id is free after the linger time");
        pair.assertNothingLeft();
    }

    @Test
    void countersSayWhatHappened() {
        Pair pair = new Pair(6).up();
        pair.assertPackets();
        for (Appliance appliance : List.of(pair.lac, pair.lns)) {
            for (String counter : List.of("tunnels_created", "tunnels_established", "sessions_created",
                    "sessions_established", "ppp_established")) {
                assertEquals(1, appliance.counter(counter), appliance + " " + counter);
            }
            for (String counter : List.of("tunnels_failed", "sessions_failed", "plugin_failures", "tx_errors",
                    "rx_malformed", "rx_no_such_tunnel", "rx_no_such_session", "rx_unexpected")) {
                assertEquals(0, appliance.counter(counter), appliance + " " + counter);
            }
        }
        assertEquals(1, pair.lns.counter("sccrq_received"));
        assertEquals(1, pair.lac.tunnel("office").counters().get("tx_icrq"));
        assertEquals(pair.lac.counter("rx_packets") > 0, true);
        pair.lac.admin().resetCounters();
        assertEquals(0, pair.lac.counter("rx_packets"));
    }

    @Test
    void anOrderlyStopTellsEveryPeerAndTakesNoNewTunnel() {
        Pair pair = new Pair(7).up();
        var done = pair.lns.engine().shutDown().toCompletableFuture();
        pair.lac.apply(Pair.LAC + "tunnel \"late\" {\npeer 10.0.0.2\n}");
        pair.settle();
        assertTrue(done.isDone());
        assertEquals(0, pair.lns.admin().tunnels().size());
        assertEquals(1, pair.lns.counter("sccrq_refused_draining"));
        pair.lns.engine().stop();
        assertTrue(pair.lns.workers().isEmpty());
        pair.assertNothingLeft();
    }
}
