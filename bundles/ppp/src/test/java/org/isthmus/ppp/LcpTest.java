package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LCP against a peer that says whatever the test wants. */
class LcpTest {
    private static final PppConfig PLAIN = Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE);

    private static Bench opened(PppConfig config) {
        Bench bench = new Bench(config);
        bench.open();
        bench.openLcp("");
        assertEquals("Opened", bench.link.status().lcp());
        bench.clear();
        return bench;
    }

    private static Bench negotiating(PppConfig config) {
        Bench bench = new Bench(config);
        bench.open();
        return bench;
    }

    @Test
    void offersAMagicNumberAndNothingThatL2tpHasNoUseFor() {
        assertTrue(negotiating(PLAIN).lastOf("c02101").matches("c021 01 .. 000a 0506 [0-9a-f]{8}".replace(" ", "")));
    }

    @Test
    void offersWhatIsConfigured() {
        LinkConfig all = new LinkConfig(1460, 1460, false, OptionalInt.of(0xa0000), true, true, Retry.DEFAULT,
                Duration.ZERO, 0);
        PppConfig config = PLAIN.withLink(all).withAuth(AuthConfig.demand("lns",
                List.of(AuthenticationProtocol.MSCHAP_V2)));
        assertTrue(negotiating(config).lastOf("c02101")
                .matches("c02101..0017" + "010405b4" + "0206000a0000" + "0305c22381" + "0702" + "0802"));
    }

    @Test
    void anEmptyRequestIsAcknowledged() {
        Bench bench = negotiating(PLAIN);
        bench.configure("c021", 9, "");
        assertEquals("c02102090004", bench.lastOf("c02102"));
    }

    @ParameterizedTest
    @CsvSource({
        "010405dc 02060000000005061234567807020802, 02, 010405dc02060000000005061234567807020802",
        "0104007f, 03, 01040080",
        "010405dc 0d0306 1104060 0, 04, 0d030611040600",
        "05060000000a 13031 1 01040040, 04, 130311",
        "0104 00, 04, 010400",
        "0305c22305, 04, 0305c22305"})
    void answersTheOptionsOfThePeer(String options, String code, String answer) {
        Bench bench = negotiating(PLAIN);
        if (options.equals("0104 00")) {
            bench.configure("c021", 9, "010400");
            assertEquals(1, bench.count(PppCounter.RX_MALFORMED), "an option longer than its packet");
            return;
        }
        bench.configure("c021", 9, options);
        String reply = bench.lastOf("c021" + code);
        assertEquals("09", reply.substring(6, 8));
        assertEquals(answer, reply.substring(12));
    }

    @Test
    void aZeroMagicNumberIsNaked() {
        Bench bench = negotiating(PLAIN);
        bench.configure("c021", 9, "050600000000");
        assertTrue(bench.lastOf("c02103").matches("c0210309000a0506(?!00000000).{8}"));
    }

    @Test
    void ourOwnMagicNumberMeansALoopAfterSomeRounds() {
        Bench bench = negotiating(PLAIN.withAuth(AuthConfig.demand("lns", List.of(AuthenticationProtocol.PAP))));
        int seen = 0;
        for (int i = 0; i < 1_000 && bench.reason == null && seen < bench.sent.size(); i++) {
            bench.feed(bench.sent.get(seen++));
        }
        assertEquals(Cause.LOOPED_BACK, bench.reason.cause());
        assertEquals("looped-back link: our own magic number came back 5 times", bench.reason.text());
        assertTrue(bench.sent.size() < 20, "a loop must not feed itself: " + bench.sent.size());
        assertTrue(bench.count(PppCounter.LOOPBACK) >= 5);
    }

    @Test
    void aNakedMagicNumberIsReplaced() {
        Bench bench = negotiating(PLAIN);
        String first = bench.lastOf("c02101");
        bench.feed("c02103" + first.substring(6, 12) + "050600000001");
        assertNotEquals(first, bench.lastOf("c02101"));
        assertNull(bench.reason);
    }

    @Test
    void rejectedOptionsAreLeftOut() {
        PppConfig config = PLAIN.withLink(LinkConfig.DEFAULT.withSizes(1460, 1460));
        Bench bench = negotiating(config);
        String first = bench.lastOf("c02101");
        bench.feed("c02104" + first.substring(6));
        assertTrue(bench.lastOf("c02101").matches("c02101..0004"));
        bench.openLcp("");
        assertEquals(1500, bench.link.status().localMru());
        assertEquals(0, bench.link.status().localMagic());
    }

    @Test
    void aPeerMayAskForALargerMruUpToWhatEverybodyTakes() {
        Bench bench = negotiating(PLAIN.withLink(LinkConfig.DEFAULT.withSizes(1400, 1400)));
        String first = bench.lastOf("c02101");
        bench.feed("c02103" + first.substring(6, 8) + "0008" + "010405dc");
        assertTrue(bench.lastOf("c02101").contains("010405dc"));
        bench.feed("c02103" + bench.lastOf("c02101").substring(6, 8) + "0008" + "01042000");
        assertTrue(bench.lastOf("c02101").contains("010405dc"), "8192 is more than we take");
    }

    @Test
    void demandedProtocolsAreTriedOneByOne() {
        Bench bench = negotiating(Fixtures.server(AuthenticationProtocol.MSCHAP_V2,
                AuthenticationProtocol.CHAP_MD5, AuthenticationProtocol.PAP));
        bench.feed("c02103" + bench.lastOf("c02101").substring(6, 8) + "0008" + "0304c227");
        assertTrue(bench.lastOf("c02101").contains("0305c22305"), "EAP is not ours: the next of our own");
        bench.feed("c02103" + bench.lastOf("c02101").substring(6, 8) + "0008" + "0304c023");
        assertTrue(bench.lastOf("c02101").contains("0304c023"));
        bench.openLcp("");
        assertEquals(Optional.of(AuthenticationProtocol.PAP), bench.link.status().peerProvedBy());
    }

    @Test
    void anUnknownProtocolIsRejectedInTheNetworkPhaseOnlyAndNotTooOften() {
        Bench bench = negotiating(Fixtures.server(AuthenticationProtocol.PAP));
        bench.feed("80fd 01 01 0004");
        bench.openLcp("");
        bench.clear();
        bench.feed("80fd 01 01 0004");
        assertEquals(List.of(), bench.sent);

        Bench network = opened(PLAIN);
        network.feed("ff03 80fd 01 05 0006 aabb");
        assertTrue(network.lastOf("c02108").matches("c02108..000c80fd01050006aabb"));
        for (int i = 0; i < 1_000; i++) {
            network.feed("80fd 01 01 0004");
        }
        assertEquals(10, network.count(PppCounter.TX_PROTOCOL_REJECT));
        assertEquals(991, network.count(PppCounter.TX_SUPPRESSED));
        network.now += 10_000;
        network.feed("80fd 01 01 0004");
        assertEquals(11, network.count(PppCounter.TX_PROTOCOL_REJECT));
    }

    @Test
    void aProtocolRejectIsNoLongerThanThePeersMru() {
        Bench bench = negotiating(PLAIN);
        bench.ackLast("c021");
        bench.configure("c021", 1, "01040080");
        bench.clear();
        bench.feed("80fd" + "ab".repeat(1_000));
        assertEquals(2 * (2 + 128), bench.lastOf("c02108").length());
    }

    @Test
    void aProtocolRejectOfANetworkProtocolEndsIt() {
        Bench bench = opened(PLAIN);
        bench.feed("c021 08 01 000a 8021 01010004");
        bench.feed("c021 06 02 0004");
        assertEquals(Cause.NO_NETWORK_PROTOCOL, bench.reason.cause());
        assertEquals("no network protocol is left (IPCP: rejected by the peer)", bench.reason.text());
    }

    @Test
    void aProtocolRejectOfLcpItselfIsTheEnd() {
        Bench bench = opened(PLAIN);
        bench.feed("c021 08 01 000a c021 01010004");
        bench.pass(20_000);
        assertEquals(Cause.LCP_FAILED, bench.reason.cause());
    }

    @Test
    void echoRequestsAreAnsweredWithOurMagicNumber() {
        Bench bench = negotiating(PLAIN);
        String magic = bench.lastOf("c02101").substring(16);
        bench.feed("c021 09 05 0008 00000000");
        assertTrue(bench.all("c0210a").isEmpty(), "not before LCP is open");
        bench.openLcp("050600000007");
        bench.feed("c021 09 06 000b 00000007 aabbcc");
        assertEquals("c0210a06000b" + magic + "aabbcc", bench.lastOf("c0210a"));
        bench.feed("c021 0b 07 0008 00000007");
        bench.feed("c021 09 06 0007 000000");
        assertEquals(1, bench.all("c0210a").size());
    }

    @Test
    void echoesThatComeBackAreNoSignOfLife() {
        Bench bench = opened(PLAIN.withLink(LinkConfig.DEFAULT.withEcho(Duration.ofSeconds(1), 3)));
        for (int i = 0; i < 4 && bench.reason == null; i++) {
            bench.pass(1_000);
            for (String echo : List.copyOf(bench.all("c02109"))) {
                bench.feed(echo);
            }
            bench.sent.removeIf(frame -> frame.startsWith("c02109"));
        }
        bench.pass(20_000);
        assertEquals(Cause.LOOPED_BACK, bench.reason.cause());
        assertEquals(List.of(), bench.all("c0210a"));
    }

    @Test
    void aCodeRejectOfEchoStopsTheEcho() {
        Bench bench = opened(PLAIN.withLink(LinkConfig.DEFAULT.withEcho(Duration.ofSeconds(1), 3)));
        bench.pass(1_000);
        bench.feed("c021 07 01 000c 09010008 00000000");
        bench.pass(20_000);
        assertEquals("Opened", bench.link.status().lcp());
        assertEquals(1, bench.count(PppCounter.TX_ECHO_REQUEST));
    }

    @Test
    void identificationIsKeptForPeople() {
        Bench bench = negotiating(PLAIN);
        bench.feed("c021 0c 02 0012 00000000 4d535241535635" + "2e3130");
        assertEquals("MSRASV5.10", bench.link.status().peerIdentification());
        bench.feed("c021 0d 02 000c 00000000 00000e10");
        bench.feed("c021 0c 02 0006 0000");
        assertEquals(1, bench.count(PppCounter.RX_MALFORMED));
        assertEquals(0, bench.count(PppCounter.RX_UNKNOWN_CODE));
    }

    @Test
    void framesComeWithAndWithoutAddressAndControl() {
        Bench bench = negotiating(PLAIN);
        bench.feed("ff03 c021 01 01 0004");
        bench.feed("c021 01 02 0004");
        assertEquals(2, bench.all("c02102").size());
        assertTrue(bench.sent.stream().noneMatch(frame -> frame.startsWith("ff03")));
    }

    @Test
    void packetsOfAnotherPhaseAreCountedAndNothingElse() {
        Bench bench = negotiating(Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        bench.feed("8021 01 01 000a 030600000000");
        bench.openLcp("");
        bench.clear();
        bench.feed("8021 01 01 000a 030600000000");
        bench.feed("8057 01 01 0004");
        bench.feed("0021 4500");
        assertEquals(List.of(), bench.sent);
        assertEquals(3, bench.count(PppCounter.RX_OUT_OF_PHASE));
        assertEquals(1, bench.count(PppCounter.RX_DATA));
    }

    @Test
    void aNakThatListsSeveralProtocolsRefusesOnlyTheOneThatWasOffered() {
        Bench bench = negotiating(Fixtures.server(AuthenticationProtocol.MSCHAP_V2,
                AuthenticationProtocol.CHAP_MD5, AuthenticationProtocol.PAP));
        bench.feed("c02103" + bench.lastOf("c02101").substring(6, 8) + "0011" + "0304c227" + "0304c023"
                + "0305c22305");
        assertTrue(bench.lastOf("c02101").contains("0304c023"));
    }

    @Test
    void aPeerMayAskForASmallerMruThanTheDefault() {
        Bench bench = negotiating(PLAIN);
        bench.feed("c02103" + bench.lastOf("c02101").substring(6, 8) + "0008" + "01040578");
        assertTrue(bench.lastOf("c02101").contains("01040578"));
        bench.openLcp("");
        assertEquals(1400, bench.link.status().localMru());
    }
}
