package org.isthmus.core.desired;

import static org.isthmus.core.desired.Blocks.peer;
import static org.isthmus.core.desired.Blocks.pool;
import static org.isthmus.core.desired.Blocks.pppProfile;
import static org.isthmus.core.desired.Blocks.session;
import static org.isthmus.core.desired.Blocks.sessionProfile;
import static org.isthmus.core.desired.Blocks.system;
import static org.isthmus.core.desired.Blocks.tunnel;
import static org.isthmus.core.desired.Blocks.tunnelProfile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.UserSecret;
import org.junit.jupiter.api.Test;

/** What is refused, where the message points and what it says. */
class ProblemsTest {
    private final DesiredStates states = new DesiredStates();

    private Plan plan(Block... blocks) {
        return states.plan(new DesiredState("l2tpd.conf", List.of(blocks), List.of()));
    }

    /** The one problem, at the place of the block with this name. */
    private String only(String name, Block... blocks) {
        Plan plan = plan(blocks);
        assertEquals(1, plan.problems().size(), plan.problems().toString());
        assertFalse(plan.accepted());
        assertEquals(List.of(), plan.report().changes(), "a state with a problem changes nothing");
        assertThrows(IllegalStateException.class, () -> states.commit(plan));
        Problem problem = plan.problems().get(0);
        assertEquals("here:" + name, problem.where());
        return problem.message();
    }

    private void fine(Block... blocks) {
        assertEquals(List.of(), plan(blocks).problems());
    }

    private void applied(String source, Block... blocks) {
        Plan plan = states.plan(new DesiredState(source, List.of(blocks), List.of()));
        assertEquals(List.of(), plan.problems());
        states.commit(plan);
    }

    @Test
    void aNameThatAnotherSourceHas() {
        applied("console", tunnel("a"), system());
        assertEquals("tunnel \"a\": console has it already; give it another name, or take it out there",
                only("a", tunnel("a")));
        assertEquals("system: console has it already; change it there, or take it out there", only("", system()));
    }

    @Test
    void aNameTwice() {
        assertTrue(only("a", tunnel("a"), tunnel("a")).startsWith("tunnel \"a\": stands here and in here:a;"));
        assertTrue(only("s", tunnel("a", List.of(session("s"), session("s"))))
                .startsWith("tunnel \"a\" session \"s\": the tunnel has a session of this name already"));
        fine(tunnel("a"), tunnelProfile("a"), peer("a"));
    }

    @Test
    void hidingAndChallengesNeedASecret() {
        assertEquals("tunnel \"a\": hide_avps needs a secret and there is none; set secret here or in tunnel profile"
                + " \"t\"", only("a", tunnelProfile("t", "hide_avps", "true"), tunnel("a", "profile", "t")));
        assertTrue(only("a", tunnel("a", "auth_mode", "challenge")).contains("auth_mode challenge needs a secret"));
        fine(tunnelProfile("t", "hide_avps", "true"), tunnel("a", "profile", "t", "secret", "s"));
        fine(tunnelProfile("default", "secret", "s"), tunnel("a", "auth_mode", "challenge"));
        assertEquals("peer profile \"p\": auth_mode challenge needs a secret and there is none; set secret in tunnel"
                + " profile \"t\", from which its tunnels take it",
                only("p", tunnelProfile("t", "auth_mode", "challenge"), peer("p", "tunnel_profile", "t")));
        fine(tunnelProfile("t", "auth_mode", "challenge")); // nobody uses it
    }

    @Test
    void identifiersAndInterfaceNamesAreForOne() {
        assertEquals("tunnel \"b\": tunnel_id 5 is taken by tunnel \"a\" (here:a); give one of them another",
                only("b", tunnel("a", "tunnel_id", "5"), tunnel("b", "tunnel_id", "5")));
        assertTrue(only("y", tunnel("a", List.of(session("x", "session_id", "7"), session("y", "session_id", "7"))))
                .contains("session_id 7 is taken by session \"x\""));
        fine(tunnel("a", List.of(session("x", "session_id", "7"))), tunnel("b", List.of(session("x", "session_id", "7"))));
        assertTrue(only("y", tunnel("a", List.of(session("x", "interface_name", "ppp7"))),
                tunnel("b", List.of(session("y", "interface_name", "ppp7")))).contains("interface_name ppp7 is taken"));
        applied("console", tunnel("c", "tunnel_id", "9"));
        assertTrue(only("a", tunnel("a", "tunnel_id", "9")).contains("tunnel_id 9 is taken by tunnel \"c\""));
    }

    @Test
    void aReferenceThatLeadsNowhere() {
        assertEquals("tunnel \"a\": profile: there is no tunnel profile \"x\"; add one, there is none at all",
                only("a", tunnel("a", "profile", "x")));
        assertEquals("ppp profile \"p\": ip_pool_name: there is no ippool \"x\"; add it, or name one of 1: \"y\"",
                only("p", pppProfile("p", "ip_pool_name", "x"), pool("y", "range", "10.0.0.0/24")));
        assertTrue(only("s", tunnel("a", List.of(session("s", "ppp_profile", "x")))).contains("no ppp profile \"x\""));
        fine(tunnel("a", "profile", "default"), peer("p", "session_profile", "default"));
    }

