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
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.UserSecret;
import org.isthmus.core.desired.Change.Kind;
import org.junit.jupiter.api.Test;

class DesiredStatesTest {
    private static final String FILE = "l2tpd.conf";

    private final DesiredStates states = new DesiredStates();

    private static DesiredState state(String source, Block... blocks) {
        return new DesiredState(source, List.of(blocks), List.of());
    }

    private List<String> apply(Block... blocks) {
        return apply(state(FILE, blocks));
    }

    private List<String> apply(DesiredState state) {
        Plan plan = states.plan(state);
        assertEquals(List.of(), plan.problems());
        states.commit(plan);
        return plan.report().changes();
    }

    @Test
    void whatIsNewIsCreatedAndWhatIsGoneIsRemoved() {
        assertEquals(List.of("tunnel profile \"t\": created", "tunnel \"a\": created, with 2 sessions",
                "tunnel \"b\": created"),
                apply(tunnel("a", List.of(session("x"), session("y"))), tunnelProfile("t"), tunnel("b")));
        assertEquals(List.of("tunnel \"a\": removed, with 2 sessions", "tunnel profile \"t\": removed"),
                apply(tunnel("b")));
        assertEquals(Optional.empty(), states.tunnel("a"));
        assertTrue(states.tunnel("b").isPresent());
    }

    @Test
    void theSameStateTwiceChangesNothing() {
        Block[] blocks = {system("max_tunnels", "9"), tunnelProfile("default", "mtu", "1400"), peer("p"),
            pool("pool", "range", "10.0.0.0/24"), tunnel("a", List.of(session("x", "user_name", "u")), "secret", "s")};
        apply(blocks);
        assertEquals(List.of(), apply(blocks));
    }

    @Test
    void aPreviewChangesNothing() {
        assertEquals(1, states.plan(state(FILE, tunnel("a"))).changes().size());
        assertEquals(List.of(), states.blocks());
    }

    @Test
    void aLiveParameterIsChangedAndAnotherMakesTheTunnelAnew() {
        apply(tunnel("a", "hello_timeout", "60"), tunnel("b"), tunnel("c"));
        assertEquals(List.of("tunnel \"a\": changed (hello_timeout, max_retries)", "tunnel \"b\": made anew (mtu, persist)"),
                apply(tunnel("a", "hello_timeout", "30", "max_retries", "9"),
                        tunnel("b", "persist", "true", "mtu", "1400"), tunnel("c")));
    }

    @Test
    void aDefaultThatIsWrittenOutIsNoChange() {
        apply(tunnel("a"));
        assertEquals(List.of(), apply(tunnel("a", "hello_timeout", "60")));
    }

    @Test
    void aProfilesChangeReachesTheTunnelsThatTakeItAndNoOthers() {
        apply(tunnelProfile("t", "hello_timeout", "10"), tunnel("a", "profile", "t"),
                tunnel("b", "profile", "t", "hello_timeout", "5"), tunnel("c"));
        assertEquals(List.of("tunnel profile \"t\": changed (hello_timeout)", "tunnel \"a\": changed (hello_timeout)"),
                apply(tunnelProfile("t", "hello_timeout", "20"), tunnel("a", "profile", "t"),
                        tunnel("b", "profile", "t", "hello_timeout", "5"), tunnel("c")));
    }

    @Test
    void theDefaultProfileReachesAllThatLeaveAValueOpen() {
        apply(tunnelProfile("t", "mtu", "1300"), tunnel("a", "profile", "t"), tunnel("b"));
        assertEquals(List.of("tunnel profile \"default\": created", "tunnel \"b\": made anew (mtu)"),
                apply(tunnelProfile("default", "mtu", "1400"), tunnelProfile("t", "mtu", "1300"),
                        tunnel("a", "profile", "t"), tunnel("b")));
    }

    @Test
    void aPppProfileReachesTheSessionsThatResolveToItThroughTheirTunnel() {
        Block before = pppProfile("p", "lcp_echo_interval", "30");
        Block tunnel = tunnel("a", List.of(session("x"), session("y", "ppp_profile", "q")), "ppp_profile", "p");
        apply(before, pppProfile("q"), tunnel);
        assertEquals(List.of("ppp profile \"p\": changed (lcp_echo_interval)",
                "tunnel \"a\" session \"x\": changed (lcp_echo_interval)"),
                apply(pppProfile("p", "lcp_echo_interval", "10"), pppProfile("q"), tunnel));
        assertEquals(List.of("ppp profile \"p\": changed (mru)", "tunnel \"a\" session \"x\": made anew (mru)"),
                apply(pppProfile("p", "lcp_echo_interval", "10", "mru", "1400"), pppProfile("q"), tunnel));
    }

    @Test
    void sessionsComeAndGoInATunnelThatStays() {
        apply(tunnel("a", List.of(session("x"), session("y"), session("z"))));
        Plan plan = states.plan(state(FILE, tunnel("a", List.of(session("y", "user_name", "u", "user_password", "p"),
                session("z", "idle_timeout", "5"), session("new")))));
        assertEquals(List.of("tunnel \"a\" session \"x\": removed",
                "tunnel \"a\" session \"y\": made anew (user_name, user_password)",
                "tunnel \"a\" session \"z\": changed (idle_timeout)", "tunnel \"a\" session \"new\": created"),
                plan.report().changes());
        assertEquals("a", plan.changes().get(0).tunnel());
        assertEquals(Kind.REMADE, plan.changes().get(1).kind());
    }

