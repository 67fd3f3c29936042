package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.Endpoint;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class TunnelCommandsTest {
    private final FakeAdmin admin = new FakeAdmin();
    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(new FakeContext().service(L2tpAdmin.class, admin));
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    @Test
    void listsTunnelsInATable() {
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        admin.tunnels.add(FakeAdmin.tunnel("branch", 0, TunnelState.RETRY));
        String[] lines = shell.type("l2tp:tunnel-list").split("\n");
        assertTrue(lines[0].matches("NAME +\\S +ID \\S STATE +\\S PEER +\\S PEER'S NAME \\S SESSIONS \\S UP FOR \\S L2TP"), lines[0]);
        assertTrue(lines[2].matches("office +\\S 4711 \\S established \\S 192.0.2.1:1701 \\S lns.example \\S +1 \\S  3m2.s \\S v2 *"),
                lines[2]);
        assertTrue(lines[3].matches("branch +\\S    - \\S retry +\\S 192.0.2.1:1701 \\S - +\\S +0 \\S +- \\S v2 *"), lines[3]);
    }

    @Test
    void saysWhatToDoWhereThereIsNothing() {
        assertEquals("No tunnels. l2tp:tunnel-create opens one; a peer's appears when the peer asks for it.\n",
                shell.type("l2tp:tunnel-list"));
        assertEquals("", shell.type("l2tp:tunnel-list --no-format"));
        assertEquals("[]\n", shell.type("l2tp:tunnel-list --json"));
    }

    @Test
    void printsTabsForScripts() {
        admin.tunnels.add(FakeAdmin.tunnel("branch", 12, TunnelState.IDLE));
        assertEquals("branch\t12\tidle\t192.0.2.1:1701\t-\t0\t-\tv2\n", shell.type("l2tp:tunnel-list --no-format"));
    }

    @Test
    void takesOptionsBeforeAndAfterTheName() {
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        assertEquals(shell.type("l2tp:tunnel-show --json office"), shell.type("l2tp:tunnel-show office --json"));
        assertEquals("There is no option --jso. --help shows those that there are.",
                shell.fail("l2tp:tunnel-show office --jso"));
    }

    @Test
    void showsATunnelByNameOrId() {
        admin.tunnels.add(FakeAdmin.tunnel("branch", 12, TunnelState.RETRY));
        String text = shell.type("l2tp:tunnel-show 12");
        assertTrue(text.startsWith("Tunnel \"branch\"\n"), text);
        assertTrue(text.contains("  Went down because     the peer is shutting down\n"), text);
        assertTrue(text.contains("txMessages"), text);
        assertFalse(text.contains("rxMessages"), text);
    }

    @Test
    void namesTheNearestTunnelWhenThereIsNoSuch() {
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        assertEquals("There is no tunnel \"ofice\". Did you mean \"office\"? l2tp:tunnel-list shows those that there are.",
                shell.fail("l2tp:tunnel-show ofice"));
        assertEquals("There is no tunnel \"zzz\". l2tp:tunnel-list shows those that there are.",
                shell.fail("l2tp:tunnel-delete zzz"));
        assertEquals("Give one only: a tunnel's name or id, not 2.", shell.fail("l2tp:tunnel-show office office"));
    }

    @Test
    void createsATunnelOfWhatWasTyped() {
        assertEquals("Tunnel \"office\" is being opened to 192.0.2.1:1701. l2tp:tunnel-show office follows it.\n",
                shell.type("l2tp:tunnel-create office peer=192.0.2.1:1701 auth_mode=challenge secret=\"two words\" persist=true"));
        assertEquals(List.of("create office"), admin.asked);
        assertEquals(new Endpoint("192.0.2.1", 1701), admin.given.get(TunnelParameters.PEER));
        assertEquals(AuthMode.CHALLENGE, admin.given.get(TunnelParameters.AUTH_MODE));
        assertEquals("two words", admin.given.get(TunnelParameters.SECRET).reveal());
        assertEquals(true, admin.given.get(TunnelParameters.PERSIST));
    }

    @Test
    void takesIpv6PeersInBracketsQuotedOrNot() {
        shell.type("l2tp:tunnel-create a peer=\"[2001:db8::1]:1701\"");
        assertEquals(new Endpoint("2001:db8::1", 1701), admin.given.get(TunnelParameters.PEER));
        shell.type("l2tp:tunnel-create b peer=[2001:db8::2]:1702");
        assertEquals(new Endpoint("2001:db8::2", 1702), admin.given.get(TunnelParameters.PEER));
        shell.type("l2tp:tunnel-create c peer=2001:db8::3");
        assertEquals(new Endpoint("2001:db8::3", 0), admin.given.get(TunnelParameters.PEER));
    }

    @Test
    void waitsUntilATunnelIsUpIfAskedTo() {
        admin.stateOfNewTunnels = TunnelState.ESTABLISHED;
        assertEquals("Tunnel \"office\" is up: our id 1, the peer's 99.\n",
                shell.type("l2tp:tunnel-create office peer=192.0.2.1 --wait 10"));
        admin.stateOfNewTunnels = TunnelState.RETRY;
        assertEquals("Tunnel \"branch\" did not come up within 10 s: the peer is shutting down. It is in the state retry; l2tp:tunnel-show branch follows it.",
                shell.fail("l2tp:tunnel-create --wait=10 branch peer=192.0.2.1"));
    }

    @Test
    void explainsWhatIsWrongWithParametersAndCreatesNothing() {
        assertEquals("A tunnel has no parameter \"peeer\". Did you mean \"peer\"? See l2tp:config-help tunnel.",
                shell.fail("l2tp:tunnel-create office peeer=192.0.2.1"));
        assertEquals("A tunnel has no parameter \"dest_ipaddr\": it is called peer here.",
                shell.fail("l2tp:tunnel-create office dest_ipaddr=192.0.2.1"));
        assertEquals("A tunnel needs peer=...: " + TunnelParameters.PEER.type().expected() + ".", shell.fail("l2tp:tunnel-create office persist=true"));
        assertEquals("hello_timeout: \"never\" is not valid: expected "
                + TunnelParameters.HELLO_TIMEOUT.type().expected() + ". See l2tp:config-help tunnel hello_timeout.",
                shell.fail("l2tp:tunnel-create office peer=192.0.2.1 hello_timeout=never"));
        assertEquals("persist was given 2 times; it takes one value: true or false.",
                shell.fail("l2tp:tunnel-create office peer=192.0.2.1 persist=true persist=false"));
        assertEquals("\"persist\" is not understood: write persist=value. See l2tp:config-help tunnel.", shell.fail("l2tp:tunnel-create office peer=192.0.2.1 persist"));
        assertEquals("Give the tunnel a name first: \"peer=192.0.2.1\" is a parameter.",
                shell.fail("l2tp:tunnel-create peer=192.0.2.1 persist=true"));
        assertEquals("profile: there is no tunnel profile \"brnch\". Did you mean \"branch\"? Known: branch, default.",
                failWithProfile("l2tp:tunnel-create office peer=192.0.2.1 profile=brnch"));
        assertEquals(List.of(), admin.asked);
    }

    private String failWithProfile(String line) {
        admin.blocks.add(new Block(Schema.TUNNEL_PROFILE, "branch", Settings.EMPTY, List.of(), "l2tpd.conf:1"));
        return shell.fail(line);
    }

    @Test
    void passesOnWhatTheEngineRefuses() {
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        assertEquals("Tunnel \"office\" (id 4711) exists already: choose another name.",
                shell.fail("l2tp:tunnel-create office peer=192.0.2.1"));
    }

    @Test
    void asksForSecretsOnlyWhereThereIsSomebodyToAsk() {
        assertEquals("secret=? needs a console to ask at: log in without a command, or name a profile that has the secret.",
                shell.fail("l2tp:tunnel-create office peer=192.0.2.1 secret=?"));
    }

    @Test
    void deletesATunnelAndTellsThePeerWhy() {
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        assertEquals("Tunnel \"office\" is deleted.\n", shell.type("l2tp:tunnel-delete 4711"));
        shell.type("l2tp:tunnel-delete office --reason \"moved away\"");
        assertEquals(List.of("delete office: Administrative request", "delete office: moved away"), admin.asked);
    }

    @Test
    void saysWhenThePeerDoesNotAcknowledge() {
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        admin.deletion = CompletableFuture.failedFuture(new IllegalStateException("no route"));
        assertEquals("Tunnel \"office\" could not be deleted: no route", shell.fail("l2tp:tunnel-delete office"));
    }

    @Test
    void explainsThatThereIsNoEngine() {
        shell.close();
        shell = new Shell(new FakeContext());
        assertEquals("The engine is not running: the bundle org.isthmus.core is not installed."
                + " Try feature:install l2tp-appliance.", shell.fail("l2tp:tunnel-list"));
        shell.close();
        shell = new Shell(new FakeContext().bundle("org.isthmus.core", Bundle.RESOLVED));
        assertEquals("The engine is not running: the bundle org.isthmus.core is not started."
                + " Try bundle:start org.isthmus.core; bundle:diag says what it lacks.", shell.fail("l2tp:system-show"));
    }

    @Test
    void keepsWhatPeersSayFromDrivingTheTerminal() {
        admin.tunnels.add(FakeAdmin.tunnel("a\u001b[2J\nb\u009b", 1, TunnelState.IDLE));
        assertTrue(shell.type("l2tp:tunnel-list --no-format").startsWith("a [2J b \t1\t"));
        assertTrue(shell.type("l2tp:tunnel-list --json").contains("\"name\": \"a\\u001b[2J\\u000ab\\u009b\""));
        assertEquals("Tunnel \"a [2J\nb \" is deleted.\n", shell.type("l2tp:tunnel-delete 1"));
    }
}