    @Test
    void aReferenceIntoAnotherSource() {
        applied("console", tunnelProfile("t"), pool("y", "range", "10.0.0.0/24"));
        applied("l2tpd.conf", tunnel("a", "profile", "t"), pppProfile("p", "ip_pool_name", "y"));
        Plan withdrawn = states.plan(new DesiredState("console", List.of(), List.of()));
        assertEquals(List.of("here:a", "here:p"), withdrawn.problems().stream().map(Problem::where).sorted().toList());
    }

    @Test
    void callsThatThePeerAsksForAreNeverConfigured() {
        fine(tunnel("a", List.of(session("s", "session_type", "lnoc"))));
        assertTrue(only("s", sessionProfile("o", "session_type", "laoc"),
                tunnel("a", List.of(session("s", "profile", "o")))).contains("set take_outgoing_calls"));
        assertTrue(only("s", tunnel("a", List.of(session("s", "session_type", "lnic"))))
                .contains("it needs no session block"));
        fine(sessionProfile("o", "session_type", "lnic"));
    }

    @Test
    void poolsThatOverlap() {
        assertEquals("ippool \"b\": range 10.0.0.5-10.0.0.9 overlaps 10.0.0.1-10.0.0.254 of ippool \"a\"; an address"
                + " must be in one range only",
                only("b", pool("a", "range", "10.0.0.0/24"), pool("b", "range", "10.0.0.5-10.0.0.9")));
        assertTrue(only("a", pool("a", "range", "10.0.0.1-10.0.0.9,10.0.0.9-10.0.0.12")).contains("of the same pool"));
        assertTrue(only("c", pool("a", "range", "10.0.0.1-10.0.0.100"), pool("b", "range", "10.0.1.1-10.0.1.9"),
                pool("c", "range", "10.0.0.50-10.0.0.60")).contains("of ippool \"a\""));
        fine(pool("a", "range", "10.0.0.0/24"), pool("b", "range", "10.0.1.0/24"));
    }

    @Test
    void twoPeerProfilesForTheSamePeers() {
        assertTrue(only("q", peer("p", "peer_ipaddr", "10.0.0.0/8"), peer("q", "peer_ipaddr", "10.9.9.9/8"))
                .contains("fits the same peers as peer profile \"p\""));
        assertTrue(only("q", peer("LAC"), peer("q", "peer_host_name", "lac")).contains("peer profile \"LAC\""));
        fine(peer("p", "peer_ipaddr", "10.0.0.0/8"), peer("q", "peer_ipaddr", "10.0.0.0/8", "peer_host_name", "lac"));
    }

    @Test
    void addressesOfTwoKinds() {
        assertTrue(only("a", tunnel("a", "peer", "192.0.2.1", "local_address", "2001:db8::1")).contains("one IPv4"));
        fine(tunnel("a", "peer", "lns.example.net", "local_address", "2001:db8::1"));
    }

    @Test
    void aDemandThatNobodyCanMeet() {
        assertTrue(only("p", pppProfile("default", "auth_pap", "false", "auth_chap", "false"),
                pppProfile("p", "auth_peer", "true", "auth_mschapv2", "false")).contains("every method is off"));
        fine(pppProfile("p", "auth_peer", "true", "auth_mschapv2", "false"));
    }

    @Test
    void whatMustBeSet() {
        Block bare = new Block(Schema.TUNNEL, "a", Settings.EMPTY, List.of(), "here:a");
        assertTrue(only("a", bare).startsWith("tunnel \"a\": peer must be set: a host or address"));
    }

    @Test
    void aUserWithoutAPasswordIsWorthAWarning() {
        Block tunnel = tunnel("a", List.of(session("s", "user_name", "ann")));
        Plan plan = plan(tunnel);
        assertEquals(List.of(), plan.problems());
        assertEquals(1, plan.report().warnings().size());
        assertTrue(plan.warnings().get(0).message().contains("there is no password for user_name \"ann\""));
        UserSecret ann = new UserSecret("ann", "*", Secret.of("p"), List.of(), "l2tp-secrets:1");
        assertEquals(List.of(), states.plan(new DesiredState("l2tpd.conf", List.of(tunnel), List.of(ann))).warnings());
    }

    @Test
    void usersThatAreNotWhatTheySeemAreWorthAWarning() {
        List<String> warnings = states.plan(new DesiredState("l2tpd.conf", List.of(), List.of(
                user("good", "p", "10.0.0.1"), user("any", "p", "*"), user("none", "p", "-"), user("bare", "p"),
                user("good", "q"), user("empty", ""), user("block", "p", "10.0.0.0/24"),
                user("two", "p", "10.0.0.2", "10.0.0.3")))).warnings().stream().map(Problem::message).toList();
        assertEquals(4, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("user \"good\" stands in l2tp-secrets:good already"));
        assertTrue(warnings.get(1).startsWith("user \"empty\" has an empty password"));
        assertTrue(warnings.get(2).startsWith("user \"block\" has several addresses or a block"));
        assertTrue(warnings.get(3).startsWith("user \"two\" has several"));
    }

    private static UserSecret user(String name, String password, String... addresses) {
        return new UserSecret(name, "*", Secret.of(password), List.of(addresses), "l2tp-secrets:" + name);
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        assertEquals(4, plan(tunnel("a", List.of(session("s", "session_type", "laoc")), "profile", "x", "hide_avps",
                "true", "auth_mode", "challenge")).problems().size());
    }
}