    @Test
    void aTunnelMadeAnewTakesItsSessionsWithIt() {
        apply(tunnel("a", List.of(session("x"))));
        assertEquals(List.of("tunnel \"a\": made anew (secret)"),
                apply(tunnel("a", List.of(session("x", "user_name", "u"), session("y")), "secret", "hidden")));
    }

    @Test
    void anotherProfileNameWithTheSameValuesDisturbsNothing() {
        apply(tunnelProfile("t"), tunnelProfile("u"), tunnel("a", "profile", "t"));
        assertEquals(List.of("tunnel \"a\": changed (profile)"),
                apply(tunnelProfile("t"), tunnelProfile("u"), tunnel("a", "profile", "u")));
    }

    @Test
    void theSystemBlockSaysWhatNeedsAStart() {
        apply(system("max_tunnels", "5"));
        assertEquals(List.of("system: changed (max_tunnels)"), apply(system("max_tunnels", "6")));
        assertEquals(List.of("system: changed (host_name, interface_mode)"),
                apply(system("max_tunnels", "6", "host_name", "lns", "interface_mode", "per-session")));
        assertEquals(List.of("system: changed, takes effect when the appliance is started again (workers)"),
                apply(system("max_tunnels", "6", "host_name", "lns", "interface_mode", "per-session", "workers", "3")));
    }

    @Test
    void aSecretNeverAppears() {
        apply(tunnel("a", "secret", "hidden-one"));
        Plan plan = states.plan(state(FILE, tunnel("a", "secret", "hidden-two")));
        assertFalse((plan + " " + plan.report()).contains("hidden-"), plan.toString());
    }

    @Test
    void whatAnotherSourceSaidStays() {
        apply(tunnel("a"));
        assertEquals(List.of("tunnel \"b\": created"), apply(state("console", tunnel("b"))));
        assertEquals(List.of("tunnel \"a\": removed"), apply());
        assertEquals(Optional.of("console"), states.owner(Schema.TUNNEL, "b"));
    }

    @Test
    void aProfileOfOneSourceServesTheTunnelsOfAnother() {
        apply(tunnelProfile("t", "hello_timeout", "10"));
        apply(state("console", tunnel("b", "profile", "t")));
        assertEquals(List.of("tunnel profile \"t\": changed (hello_timeout)", "tunnel \"b\": changed (hello_timeout)"),
                apply(tunnelProfile("t", "hello_timeout", "20")));
    }

    @Test
    void usersAreToldByNumber() {
        UserSecret ann = user("ann", "one");
        assertEquals(List.of("users: 2 added"), apply(new DesiredState(FILE, List.of(), List.of(ann, user("bob", "x")))));
        assertEquals(2, states.users().size());
        DesiredState next = new DesiredState(FILE, List.of(), List.of(user("ann", "two"), user("cid", "y")));
        assertTrue(states.plan(next).usersChanged());
        assertEquals(List.of("users: 1 added, 1 removed, 1 changed"), apply(next));
        assertEquals(List.of(), apply(next));
    }

    private static UserSecret user(String name, String password) {
        return new UserSecret(name, "*", Secret.of(password), List.of(), "l2tp-secrets:1");
    }

    @Test
    void oneTunnelComesAndGoesInConstantTime() {
        Block[] many = new Block[50_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = tunnel("t" + i);
        }
        apply(many);
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 20_000; i++) {
                states.add("console", tunnel("extra" + i, "tunnel_id", String.valueOf(i + 1)));
            }
            for (int i = 0; i < 20_000; i++) {
                assertTrue(states.remove("console", "extra" + i));
            }
        });
        assertFalse(states.remove("console", "t1"), "that one is the file's");
        assertEquals(many.length, states.blocks().size());
    }

    @Test
    void anAddedTunnelIsCheckedAsAnyOther() {
        apply(tunnel("a", "tunnel_id", "5"));
        assertThrows(IllegalArgumentException.class, () -> states.add("console", tunnel("a")));
        assertThrows(IllegalArgumentException.class, () -> states.add("console", tunnel("b", "tunnel_id", "5")));
        assertThrows(IllegalArgumentException.class, () -> states.add("console", tunnel("b", "profile", "no")));
        states.add("console", tunnel("b", "tunnel_id", "6"));
        assertEquals(1, states.problemsOf(tunnel("c", "tunnel_id", "6")).size());
        states.remove("console", "b");
        assertEquals(List.of(), states.problemsOf(tunnel("c", "tunnel_id", "6")));
    }

    @Test
    void onlyTheLatestPlanCanBeCommitted() {
        Plan first = states.plan(state(FILE, tunnel("a")));
        Plan second = states.plan(state(FILE, tunnel("b")));
        assertThrows(IllegalStateException.class, () -> states.commit(first));
        states.commit(second);
        assertThrows(IllegalStateException.class, () -> states.commit(second));
    }

    @Test
    void aHundredThousandBlocksAreCompared() {
        List<Block> before = new ArrayList<>();
        List<Block> after = new ArrayList<>();
        before.add(tunnelProfile("default", "hello_timeout", "10"));
        after.add(tunnelProfile("default", "hello_timeout", "20"));
        before.add(sessionProfile("s"));
        after.add(sessionProfile("s", "idle_timeout", "7"));
        for (int i = 0; i < 50_000; i++) {
            List<Block> sessions = List.of(session("s" + i, "profile", "s"));
            before.add(tunnel("t" + i, sessions));
            after.add(tunnel("t" + i, sessions));
        }
        apply(new DesiredState(FILE, before, List.of()));
        Plan plan = assertTimeout(Duration.ofSeconds(60), () -> states.plan(new DesiredState(FILE, after, List.of())));
        assertEquals(2 + 100_000, plan.changes().size());
    }
}
