package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.AdminException;
import org.isthmus.api.ProxyStatus;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.SwitchStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a LAC that go on through us to other LNSes. */
class SwitchingTest {
    private static final String LAC = """
            system {
                host_name lac
            }
            tunnel "office" {
                peer 10.0.0.2
                session "alice" {
                    called_number 0800
                    user_name alice@b.example
                    user_password wonderland
                }
            }
            """;
    private static final String HERE = """
            peer profile "all" {
                peer_ipaddr 0.0.0.0/0 ::/0
            }
            ppp profile "default" {
                ip_pool_name users
            }
            ippool "users" {
                range 10.9.0.2-10.9.0.254
                gateway 10.9.0.1
            }
            """;
    private static final String LTS = "system {\nhost_name lts\n}\n" + HERE + """
            switch "b" {
                realm b.example
                hold_down_time 300
                lns "b1" {
                    peer 10.0.0.3
                    preference 10
                }
                lns "b2" {
                    peer 10.0.0.4
                    preference 20
                }
            }
            user bob builder
            """;
    private static final String LNS = HERE + "user alice@b.example wonderland\n";

    private World world;
    private Appliance lac;
    private Appliance lts;
    private Appliance b1;
    private Appliance b2;

    private void start(long seed, int workers) {
        start(seed, workers, LAC, LTS, LNS);
    }

    private void start(long seed, int workers, String lacFile, String ltsFile, String lnsFile) {
        world = new World(seed);
        lac = new Appliance(world, "lac", 1, "10.0.0.1");
        lts = new Appliance(world, "lts", workers, "10.0.0.2");
        b1 = new Appliance(world, "b1", workers, "10.0.0.3");
        b2 = new Appliance(world, "b2", workers, "10.0.0.4");
        b1.apply("system {\nhost_name b1\n}\n" + lnsFile);
        b2.apply("system {\nhost_name b2\n}\n" + lnsFile);
        lts.apply(ltsFile);
        lac.apply(lacFile);
        world.runSeconds(8);
    }

    private SessionStatus only(Appliance appliance) {
        List<SessionStatus> sessions = appliance.admin().sessions();
        assertEquals(1, sessions.size(), () -> appliance + ": " + sessions + world.trace());
        return sessions.get(0);
    }

    private SessionStatus fromLac(Appliance appliance) {
        return appliance.admin().sessions().stream().filter(session -> session.tunnelName().startsWith("lac"))
                .findFirst().orElseThrow(() -> new AssertionError(appliance.admin().sessions() + world.trace()));
    }

    private SwitchStatus lns(String name) {
        return lts.admin().switches().stream().filter(lns -> lns.lnsName().equals(name)).findFirst().orElseThrow();
    }

    private void assertPackets(Appliance lns) {
        Expect.packets(world, lac, "office/alice", lns, only(lns).fullName());
    }

