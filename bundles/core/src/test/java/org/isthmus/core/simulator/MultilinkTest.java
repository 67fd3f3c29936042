package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.BundleStatus;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.Schema;
import org.isthmus.api.dataplane.Dataplane.Ability;
import org.isthmus.core.simulator.SimDataplane.Fault;
import org.isthmus.core.simulator.SimDataplane.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of one user that are one network connection (RFC 1990). */
class MultilinkTest {
    private static final String MULTILINK = "ppp profile \"default\" {\nmultilink yes\n";
    private static final String LNS = Pair.LNS.replace("ppp profile \"default\" {\n", MULTILINK);

    private static String session(String name, String user) {
        String password = user.equals("alice") ? "wonderland" : "builder";
        return "session \"" + name + "\" {\nuser_name " + user + "\nuser_password " + password + "\n}\n";
    }

    private static String tunnel(String name, String... sessions) {
        return "tunnel \"" + name + "\" {\npeer 10.0.0.2\n" + String.join("", sessions) + "}\n";
    }

    private static String lac(String... tunnels) {
        return "system {\nhost_name lac\n}\n" + MULTILINK + "}\n" + String.join("", tunnels);
    }

    private static Pair pair(long seed, int workers, String lac) {
        Pair pair = new Pair(seed, workers);
        pair.lns.apply(LNS);
        pair.lac.apply(lac);
        return pair.settle();
    }

    /** Two links in one tunnel. */
    private static Pair two(long seed) {
        return pair(seed, 1, lac(tunnel("office", session("one", "alice"), session("two", "alice"))));
    }

    private static Optional<BundleStatus> bundle(SessionStatus session) {
        return session.ppp().flatMap(PppLinkStatus::bundle);
    }

    private static List<SimDataplane.Session> paths(Appliance at) {
        return at.dataplane().all();
    }

    private static SimBundle bundle(Appliance at) {
        return paths(at).get(0).bundle().orElseThrow(() -> new AssertionError("no bundle at " + at));
    }

    /** Packets pass both ways through the bundles of both, over each of their links. */
    private static void assertPackets(Pair pair, int links) {
        for (Appliance at : List.of(pair.lac, pair.lns)) {
            assertEquals(links, bundle(at).links().size(), () -> at + pair.world.trace());
            bundle(at).links().get(0).received().clear();
        }
        List<Long> before = bundle(pair.lac).links().stream().map(SimDataplane.Session::sent).toList();
        for (int i = 0; i < links; i++) {
            assertTrue(bundle(pair.lac).links().get(0).sendPacket("ping"), pair.world::trace);
            assertTrue(bundle(pair.lns).links().get(0).sendPacket("pong"), pair.world::trace);
        }
        pair.world.runFor(200);
        assertEquals(links, bundle(pair.lns).links().get(0).received().size(), pair.world::trace);
        assertEquals(links, bundle(pair.lac).links().get(0).received().size(), pair.world::trace);
        for (int i = 0; i < links; i++) {
            assertEquals(before.get(i) + 1, bundle(pair.lac).links().get(i).sent());
        }
    }

