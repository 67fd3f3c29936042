package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.isthmus.api.BundleStatus;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.LineStatus;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.ProxyStatus;
import org.isthmus.api.PseudowireStatus;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.api.config.SessionParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionCommandsTest {
    private final FakeAdmin admin = new FakeAdmin();
    private Shell shell;

    @BeforeEach
    void openShell() {
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        admin.tunnels.add(FakeAdmin.tunnel("branch", 12, TunnelState.RETRY));
        shell = new Shell(new FakeContext().service(L2tpAdmin.class, admin));
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    @Test
    void listsAllSessionsOrATunnels() {
        admin.sessions.add(FakeAdmin.session("office", "s1", 5));
        admin.sessions.add(FakeAdmin.session("branch", "s2", 6));
        assertEquals("office/s1\t5\testablished\talice\t10.0.0.2\tl2tp0\t1.5 KiB\t4.8 MiB\t1d01h\n",
                shell.type("l2tp:session-list 4711 --no-format"));
        String all = shell.type("l2tp:session-list");
        assertTrue(all.contains("office/s1") && all.contains("branch/s2"), all);
        assertTrue(shell.fail("l2tp:session-list offic").startsWith("There is no tunnel \"offic\"."));
    }

    @Test
    void saysWhatToDoWhereThereIsNothing() {
        assertEquals("No sessions. l2tp:session-create places one; a peer's appears when the peer places it.\n",
                shell.type("l2tp:session-list"));
        assertEquals("[]\n", shell.type("l2tp:session-list -j"));
    }

    @Test
    void showsASessionWithItsPppAndWhatWasDropped() {
        admin.sessions.add(FakeAdmin.session("office", "s1", 5));
        String text = shell.type("l2tp:session-show office/s1");
        assertTrue(text.startsWith("Session \"s1\" of tunnel \"office\"\n"), text);
        assertTrue(text.matches("(?s).*Type +laic \\(we are the LAC, an incoming call\\)\n.*"), text);
        assertTrue(text.matches("(?s).*Peer's address +10.0.0.2\n.*"), text);
        assertTrue(text.matches("(?s).*Our IPv6 address +fe80::1\n.*"), text);
        assertTrue(text.matches("(?s).*Received +10 packets, 1.5 KiB\n.*"), text);
        assertTrue(text.matches("(?s).*Dropped: wrong source address +3 packets\n.*"), text);
        assertFalse(text.contains("Dropped: malformed"), "what did not happen is not shown");
    }

    @Test
    void showsWhatTheLacSaidAndWhereTheCallGoes() {
        SessionStatus plain = FakeAdmin.session("lac", "s1", 5);
        admin.sessions.add(new SessionStatus(plain.name(), plain.tunnelName(), 1, 5, 6, plain.state(), plain.type(),
                plain.origin(), "default", "default", "", "", "", 0, 0, Optional.empty(), plain.created(),
                plain.upSince(), Optional.empty(), plain.lastCause(), plain.data(),
                Optional.of(new ProxyStatus("alice@isp", "CHAP-MD5", "", "CHAP-MD5", "MRU 1492", "passed on")),
                "isp-b1/7", LineStatus.NONE, PseudowireStatus.PPP));
        String text = shell.type("l2tp:session-show 5");
        assertTrue(text.matches("(?s).*Switched to +isp-b1/7\n.*"), text);
        assertTrue(text.matches("(?s).*User +alice@isp\n.*"), text);
        assertTrue(text.matches("(?s).*User was granted +MRU 1492\n.*"), text);
        assertTrue(text.matches("(?s).*What became of it +passed on\n.*"), text);
    }

    @Test
    void showsTheBundleThatASessionIsALinkOf() {
        PppLinkStatus ppp = new PppLinkStatus("network", "alice", "chap", Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), 1460, 1460, Optional.of(new BundleStatus("alice#1", 2, true, 1460, 1500, "ip 192.0.2.1")), "");
        SessionStatus plain = FakeAdmin.session("office", "s1", 5);
        admin.sessions.add(new SessionStatus(plain.name(), plain.tunnelName(), 1, 5, 6, plain.state(), plain.type(), plain.origin(),
                "default", "default", "ppp0", "", "", 0, 0, Optional.of(ppp), plain.created(), plain.upSince(), Optional.empty(),
                plain.lastCause(), plain.data()));
        String text = shell.type("l2tp:session-show 5");
        assertTrue(text.matches("(?s).*Bundle\n.*Name +alice#1\n.*"), text);
        assertTrue(text.matches("(?s).*Links +2, this one has the network protocols\n.*"), text);
        assertTrue(text.matches("(?s).*MRRU +1460 bytes, the peer's 1500 bytes\n.*"), text);
        assertTrue(shell.type("l2tp:session-show 5 --json").contains("\"name\": \"alice#1\""));
    }

    @Test
    void showsWhatASessionCarriesAndTheIdsOfVersion3() {
        SessionStatus plain = FakeAdmin.session("wire", "s1", 5);
        admin.sessions.add(new SessionStatus(plain.name(), plain.tunnelName(), 0xf000_0001, 0xf000_0002, 6, plain.state(),
                plain.type(), plain.origin(), "default", "default", "eth7", "", "", 0, 0, Optional.empty(), plain.created(),
                plain.upSince(), Optional.empty(), plain.lastCause(), plain.data(), Optional.empty(), "", LineStatus.NONE,
                new PseudowireStatus(PseudowireType.VLAN, "lan7", 7, 8, 4, true, "up", "down: circuit receive fault", 1500)));
        String text = shell.type("l2tp:session-show wire/s1");
        assertTrue(text.matches("(?s).*Carries +VLAN 7\n.*"), text);
        assertTrue(text.matches("(?s).*Remote end id +lan7\n.*"), text);
        assertTrue(text.matches("(?s).*Cookies +ours 8 bytes, the peer's 4 bytes\n.*"), text);
        assertTrue(text.matches("(?s).*Peer's circuit +down: circuit receive fault\n.*"), text);
        assertTrue(text.matches("(?s).*Our id +4026531842\n.*"), text);
        assertTrue(shell.type("l2tp:session-show wire/s1 --json").contains("\"sessionId\": 4026531842"));
    }

    @Test
    void jsonOfASessionHasExactNumbersAndNullForWhatIsNotKnown() {
        admin.sessions.add(FakeAdmin.session("office", "s1", 5));
        String json = shell.type("l2tp:session-show 5 --json");
        for (String field : List.of("\"txBytes\": 5000000", "\"state\": \"established\"", "\"type\": \"laic\"",
                "\"created\": \"2026-01-01T00:00:00Z\"", "\"retryAt\": null", "\"lastCause\": null", "\"remoteIpv6\": null",
                "\"localIpv6\": \"fe80::1\"", "\"dns\": [\n      \"192.0.2.53\"\n    ]")) {
            assertTrue(json.contains(field), field + " in\n" + json);
        }
        assertFalse(json.contains("\u001b"));
    }

    @Test
    void placesASession() {
        assertEquals("Session \"office/s1\" is being placed. l2tp:session-show office/s1 follows it.\n",
                shell.type("l2tp:session-create 4711 s1 user_name=alice user_password=wonder"));
        assertEquals(List.of("create office/s1"), admin.asked);
        assertEquals("alice", admin.given.get(SessionParameters.USER_NAME));
        assertEquals("wonder", admin.given.get(SessionParameters.USER_PASSWORD).reveal());
        assertEquals("Session \"office/s2\" is up: our id 2, the peer's 77, interface l2tp0.\n",
                shell.type("l2tp:session-create office s2 -w 5"));
        assertTrue(shell.fail("l2tp:session-create ofice s1").contains("Did you mean \"office\"?"));
    }

    @Test
    void takesASessionDown() {
        admin.sessions.add(FakeAdmin.session("office", "s1", 5));
        assertEquals("Session \"office/s1\" is deleted.\n", shell.type("l2tp:session-delete 5"));
        assertEquals(List.of("delete office/s1: Administrative request"), admin.asked);
    }
}
