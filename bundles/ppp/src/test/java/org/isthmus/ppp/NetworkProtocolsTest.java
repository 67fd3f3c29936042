package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.CloseReason.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IPCP and IPV6CP against a peer that says whatever the test wants. */
class NetworkProtocolsTest {
    /** Lends 10.0.0.1 and 10.0.0.2 with name servers, IPv6 with given identifiers. */
    private static final PppConfig SERVER = PppConfig.server(AuthConfig.NONE).withIpv6(Ipv6Config.ON);
    private static final PppConfig CLIENT = PppConfig.client(AuthConfig.Credentials.NONE);

    private static Bench inNetworkPhase(PppConfig config) {
        Bench bench = new Bench(config);
        bench.open();
        bench.openLcp("");
        assertEquals(PppPhase.NETWORK, bench.link.phase());
        return bench;
    }

    private static Bench server() {
        Bench bench = inNetworkPhase(SERVER);
        bench.link.addressesGiven(bench.request, Fixtures.GRANT, bench.now);
        return bench;
    }

    @ParameterizedTest
    @CsvSource({
        "030600000000, 03, 03060a000002",
        "03060a000009, 03, 03060a000002",
        "03060a000002, 02, 03060a000002",
        "'', 02, ''",
        "030600000000810600000000830600000000, 03, 03060a0000028106c00002358306c6336435",
        "820600000000, 03, 8206c0000289",
        "840600000000, 04, 840600000000",
        "0206002d0f01 030600000000, 04, 0206002d0f01",
        "010a0a0000020a000001, 04, 010a0a0000020a000001",
        "03050a0000, 04, 03050a0000",
        "8106c0000235 8306c6336435 03060a000002, 02, 8106c00002358306c633643503060a000002"})
    void theServerGivesAddressesAndNameServers(String options, String code, String answer) {
        assertAnswer("8021", options, code, answer);
    }

    private static void assertAnswer(String protocol, String options, String code, String answer) {
        Bench bench = server();
        bench.clear();
        bench.configure(protocol, 33, options);
        assertEquals(String.format("%s%s21%04x%s", protocol, code, 4 + answer.length() / 2, answer),
                bench.lastOf(protocol));
    }

    @Test
    void anEmptyRequestOpensIpcpWithTheAddressThatWasGiven() {
        Bench bench = server();
        bench.ackLast("8021");
        bench.configure("8021", 1, "");
        assertEquals(Fixtures.REMOTE, ((Network.Ipv4) bench.network).remote());
    }

    @Test
    void theServerInsistsOnItsOwnAddress() {
        Bench bench = server();
        String first = bench.lastOf("802101");
        bench.feed("802103" + first.substring(6, 8) + "000a" + "03060a0000ff");
        assertEquals(first.substring(8), bench.lastOf("802101").substring(8));
    }

    @Test
    void theClientTakesWhatItIsGiven() {
        Bench bench = inNetworkPhase(CLIENT);
        String first = bench.lastOf("802101");
        assertTrue(first.endsWith("030600000000" + "810600000000" + "830600000000"), first);
        bench.feed("802103" + first.substring(6, 8) + "0016" + "03060a000002" + "8106c0000235" + "8306c6336435");
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000001");
        assertEquals(new Network.Ipv4(Fixtures.REMOTE, Fixtures.LOCAL, List.of(Fixtures.DNS_1, Fixtures.DNS_2),
                List.of(), 1500), bench.network);
    }

    @Test
    void theClientDoesWithoutNameServersThatThePeerRejects() {
        Bench bench = inNetworkPhase(CLIENT);
        String first = bench.lastOf("802101");
        bench.feed("802104" + first.substring(6, 8) + "0010" + "810600000000" + "830600000000");
        bench.feed("802103" + bench.lastOf("802101").substring(6, 8) + "000a" + "03060a000002");
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000001");
        assertEquals(List.of(), ((Network.Ipv4) bench.network).dns());
    }

    @ParameterizedTest
    @CsvSource({"7f000001", "e0000001", "ffffffff", "00000000"})
    void theClientRefusesAnAddressThatNoHostMayHave(String address) {
        Bench bench = inNetworkPhase(CLIENT);
        for (int i = 0; i < 50 && bench.reason == null; i++) {
            bench.feed("802103" + bench.lastOf("802101").substring(6, 8) + "000a" + "0306" + address);
        }
        bench.pass(60_000);
        assertEquals(Cause.NO_NETWORK_PROTOCOL, bench.reason.cause());
        assertEquals("no network protocol is left (IPCP: the peer gives us no IPv4 address)", bench.reason.text());
    }

    @Test
    void anAckOfNoAddressIsNoAddress() {
        Bench bench = inNetworkPhase(CLIENT);
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000001");
        assertFalse(bench.events.contains("up IPV4"));
        bench.feed("802106010004");
        bench.feed("c02106010004");
        assertEquals("no network protocol is left (IPCP: the peer gives us no IPv4 address)", bench.reason.text());
        assertFalse(bench.events.contains("down IPV4"), "what was never up does not go down");
    }

