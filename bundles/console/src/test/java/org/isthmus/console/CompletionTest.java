package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What TAB offers, through Karaf's own parser and completers. */
class CompletionTest {
    private final FakeAdmin admin = new FakeAdmin();
    private Shell shell;

    @BeforeEach
    void openShell() {
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        admin.tunnels.add(FakeAdmin.tunnel("old", 4799, TunnelState.ESTABLISHED));
        admin.sessions.add(FakeAdmin.session("office", "s1", 5));
        admin.blocks.add(new Block(Schema.TUNNEL_PROFILE, "branch", Settings.EMPTY, List.of(), "l2tpd.conf:1"));
        shell = new Shell(new FakeContext().service(L2tpAdmin.class, admin));
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    @Test
    void offersTheCommandsOfTheScope() {
        assertEquals(List.of("l2tp:tunnel-create ", "l2tp:tunnel-delete ", "l2tp:tunnel-list ",
                "l2tp:tunnel-profile-list ", "l2tp:tunnel-profile-show ", "l2tp:tunnel-show "), shell.tab("l2tp:tunnel"));
    }

    @Test
    void offersTunnelsByNameAndByIdOnceADigitIsTyped() {
        assertEquals(List.of("office ", "old "), shell.tab("l2tp:tunnel-show o"));
        assertEquals(List.of("office ", "old "), shell.tab("l2tp:tunnel-delete "));
        assertEquals(List.of("4711 ", "4799 "), shell.tab("l2tp:tunnel-show 47"));
        assertEquals(List.of("office/s1 "), shell.tab("l2tp:session-show o"));
    }

    @Test
    void offersOptionsBeforeAndAfterTheName() {
        assertTrue(shell.tab("l2tp:tunnel-show -").contains("--json "));
        assertEquals(List.of("--json "), shell.tab("l2tp:tunnel-show office --j"));
        assertEquals(List.of("--reason "), shell.tab("l2tp:tunnel-delete office --"));
        assertEquals(List.of("--wait "), shell.tab("l2tp:tunnel-create new peer=192.0.2.1 --"));
    }

    @Test
    void leadsThroughTheCreationOfATunnel() {
        assertEquals(List.of("office "), shell.tab("l2tp:tunnel-create office"));
        List<String> first = shell.tab("l2tp:tunnel-create office ");
        assertTrue(first.containsAll(List.of("peer=", "profile=", "secret=", "auth_mode=")), first.toString());
        List<String> next = shell.tab("l2tp:tunnel-create office peer=192.0.2.1:1701 ");
        assertTrue(next.contains("profile="), next.toString());
        assertFalse(next.contains("peer="), "a parameter that is given is not offered again");
        assertEquals(List.of("peer=", "peer_tunnel_id=", "persist="), shell.tab("l2tp:tunnel-create office pe"));
        assertTrue(shell.tab("l2tp:tunnel-create office peer=[2001:db8::1]:1701 pro").contains("profile="));
    }

    @Test
    void offersValues() {
        String line = "l2tp:tunnel-create new peer=192.0.2.1 ";
        assertEquals(List.of("profile=branch ", "profile=default "), shell.tab(line + "profile="));
        assertEquals(List.of("auth_mode=challenge "), shell.tab(line + "auth_mode=c"));
        assertEquals(List.of("persist=false ", "persist=true "), shell.tab(line + "persist="));
        assertEquals(List.of("secret=? "), shell.tab(line + "secret="));
        assertEquals(List.of("hello_timeout=60 "), shell.tab(line + "hello_timeout="));
        assertEquals(List.of("hello_timeout=15 "), shell.tab(line + "hello_timeout=15"));
    }

    @Test
    void leadsThroughTheCreationOfASession() {
        assertEquals(List.of("office ", "old "), shell.tab("l2tp:session-create "));
        List<String> names = shell.tab("l2tp:session-create office s2 user");
        assertEquals(List.of("user_name=", "user_password="), names);
        assertEquals(List.of("session_type=laic ", "session_type=laoc "),
                shell.tab("l2tp:session-create office s2 user_name=alice session_type=la"));
    }

    @Test
    void offersProfilesAndTheWordsOfTheReference() {
        assertEquals(List.of("branch ", "default "), shell.tab("l2tp:tunnel-profile-show "));
        assertEquals(List.of("tunnel ", "tunnel-profile "), shell.tab("l2tp:config-help tun"));
        assertEquals(List.of("mru "), shell.tab("l2tp:config-help ppp-profile mr"));
    }

    @Test
    void offersNoNameThatTheShellWouldTakeForSomethingElse() {
        admin.tunnels.add(FakeAdmin.tunnel("x;halt", 4712, TunnelState.ESTABLISHED));
        admin.tunnels.add(FakeAdmin.tunnel("head office", 4713, TunnelState.ESTABLISHED));
        admin.tunnels.add(FakeAdmin.tunnel("$(x)", 4714, TunnelState.ESTABLISHED));
        assertEquals(List.of("office ", "old "), shell.tab("l2tp:tunnel-delete "));
        assertEquals(List.of("4711 ", "4712 ", "4713 ", "4714 "), shell.tab("l2tp:tunnel-delete 471"));
    }

    @Test
    void offersNothingWhereThereIsNoEngine() {
        shell.close();
        shell = new Shell(new FakeContext());
        assertEquals(List.of(), shell.tab("l2tp:tunnel-show "));
    }
}
