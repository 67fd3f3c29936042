package org.isthmus.pppd;

import static org.isthmus.api.config.PppParameters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.MppeState;
import org.isthmus.api.config.MppeUse;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.ppp.PppSpec;
import org.junit.jupiter.api.Test;

class OptionsFileTest {
    private static final PppSpec.Login ALICE = new PppSpec.Login("alice", Secret.of("pass\"word\\ \u00e4"));

    private static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException never) {
            throw new AssertionError(never);
        }
    }

    private static List<String> server(Settings.Builder settings) {
        return lines(new PppSpec("office/1", 1, 2, 9, settings.build(), true, "lns", Optional.empty(), Optional.of(address("10.9.0.1")),
                Optional.of(address("10.9.0.2")), 1400, "", Duration.ZERO));
    }

    private static List<String> client(Settings.Builder settings) {
        return lines(new PppSpec("office/1", 1, 2, 9, settings.build(), false, "lac", Optional.of(ALICE), Optional.empty(), Optional.empty(),
                1400, "ppp-alice", Duration.ofSeconds(90)));
    }

    private static List<String> lines(PppSpec spec) {
        return OptionsFile.of(spec, 7, "/run/a b", false).lines().toList();
    }

    @Test
    void aServerDemandsAProofAndGivesAddresses() throws Exception {
        List<String> lines = server(Settings.builder().set(DNS, List.of(InetAddress.getByName("192.0.2.53"))).set(PROXY_ARP, true));
        assertTrue(lines.containsAll(List.of("plugin pppol2tp.so", "pppol2tp 3", "nodetach", "auth", "name \"lns\"",
                "require-mschap-v2", "require-chap", "require-pap", "refuse-mschap", "refuse-eap", "10.9.0.1:10.9.0.2",
                "ms-dns 192.0.2.53", "proxyarp", "+ipv6", "mtu 1400", "mru 1460", "nomppe", "lcp-echo-interval 30", "lcp-echo-failure 5",
                "set L2TP_RUN=7", "set \"L2TP_EVENTS=/run/a\\040b\"")), lines.toString());
        assertFalse(lines.contains("require-mschap"), "version 1 is off unless it is asked for");
        assertFalse(lines.contains("ipcp-accept-remote"), "the peer takes the address that it is given");
        assertTrue(lines.contains("refuse-pap"), "who has no password shows none");
    }

    @Test
    void aClientShowsItsPasswordAndTakesWhatItIsGiven() {
        List<String> lines = client(Settings.builder().set(ASK_DNS, true).set(AUTH_PAP, false).set(IPV6, false));
        assertTrue(lines.containsAll(List.of("noauth", "user \"alice\"", "password \"pass\\042word\\134\\040\\303\\244\"",
                "refuse-pap", "ipcp-accept-local", "ipcp-accept-remote", "noremoteip", "noipdefault", "usepeerdns", "noipv6",
                "ifname ppp-alice", "idle 90")), lines.toString());
        assertFalse(lines.contains("refuse-chap"));
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("require-")), lines.toString());
    }

    @Test
    void nothingIsSaidOfASerialLineWhichPppdWouldNotUnderstandOverL2tp() {
        List<String> serial = List.of("local", "modem", "crtscts", "nocrtscts", "xonxoff", "sync", "notty", "escape");
        List<String> words = server(Settings.builder()).stream().map(line -> line.split(" ")[0]).toList();
        assertTrue(serial.stream().noneMatch(words::contains), words.toString());
    }

    @Test
    void encryptionIsRequiredOrOff() {
        assertTrue(server(Settings.builder().set(MPPE, MppeUse.REQUIRE)).containsAll(List.of("require-mppe-128", "nomppe-stateful")));
        assertTrue(server(Settings.builder().set(MPPE, MppeUse.REQUIRE).set(MPPE_KEY_BITS, List.of(128, 40))
                .set(MPPE_STATEFUL, MppeState.ALLOW)).containsAll(List.of("require-mppe", "mppe-stateful")));
    }

    @Test
    void withoutIpv4NoAddressIsSpokenOf() {
        List<String> lines = server(Settings.builder().set(IPV4, false));
        assertTrue(lines.contains("noip"));
        assertFalse(lines.contains("10.9.0.1:10.9.0.2"));
    }

    @Test
    void theOperatorsOwnLinesComeLast() {
        List<String> lines = server(Settings.builder().set(PPPD_OPTIONS, List.of("plugin radius.so", "debug")));
        assertEquals(List.of("plugin radius.so", "debug"), lines.subList(lines.size() - 2, lines.size()));
    }
}