    @Test
    void aPeerThatAsksAClientForAnAddressIsRejected() {
        Bench bench = inNetworkPhase(CLIENT);
        bench.configure("8021", 1, "030600000000");
        assertEquals("80210401000a030600000000", bench.lastOf("802104"));
    }

    @Test
    void aFamilyThatWasNotGrantedIsRejected() {
        Bench bench = inNetworkPhase(SERVER);
        bench.configure("8057", 7, "010a0000000000000000");
        bench.configure("8021", 8, "030600000000");
        assertEquals(List.of(), bench.all("c02108"));
        bench.link.addressesGiven(bench.request,
                AddressGrant.ofIpv4(Fixtures.LOCAL, Fixtures.REMOTE, List.of()), bench.now);
        assertTrue(bench.lastOf("c02108").contains("805701"), "the request that was kept is rejected");
        assertEquals("80210308000a03060a000002", bench.lastOf("802103"), "the request that was kept is answered");
        bench.configure("8057", 9, "");
        assertEquals(2, bench.all("c02108").size());
    }

    @Test
    void noFamilyAtAllEndsTheLink() {
        Bench bench = inNetworkPhase(SERVER);
        bench.link.addressesGiven(bench.request, new AddressGrant(Optional.empty(), Optional.empty()), bench.now);
        bench.feed("c02106010004");
        assertEquals(Cause.NO_NETWORK_PROTOCOL, bench.reason.cause());
    }

    @Test
    void oneFamilyMayFailWhileTheOtherLives() {
        Bench bench = server();
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000002");
        bench.feed("c02108010006" + "8057");
        assertNull(bench.reason);
        bench.pass(100_000);
        assertEquals("Opened", bench.link.status().ipcp());
        assertEquals("Stopped", bench.link.status().ipv6cp());
    }

    @Test
    void aNetworkProtocolThatThePeerEndsTakesTheLinkWithItWhenItIsTheLast() {
        Bench bench = inNetworkPhase(Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE));
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000002");
        bench.feed("8021 05 09 0007 627965");
        assertEquals("802106090004", bench.lastOf("802106"));
        assertTrue(bench.events.contains("down IPV4"));
        bench.pass(20_000);
        assertEquals("no network protocol is left (IPCP: terminated by the peer)", bench.reason.text());
    }

    @Test
    void aSilentNetworkProtocolIsGivenUp() {
        Bench bench = inNetworkPhase(Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE));
        bench.pass(60_000);
        assertEquals("no network protocol is left (IPCP: no answer to our Configure-Requests)", bench.reason.text());
    }

    @Test
    void packetsToSpareDoNotMatterWhileAddressesAreFetched() {
        Bench bench = inNetworkPhase(SERVER);
        for (int i = 0; i < 100; i++) {
            bench.configure("8021", i, "030600000000");
            bench.feed("8021 02 01 0004");
        }
        bench.clear();
        bench.link.addressesGiven(bench.request, Fixtures.GRANT, bench.now);
        assertEquals(1, bench.all("802103").size(), "the last of them is answered");
        assertEquals(100, bench.count(PppCounter.RX_OUT_OF_PHASE));
    }

    @ParameterizedTest
    @CsvSource({
        "010a0000000000000000, 03, 010a0000000000000022",
        "010a0000000000000011, 03, 010a0000000000000022",
        "010a0000000000000022, 02, 010a0000000000000022",
        "'', 02, ''",
        "0204004f, 04, 0204004f",
        "010600000000, 04, 010600000000"})
    void theServerGivesInterfaceIdentifiers(String options, String code, String answer) {
        assertAnswer("8057", options, code, answer);
    }

    @Test
    void equalInterfaceIdentifiersAreResolved() {
        Bench bench = inNetworkPhase(CLIENT.withIpv4(Ipv4Config.OFF).withIpv6(Ipv6Config.ON));
        String own = bench.lastOf("805701").substring(12);
        bench.configure("8057", 1, own);
        String nak = bench.lastOf("805703").substring(12);
        assertFalse(nak.equals(own) || nak.endsWith("0000000000000000"));
        bench.feed("805703" + bench.lastOf("805701").substring(6, 8) + "000e" + nak);
        assertFalse(bench.lastOf("805701").substring(12).equals(own));
    }

    @Test
    void theClientTakesTheInterfaceIdentifierThatItIsGiven() {
        Bench bench = inNetworkPhase(CLIENT.withIpv4(Ipv4Config.OFF).withIpv6(Ipv6Config.ON));
        bench.feed("805703" + bench.lastOf("805701").substring(6, 8) + "000e" + "010a00000000000000ab");
        bench.ackLast("8057");
        bench.configure("8057", 1, "010a00000000000000cd");
        assertEquals(new Network.Ipv6(0xab, 0xcd, 1500), bench.network);
    }
}
