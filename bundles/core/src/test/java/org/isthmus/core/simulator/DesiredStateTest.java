package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.AdminException;
import org.isthmus.api.SessionState;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is applied comes true, and nothing else is touched. */
class DesiredStateTest {
    private static final String BOB = "session \"bob\" {\nuser_name bob\nuser_password builder\n}\n";

    @Test
    void theSameFileTwiceDoesNothing() {
        Pair pair = new Pair(1).up();
        pair.lac.events().lines();
        pair.lns.events().lines();
        long sent = pair.lac.counter("tx_packets");
        assertEquals(List.of(), pair.lac.apply(Pair.LAC).changes());
        assertEquals(List.of(), pair.lns.apply(Pair.LNS).changes());
        pair.settle();
        assertEquals(sent, pair.lac.counter("tx_packets"));
        assertEquals(List.of(), pair.lac.events().lines());
        assertEquals(List.of(), pair.lns.events().lines());
        pair.assertNothingLeft();
    }

    @Test
    void aChangedLiveParameterChangesTheTunnelThatIsUp() {
        Pair pair = new Pair(2).up();
        int id = pair.lac.tunnel("office").tunnelId();
        pair.lac.apply(Pair.LAC.replace("peer ", "hello_timeout 5\npeer "));
        pair.world.runSeconds(20);
        assertEquals(id, pair.lac.tunnel("office").tunnelId());
        assertTrue(pair.lac.tunnel("office").counters().get("tx_hello") >= 2, pair.world::trace);
        assertEquals(1, pair.lac.counter("tunnels_created"));
        pair.lac.apply(Pair.LAC.replace("peer ", "persist yes\npeer "));
        assertTrue(pair.lac.tunnel("office").persistent());
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aChangedOtherParameterMakesTheTunnelAnewWithItsSessions(int workers) {
        Pair pair = new Pair(3, workers).up();
        int id = pair.lac.tunnel("office").tunnelId();
        pair.lac.apply(Pair.LAC.replace("peer ", "host_name renamed\npeer "));
        pair.settle();
        assertNotEquals(id, pair.lac.tunnel("office").tunnelId());
        assertEquals(2, pair.lac.counter("tunnels_created"));
        assertEquals(1, pair.lns.admin().tunnels().size());
        assertEquals("renamed", pair.lns.admin().tunnels().get(0).peerHostName());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aTunnelWithAFixedIdIsMadeAnewWithItWhenItIsFree() {
        Pair pair = new Pair(4);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("peer ", "tunnel_id 4711\npeer "));
        pair.settle();
        assertEquals(4711, pair.lac.tunnel("office").tunnelId());
        pair.lac.apply(Pair.LAC.replace("peer ", "tunnel_id 4711\nhost_name renamed\npeer "));
        pair.world.runSeconds(40);
        assertEquals(4711, pair.lac.tunnel("office").tunnelId());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aChangedProfileReachesTheTunnelsThatTakeValuesFromIt() {
        Pair pair = new Pair(5).up();
        String profile = "tunnel profile \"default\" {\nhello_timeout 5\n}\n";
        pair.lac.apply(Pair.LAC + profile);
        pair.world.runSeconds(20);
        assertTrue(pair.lac.tunnel("office").counters().get("tx_hello") >= 2, "a tunnel of ours");
        pair.lac.apply(Pair.LAC);
        pair.lns.apply(Pair.LNS + profile);
        pair.world.runSeconds(20);
        assertTrue(pair.lns.admin().tunnels().get(0).counters().get("tx_hello") >= 2, "a tunnel of a peer");
        assertEquals(1, pair.lns.counter("tunnels_created"));
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void sessionsAreAddedToAndTakenOutOfATunnelThatIsUp() {
        Pair pair = new Pair(6).up();
        pair.lac.apply(Pair.LAC.replace("session \"alice\"", BOB + "session \"alice\""));
        pair.settle();
        assertEquals(2, pair.lns.admin().sessions().size());
        pair.lac.apply(Pair.LAC);
        pair.settle();
        assertEquals(1, pair.lns.admin().sessions().size());
        assertEquals(1, pair.lac.counter("tunnels_created"));
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aTunnelThatIsTakenOutGoesAndOthersStay() {
        Pair pair = new Pair(7).up();
        String other = "tunnel \"other\" {\npeer 10.0.0.2\n}\n";
        pair.lac.apply(Pair.LAC + other);
        pair.settle();
        pair.lac.apply("system {\nhost_name lac\n}\n" + other);
        pair.settle();
        assertEquals(List.of("other"), pair.lac.admin().tunnels().stream().map(t -> t.name()).toList());
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("other").state());
        assertEquals(1, pair.lns.admin().tunnels().size());
        assertTrue(pair.lns.events().lastCause().contains("removed from the configuration"));
        pair.assertNothingLeft();
    }

    @Test
    void whatTheConsoleMadeSurvivesAFileThatIsApplied() throws AdminException {
        Pair pair = new Pair(8).up();
        pair.lac.admin().createTunnel("mine", Conf.settings(Schema.TUNNEL, "peer 10.0.0.2"));
        pair.lac.admin().createSession("mine", "bob", Conf.settings(Schema.SESSION,
                "user_name bob\nuser_password builder"));
        pair.settle();
        assertEquals(SessionState.ESTABLISHED, pair.lac.session("mine/bob").state());
        pair.lac.apply("system {\nhost_name lac\n}");
        pair.settle();
        assertEquals(List.of("mine"), pair.lac.admin().tunnels().stream().map(t -> t.name()).toList());
        pair.assertPackets("mine/bob", pair.lnsSession());
        pair.lac.admin().deleteTunnel("mine", "done");
        pair.settle();
        assertEquals(List.of(), pair.lac.admin().tunnels());
        pair.assertNothingLeft();
    }

    @Test
    void aTunnelOfTheFileThatWasDeletedComesBackWhenTheFileIsAppliedAgain() throws AdminException {
        Pair pair = new Pair(9).up();
        pair.lac.admin().deleteTunnel("office", "for now");
        pair.settle();
        assertEquals(List.of(), pair.lac.admin().tunnels());
        pair.lac.apply(Pair.LAC);
        pair.settle();
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aSessionOfTheFileThatWasDeletedComesBackWhenTheFileIsAppliedAgain() throws AdminException {
        Pair pair = new Pair(10).up();
        pair.lac.admin().deleteSession("office/alice", "for now");
        pair.settle();
        assertEquals(List.of(), pair.lac.admin().sessions());
        pair.lac.apply(Pair.LAC);
        pair.settle();
        assertEquals(1, pair.lac.counter("tunnels_created"), "the tunnel was not touched");
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aStateWithAProblemChangesNothing() {
        Pair pair = new Pair(11).up();
        var report = pair.lac.admin().apply(Conf.file("tunnel \"office\" {\npeer 10.0.0.2\nprofile missing\n}"));
        assertEquals(1, report.problems().size());
        pair.settle();
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aTunnelWhoseNameIsTheIdOfAPeersTunnelIsDeletedAlone() throws AdminException {
        Pair pair = new Pair(12, 2).up();
        int id = pair.lns.admin().tunnels().get(0).tunnelId();
        pair.lns.apply(Pair.LNS + "tunnel \"" + id + "\" {\npeer 10.0.0.9\n}");
        pair.lns.admin().deleteTunnel(String.valueOf(id), "its name is a number");
        pair.settle();
        assertEquals(1, pair.lns.admin().tunnels().size());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aPersistentFlagSetLaterBringsATunnelBackThatIsDown() {
        Pair pair = new Pair(13);
        pair.lac.apply(Pair.LAC);
        pair.world.runSeconds(60);
        assertEquals(TunnelState.DOWN, pair.lac.tunnel("office").state());
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("peer ", "persist yes\npeer "));
        pair.settle();
        pair.assertPackets();
        pair.assertNothingLeft();
    }
}