    private void assertNothingLeft(Appliance... all) {
        Expect.nothingLeft(world, all);
        for (Appliance appliance : all) {
            assertEquals(0, appliance.counter("plugin_failures"), appliance + ": plugin failures");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aUserOfTheRealmGetsToTheLnsAndPacketsPass(int workers) {
        start(workers, workers);
        assertPackets(b1);
        assertEquals("alice@b.example", only(b1).ppp().orElseThrow().userName());
        assertEquals("0800", only(b1).calledNumber());
        assertEquals("", lac.session("office/alice").line().accm(), "no SLI for a synchronous line");
        assertEquals(0, b2.admin().sessions().size());
        assertEquals(2, lts.admin().sessions().size());
        SessionStatus first = fromLac(lts);
        assertTrue(first.switchedTo().startsWith("b-b1/"), first.switchedTo());
        assertEquals(first.fullName(), lts.session(first.switchedTo()).switchedTo());
        assertTrue(first.upSince().isPresent() && first.ppp().isEmpty());
        assertTrue(lts.events().lines().contains("session SWITCHED"));
        assertEquals(1, lts.counter("switched_calls"));
        assertEquals(1, lns("b1").calls());
        assertEquals(1, lns("b1").taken());
        assertNothingLeft(lac, lts, b1, b2);
    }

    @ParameterizedTest
    @CsvSource({"pap,mschapv2,0", "mschapv2,mschapv2,1", "chap,chap,1", "pap,pap,1"})
    void theLnsStartsFromWhatWasCollectedIfItsProfileAgrees(String ltsAsks, String lnsAsks, long used) {
        start(5, 2, LAC, LTS.replace("ip_pool_name", only(ltsAsks) + "ip_pool_name"),
                LNS.replace("ip_pool_name", only(lnsAsks) + "proxy accept\nip_pool_name"));
        assertPackets(b1);
        ProxyStatus proxy = only(b1).proxy().orElseThrow();
        assertEquals("alice@b.example", proxy.userName());
        assertEquals(used, b1.counter("proxy_used"), proxy::toString);
        assertEquals(1 - used, b1.counter("proxy_refused"));
        assertEquals(used == 1 ? "PPP started from it"
                : "negotiated anew: the peer was asked for PAP, which the ppp profile does not ask for", proxy.outcome());
        assertEquals("passed on", fromLac(lts).proxy().orElseThrow().outcome());
        assertEquals(lnsAsks, only(b1).ppp().orElseThrow().authProtocol());
        assertNothingLeft(lac, lts, b1);
    }

    private static String only(String method) {
        StringBuilder methods = new StringBuilder();
        for (String each : List.of("pap", "chap", "mschapv2")) {
            methods.append("auth_").append(each).append(each.equals(method) ? " yes\n" : " no\n");
        }
        return methods.toString();
    }

    @Test
    void theLnsJudgesTheUser() {
        start(6, 2, LAC.replace("wonderland", "wrong"), LTS, LNS.replace("ip_pool_name", "proxy accept\nip_pool_name"));
        assertTrue(b1.counter("ppp_auth_failures") > 0);
        assertEquals(0, lts.counter("ppp_auth_failures"));
        assertEquals(0, b1.admin().sessions().size());
        assertFalse(lac.admin().session("office/alice").orElseThrow().upSince().isPresent());
        assertEquals(0, lns("b1").failed(), "the LNS did what it should");
        assertNothingLeft(lac, lts, b1);
    }

    @Test
    void aUserOfNoRealmStaysAndIsNotAskedTwice() {
        start(7, 2, LAC.replace("alice@b.example", "bob").replace("wonderland", "builder"), LTS, LNS);
        assertPackets(lts);
        assertEquals("", only(lts).switchedTo());
        assertEquals(1, lts.counter("ppp_established"));
        assertEquals(0, lts.counter("switched_calls"));
        assertNothingLeft(lac, lts);
    }

    @Test
    void aCalledNumberDecidesWithoutPppHere() {
        start(8, 2, LAC, LTS.replace("realm b.example", "called_number 08*"), LNS);
        assertPackets(b1);
        assertTrue(only(b1).proxy().isEmpty());
        assertTrue(fromLac(lts).proxy().isEmpty());
        assertNothingLeft(lac, lts, b1);
    }

    @Test
    void anLnsThatIsGoneIsSetAsideAndTheNextOneTakesTheCall() throws AdminException {
        start(9, 2);
        assertPackets(b1);
        lac.admin().deleteSession("office/alice", "over");
        world.runSeconds(3);
        b1.kill();
        lac.apply(LAC.replace("\"alice\"", "\"again\""));
        world.runSeconds(20);
        assertEquals(SessionState.ESTABLISHED, lac.session("office/again").state(), world::trace);
        assertTrue(lac.session("office/again").upSince().isPresent(), world::trace);
        assertEquals(1, b2.admin().sessions().size());
        assertTrue(lns("b1").setAside().isPresent());
        assertEquals("not up within 10 s", lns("b1").lastCause());
        assertEquals(1, lts.counter("switch_lns_failures"));

        lac.apply(LAC.replace("\"alice\"", "\"third\""));
        world.runSeconds(3);
        assertTrue(lac.session("office/third").upSince().isPresent(), () -> "at once, to the other one" + lts.admin().switches() + world.trace());
        world.runSeconds(300);
        assertFalse(lns("b1").setAside().isPresent());
        assertNothingLeft(lac, lts, b2);
    }

    @Test
    void whenNoLnsAnswersTheLacHearsWhy() {
        start(10, 2, LAC, LTS, LNS);
        b1.kill();
        b2.kill();
        world.runSeconds(200);
        lac.apply(LAC.replace("\"alice\"", "\"again\""));
        world.runSeconds(30);
        assertEquals(SessionState.DOWN, lac.session("office/again").state());
        String cause = lac.session("office/again").lastCause().message();
        assertTrue(cause.contains("no LNS of switch"), cause);
        assertEquals(4, lac.session("office/again").lastCause().resultCode());
        assertEquals(1, lts.counter("switch_failures"));
        assertNothingLeft(lac, lts);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenOneHalfEndsTheOtherEndsForTheSameReason(boolean atLac) throws AdminException {
        start(11, 3);
        if (atLac) {
            lac.admin().deleteSession("office/alice", "gone home");
        } else {
            b1.admin().deleteSession(only(b1).fullName(), "closing time");
        }
        world.runSeconds(5);
        assertEquals(0, lts.admin().sessions().size());
        assertEquals(0, b1.admin().sessions().size());
        String told = atLac ? b1.events().lastCause() : lac.events().lastCause();
        assertTrue(told.contains(atLac ? "gone home" : "closing time"), told);
        assertEquals(1, lts.admin().tunnels().stream().filter(tunnel -> tunnel.name().equals("b-b1")
                && tunnel.upSince().isPresent()).count(), "its tunnel waits for another call");
        world.runSeconds(120);
        assertTrue(lts.tunnel("b-b1").upSince().isEmpty(), "idle_timeout");
        assertNothingLeft(lac, lts, b1);
    }

    @Test
    void theOperatorOfTheSwitchTakesBothHalvesDown() throws AdminException {
        start(12, 2);
        lts.admin().deleteSession(fromLac(lts).switchedTo(), "maintenance");
        world.runSeconds(5);
        assertEquals(0, lts.admin().sessions().size());
        assertEquals(0, b1.admin().sessions().size());
        assertTrue(lac.events().lastCause().contains("maintenance"), lac.events().lastCause());
        assertNothingLeft(lac, lts, b1);
    }

    @Test
    void aSwitchThatIsTakenOutEndsItsCallsAndTunnels() {
        start(13, 2);
        lts.apply(LTS.substring(0, LTS.indexOf("switch ")));
        world.runSeconds(5);
        assertEquals(0, lts.admin().switches().size());
        assertEquals(0, b1.admin().sessions().size());
        assertTrue(lts.admin().tunnel("b-b1").isEmpty());
        assertNothingLeft(lac, lts, b1);
    }

    @Test
    void callsGoOnWhenTheDataPlaneIsReplaced() {
        start(14, 3);
        lts.swapDataplane("other");
        world.runSeconds(2);
        assertPackets(b1);
        assertNothingLeft(lac, lts, b1);
    }

    @Test
    void whatIsToldOfTheLinePassesThrough() {
        String line = LAC.replace("called_number", "framing_type async\nspeed_updates yes\ncalled_number");
        start(16, 2, line, LTS, LNS);
        assertPackets(b1);
        assertFalse(lac.session("office/alice").line().accm().isEmpty(), () -> "the LNS's SLI" + world.trace());

        lac.apply(line.replace("called_number", "connect_speed 64000\ncalled_number"));
        world.runSeconds(2);
        assertEquals(64_000, only(b1).txSpeed(), () -> "the LAC's CSUN" + world.trace());
        lts.apply(LTS + "session profile \"other\" {\n}\n");
        world.runSeconds(2);
        assertEquals(64_000, only(b1).txSpeed(), "what the switch's own profiles say is of no matter");
        assertNothingLeft(lac, lts, b1);
    }

    @Test
    void aCallPassesThroughTwoSwitchesWithWhatTheFirstCollected() {
        start(15, 2, LAC, LTS, LNS.replace("ip_pool_name", "proxy accept\nip_pool_name") + """
                switch "on" {
                    realm b.example
                    lns "last" {
                        peer 10.0.0.4
                    }
                }
                """);
        // b2 has the same file: a call that it switches to itself is not taken for ever.
        assertTrue(b2.counter("switch_loops") > 0, world::trace);
        assertEquals(0, b1.counter("ppp_established"));
        b2.apply("system {\nhost_name b2\n}\n" + LNS.replace("ip_pool_name", "proxy accept\nip_pool_name"));
        world.runSeconds(300);
        lac.apply(LAC.replace("\"alice\"", "\"again\""));
        world.runSeconds(10);
        assertTrue(lac.session("office/again").upSince().isPresent(), world::trace);
        assertEquals(1, b2.counter("proxy_used"), world::trace);
        assertEquals("alice@b.example", only(b2).ppp().orElseThrow().userName());
        assertNothingLeft(lac, lts, b1, b2);
    }
}