    @Test
    void twoSessionsOfAUserAreOneConnectionWithOneAddress() {
        Pair pair = two(1);
        assertPackets(pair, 2);
        assertEquals(1, pair.lns.pool().out());
        assertEquals(2, pair.lns.admin().sessions().size());
        BundleStatus first = bundle(pair.lns.admin().sessions().get(0)).orElseThrow();
        for (Appliance at : List.of(pair.lac, pair.lns)) {
            List<SessionStatus> sessions = at.admin().sessions();
            assertEquals(1, sessions.stream().filter(session -> bundle(session).orElseThrow().leads()).count());
            assertEquals(1, sessions.stream().map(session -> bundle(session).orElseThrow().name()).distinct().count());
            assertEquals(1, sessions.stream().map(session -> session.ppp().orElseThrow().remoteAddress().orElseThrow()).distinct().count());
            sessions.forEach(session -> assertTrue(session.upSince().isPresent(), session::toString));
        }
        assertEquals("alice#1", first.name());
        assertEquals(2, first.links());
        assertEquals(1460, first.mrru());
        assertTrue(first.peer().startsWith("magic "), first.peer());
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void linksOfDifferentWorkersAreBundledWhicheverIsFirst(long seed) {
        Pair pair = pair(seed, 2, lac(tunnel("one", session("a", "alice")), tunnel("two", session("b", "alice")),
                tunnel("three", session("c", "alice"))));
        assertPackets(pair, 3);
        assertEquals(1, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void aUserOfOneLinkHasABundleOfOne() {
        Pair pair = pair(10, 1, lac(tunnel("office", session("one", "alice"))));
        assertPackets(pair, 1);
        pair.assertNothingLeft();
    }

    @Test
    void anotherUserIsNotBundled() {
        Pair pair = pair(11, 1, lac(tunnel("office", session("one", "alice"), session("two", "bob"))));
        for (Appliance at : List.of(pair.lac, pair.lns)) {
            at.admin().sessions().forEach(session -> assertEquals(1, bundle(session).orElseThrow().links()));
        }
        assertEquals(2, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void anotherSystemWithTheSameUserIsNotBundled() {
        Pair pair = pair(12, 1, lac(tunnel("office", session("one", "alice"))));
        Appliance other = new Appliance(pair.world, "other", 1, "10.0.0.3", "2001:db8::3");
        other.apply(lac(tunnel("office", session("one", "alice"))).replace("host_name lac", "host_name other"));
        pair.settle();
        List<SessionStatus> sessions = pair.lns.admin().sessions();
        assertEquals(2, sessions.size());
        sessions.forEach(session -> assertEquals(1, bundle(session).orElseThrow().links()));
        assertNotEquals(bundle(sessions.get(0)).orElseThrow().peer(), bundle(sessions.get(1)).orElseThrow().peer());
        assertEquals(2, pair.lns.pool().out());
        Expect.nothingLeft(pair.world, pair.lac, pair.lns, other);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void whenALinkGoesTheOthersCarryOnWithTheSameAddress(boolean atLac, boolean theFirst) throws Exception {
        Pair pair = pair(13, 2, lac(tunnel("one", session("a", "alice")), tunnel("two", session("b", "alice")),
                tunnel("three", session("c", "alice"))));
        Appliance at = atLac ? pair.lac : pair.lns;
        String address = pair.lac.admin().sessions().get(0).ppp().orElseThrow().localAddress().orElseThrow().getHostAddress();
        SessionStatus going = at.admin().sessions().stream().filter(session -> bundle(session).orElseThrow().leads() == theFirst)
                .findFirst().orElseThrow();
        at.admin().deleteSession(going.fullName(), "maintenance");
        pair.settle();
        assertPackets(pair, 2);
        assertEquals(address, pair.lac.admin().sessions().stream().filter(session -> bundle(session).isPresent()).findFirst()
                .orElseThrow().ppp().orElseThrow().localAddress().orElseThrow().getHostAddress());
        assertEquals(1, pair.lns.pool().out());
        pair.world.runSeconds(120);
        assertPackets(pair, 2);
        pair.assertNothingLeft();
    }

    /** However far the others have come: some still have the interface to wait for, some have just heard of it. */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 100, 150, 200, 300, 400, 500, 700, 900})
    void theFirstMayGoWhileTheOthersStillJoin(int millis) throws Exception {
        Pair pair = new Pair(23, 2);
        pair.lns.dataplane().latency(100);
        pair.lac.dataplane().latency(70);
        pair.lns.apply(LNS);
        pair.lac.apply(lac(tunnel("one", session("a", "alice")), tunnel("two", session("b", "alice")),
                tunnel("three", session("c", "alice"))));
        assertTrue(pair.world.runUntil(() -> pair.lns.admin().sessions().stream().anyMatch(session -> bundle(session).isPresent()), 5_000));
        pair.world.runFor(millis);
        SessionStatus first = pair.lns.admin().sessions().stream()
                .filter(session -> bundle(session).filter(BundleStatus::leads).isPresent()).findFirst().orElseThrow();
        pair.lns.admin().deleteSession(first.fullName(), "maintenance");
        pair.world.runSeconds(20);
        assertPackets(pair, 2);
        assertEquals(1, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void theAddressGoesBackWithTheLastLink() throws Exception {
        Pair pair = two(14);
        for (int left = 2; left > 0; left--) {
            SessionStatus leader = pair.lns.admin().sessions().stream()
                    .filter(session -> bundle(session).orElseThrow().leads()).findFirst().orElseThrow();
            assertEquals(1, pair.lns.pool().out());
            pair.lns.admin().deleteSession(leader.fullName(), "maintenance");
            pair.settle();
        }
        assertEquals(0, pair.lns.admin().sessions().size());
        assertEquals(0, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void allLinksMayGoAtOnce() {
        Pair pair = pair(15, 2, lac(tunnel("one", session("a", "alice")), tunnel("two", session("b", "alice")),
                tunnel("three", session("c", "alice"))));
        assertPackets(pair, 3);
        pair.assertNothingLeft();
    }

    @Test
    void aLinkThatComesLaterJoins() throws Exception {
        Pair pair = pair(16, 2, lac(tunnel("office", session("one", "alice"))));
        pair.lac.admin().createSession("office", "two", Conf.settings(Schema.SESSION, "user_name alice\nuser_password wonderland"));
        pair.settle();
        assertPackets(pair, 2);
        pair.assertNothingLeft();
    }

    @Test
    void aDataPlaneThatCannotIsNotAskedAndPppGoesOnWithout() {
        Pair pair = new Pair(17);
        pair.lns.dataplane().can(EnumSet.complementOf(EnumSet.of(Ability.SOCKET_PER_TUNNEL, Ability.MULTILINK)));
        pair.lns.apply(LNS);
        pair.lac.apply(lac(tunnel("office", session("one", "alice"), session("two", "alice"))));
        pair.settle();
        for (Appliance at : List.of(pair.lac, pair.lns)) {
            at.admin().sessions().forEach(session -> {
                assertTrue(session.upSince().isPresent());
                assertEquals(Optional.empty(), bundle(session));
            });
        }
        assertEquals(2, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void whatMustBeEncryptedIsNotBundled() {
        String encrypted = "mppe require\nauth_chap no\nauth_pap no\n";
        Pair pair = new Pair(24);
        pair.lns.apply(LNS.replace(MULTILINK, MULTILINK + encrypted));
        pair.lac.apply(lac(tunnel("office", session("one", "alice"), session("two", "alice"))).replace(MULTILINK, MULTILINK + encrypted));
        pair.settle();
        for (Appliance at : List.of(pair.lac, pair.lns)) {
            at.admin().sessions().forEach(session -> {
                assertTrue(session.upSince().isPresent(), session::toString);
                assertEquals(Optional.empty(), bundle(session));
            });
        }
        assertEquals(2, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void aProfileThatDoesNotSaySoHasNoBundles() {
        Pair pair = new Pair(18);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(lac(tunnel("office", session("one", "alice"), session("two", "alice"))));
        pair.settle();
        assertEquals(2, pair.lns.pool().out());
        pair.lac.admin().sessions().forEach(session -> assertEquals(Optional.empty(), bundle(session)));
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REFUSES", "THROWS"})
    void aLinkThatTheDataPlaneDoesNotTakeEndsAndTheBundleStays(Fault fault) throws Exception {
        Pair pair = pair(19, 1, lac(tunnel("office", session("one", "alice"))));
        pair.lns.dataplane().fault(Point.JOIN_BUNDLE, fault);
        pair.lac.admin().createSession("office", "two", Conf.settings(Schema.SESSION, "user_name alice\nuser_password wonderland"));
        pair.world.runSeconds(20);
        pair.lns.dataplane().heal();
        assertEquals(1, pair.lns.admin().sessions().size());
        String why = pair.lac.events().lastCause();
        assertTrue(why.contains("it cannot be a link of bundle alice#1"), why);
        assertPackets(pair, 1);
        pair.assertNothingLeft();
    }

    @Test
    void aLinkOfOtherTermsEndsAndTheBundleStays() throws Exception {
        Pair pair = pair(25, 1, lac(tunnel("office", session("one", "alice"))) + "ppp profile \"small\" {\nmultilink yes\nmru 1000\n}\n");
        pair.lac.admin().createSession("office", "two", Conf.settings(Schema.SESSION, "user_name alice\nuser_password wonderland\nppp_profile small"));
        pair.settle();
        assertEquals(1, pair.lns.admin().sessions().size());
        String why = pair.lac.events().lastCause();
        assertTrue(why.contains("its MRRU or sequence numbers are not those of the user's other links"), why);
        assertPackets(pair, 1);
        pair.assertNothingLeft();
    }

    @Test
    void anotherDataPlaneGoesOnWithTheBundle() {
        Pair pair = pair(20, 2, lac(tunnel("one", session("a", "alice")), tunnel("two", session("b", "alice")),
                tunnel("three", session("c", "alice"))));
        pair.lns.swapDataplane("next");
        pair.settle();
        assertPackets(pair, 3);
        assertEquals(3, pair.lns.counter("sessions_created"), "no call was made anew");
        pair.assertNothingLeft();
    }

    @Test
    void aSilentLinkIsNotIdleWhileAnotherOneOfItsBundleIsNot() {
        Pair pair = new Pair(21);
        pair.lns.apply(LNS + "session profile \"default\" {\nidle_timeout 60\n}");
        pair.lac.apply(lac(tunnel("office", session("one", "alice"), session("two", "alice"))));
        pair.settle();
        for (int i = 0; i < 40; i++) {
            assertTrue(bundle(pair.lac).next().sendPacket("ping"));
            bundle(pair.lac).next(); // the other one has nothing to do
            pair.world.runSeconds(10);
        }
        assertEquals(2, pair.lns.admin().sessions().size());
        pair.world.runSeconds(120);
        assertEquals(0, pair.lns.admin().sessions().size());
        pair.assertNothingLeft();
    }
}
