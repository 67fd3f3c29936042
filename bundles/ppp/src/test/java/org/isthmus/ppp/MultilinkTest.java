package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of RFC 1990, and what a link does once both ends speak multilink. */
class MultilinkTest {
    private static final String US = "01aabb";
    private static final String OURS = "110405dc" + "1305" + US;
    private static final String PEERS = "11040640" + "1309" + "0302005e000001";

    static PppConfig config(boolean shortNumbers) {
        EndpointDiscriminator us = EndpointDiscriminator.read(HexFormat.of().parseHex(US)).orElseThrow();
        return Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE).withLink(LinkConfig.DEFAULT.withMultilink(
                Optional.of(new MultilinkConfig(1500, shortNumbers, us))));
    }

    private static Bench negotiating(PppConfig config) {
        Bench bench = new Bench(config);
        bench.open();
        return bench;
    }

    private static Bench agreed() {
        Bench bench = negotiating(config(false));
        bench.openLcp(PEERS);
        return bench;
    }

    private static void answer(Bench bench, String code, String options) {
        bench.feed("c021" + code + bench.lastOf("c02101").substring(6, 8) + String.format("%04x", 4 + options.length() / 2) + options);
    }

    @Test
    void isAskedForBehindTheOtherOptions() {
        assertTrue(negotiating(config(false)).lastOf("c02101").matches("c02101..0013" + "0506[0-9a-f]{8}" + OURS));
        assertTrue(negotiating(config(true)).lastOf("c02101").matches("c02101..0015" + "0506[0-9a-f]{8}" + "110405dc" + "1202" + "1305" + US));
    }

    @Test
    void whatBothEndsAskedForIsAgreedOn() {
        Bench bench = agreed();
        Multilink agreed = bench.link.multilink().orElseThrow();
        assertEquals(1500, agreed.localMrru());
        assertEquals(1600, agreed.peerMrru());
        assertFalse(agreed.shortReceived() || agreed.shortSent());
        assertEquals("mac 02:00:5e:00:00:01", agreed.peer().orElseThrow().toString());
    }

    @Test
    void shortNumbersAreAMatterOfEachDirection() {
        Bench asking = negotiating(config(true));
        asking.openLcp(PEERS);
        assertTrue(asking.link.multilink().orElseThrow().shortReceived());
        assertFalse(asking.link.multilink().orElseThrow().shortSent());

        Bench asked = negotiating(config(false));
        asked.openLcp("1104064012021309" + "0302005e000001");
        assertFalse(asked.link.multilink().orElseThrow().shortReceived());
        assertTrue(asked.link.multilink().orElseThrow().shortSent());
    }

    @ParameterizedTest
    @CsvSource({
        "110405dc12021303" + "01, 02, 110405dc1202130301", // a local class without an address says nothing, and is no error
        "110400 7f, 03, 11040080",
        "1103 05, 04, 110305",
        "1203 00, 04, 120300",
        "1302, 04, 1302",
        "1308 0302005e0001, 04, 13080302005e0001", // a MAC address of five octets
        "1306 020a0001, 04, 1306020a0001",
        "1307 020a000001, 02, 1307020a000001",
        "1306 04010203, 04, 130604010203",
        "1304 0700, 02, 13040700"}) // a class of later
    void answersTheOptionsOfThePeer(String options, String code, String answer) {
        Bench bench = negotiating(config(false));
        bench.configure("c021", 9, options.replace(" ", ""));
        assertEquals(answer, bench.lastOf("c021" + code).substring(12));
    }

    @Test
    void octetsBehindAnOptionThatAreNoOptionAreMalformed() {
        Bench bench = negotiating(config(false));
        bench.configure("c021", 9, "1319 010101010101010101010101010101010101010101010101010101");
        assertEquals(1, bench.count(PppCounter.RX_MALFORMED));
        assertEquals(List.of(), bench.all("c02102"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"110405dc", "1202", "1307020a000001"})
    void withoutMultilinkEachOptionIsRejected(String option) {
        Bench bench = negotiating(Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE));
        assertFalse(bench.lastOf("c02101").contains("1104"));
        bench.configure("c021", 9, option);
        assertEquals(option, bench.lastOf("c02104").substring(12));
    }

    @Test
    void aPeerThatRejectsGetsALinkOfTheUsualKind() {
        Bench bench = negotiating(config(true));
        answer(bench, "04", "110405dc" + "1202" + "1305" + US);
        assertTrue(bench.lastOf("c02101").matches("c02101..000a" + "0506[0-9a-f]{8}"));
        bench.openLcp("");
        assertEquals(Optional.empty(), bench.link.multilink());
        assertFalse(bench.all("802101").isEmpty(), "IPCP begins without a question");
        assertFalse(bench.events.contains("bundle needed"));
    }

    @Test
    void aPeerThatDoesNotAskForItDoesNotSpeakIt() {
        Bench bench = negotiating(config(false));
        bench.openLcp("1307020a000001");
        assertEquals(Optional.empty(), bench.link.multilink());
        assertFalse(bench.all("802101").isEmpty());
    }

    @Test
    void aNakLowersOurMrruAndNeverRaisesIt() {
        Bench bench = negotiating(config(true));
        answer(bench, "03", "11040500" + "1202" + "1303ff");
        assertTrue(bench.lastOf("c02101").matches("c02101..000e" + "0506[0-9a-f]{8}" + "11040500"), "the rest cannot be had otherwise");
        answer(bench, "03", "11040600");
        assertTrue(bench.lastOf("c02101").contains("11040500"));
    }

    @Test
    void noNetworkRunsBeforeItIsKnownWhereTheBundleIs() {
        Bench bench = agreed();
        assertEquals(List.of("bundle needed"), bench.events.stream().filter(event -> event.startsWith("bundle")).toList());
        bench.configure("8021", 1, "03060a000002");
        bench.pass(10_000);
        assertEquals(List.of(), bench.all("8021"));
        assertEquals(List.of(), bench.all("c02108"));
    }

    @Test
    void theFirstLinkNegotiatesForAllOfThem() {
        Bench bench = agreed();
        bench.link.leadBundle(bench.now);
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000002");
        assertEquals(1500, bench.network.mtu(), "ours, as the peer puts 1600 together");
    }

    @Test
    void thePacketsMayBeAsLargeAsThePeerPutsTogetherWhateverALinkTakes() {
        Bench bench = negotiating(config(false));
        bench.openLcp("01040400" + "11040578");
        bench.link.leadBundle(bench.now);
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000002");
        assertEquals(1400, bench.network.mtu());
    }

    @Test
    void aLinkThatJoinedIsSilentAboutNetworksAndWatchesTheLine() {
        Bench bench = agreed();
        bench.link.joinBundle(bench.now);
        bench.configure("8021", 1, "03060a000002");
        bench.feed("8057 01 01 0004");
        assertEquals(List.of(), bench.all("80"));
        bench.feed("c021 09 06 0008 00000000");
        assertEquals(1, bench.all("c0210a").size());
    }

    @Test
    void aLinkThatJoinedGoesOnWithTheNetworksOfTheOneThatLeft() {
        Bench bench = agreed();
        bench.link.joinBundle(bench.now);
        bench.clear();
        Network.Ipv4 before = new Network.Ipv4(Fixtures.LOCAL, Fixtures.REMOTE, List.of(), List.of(), 1400);
        bench.link.leadBundle(Optional.of(before), Optional.empty(), bench.now);
        assertTrue(bench.events.contains("up IPV4"));
        assertEquals(List.of(), bench.all("8021"), "the peer hears nothing of it");
        bench.feed("8021 05 07 0004");
        assertTrue(bench.events.contains("down IPV4"), "and the protocol lives");
    }

    @Test
    void theBundleIsLeftBeforeTheNetworksGo() {
        Bench bench = agreed();
        bench.link.leadBundle(bench.now);
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000002");
        bench.events.clear();
        bench.feed("c021 05 07 0004");
        assertEquals(List.of("bundle left", "down IPV4", "TERMINATE"), bench.events.subList(0, 3));
        bench.link.lowerDown(bench.now);
        assertEquals(1, bench.events.stream().filter("bundle left"::equals).count());
    }

    @Test
    void aLinkThatIsNegotiatedAnewAsksAgain() {
        Bench bench = agreed();
        bench.link.joinBundle(bench.now);
        bench.events.clear();
        bench.configure("c021", 2, PEERS);
        bench.ackLast("c021");
        assertEquals(List.of("bundle left", "bundle needed"), bench.events.stream().filter(event -> event.startsWith("bundle")).toList());
    }

    @Test
    void theNameThatWasProvedIsTold() {
        Simulation both = new Simulation(5, Fixtures.client("alice", "secret").withLink(config(false).link()),
                Fixtures.server(AuthenticationProtocol.MSCHAP_V2).withLink(config(false).link()));
        both.open();
        both.run(5_000);
        assertTrue(both.server.events.contains("bundle for 'alice'"), both.server.events::toString);
        assertTrue(both.client.events.contains("bundle for ''"), both.client.events::toString);
        assertEquals(2, both.client.up.size());
        assertEquals(2, both.server.up.size());
    }
}
