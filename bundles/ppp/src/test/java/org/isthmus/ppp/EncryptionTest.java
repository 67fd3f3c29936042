package org.isthmus.ppp;

import static org.isthmus.ppp.mppe.MppeStrength.BITS_128;
import static org.isthmus.ppp.mppe.MppeStrength.BITS_40;
import static org.isthmus.ppp.mppe.MppeStrength.BITS_56;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.MppeConfig.State;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.Verifier;
import org.isthmus.ppp.mppe.Encryption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MPPE where it is required: how CCP agrees on it, what waits for it, and what happens without it. */
class EncryptionTest {
    private static final MppeConfig STRONG = MppeConfig.require(BITS_128);
    private static final MppeConfig ANY = MppeConfig.require(BITS_128, BITS_56, BITS_40);

    private static Simulation sim(AuthenticationProtocol protocol, MppeConfig client, MppeConfig server) {
        return new Simulation(31, Fixtures.client("alice", "secret").withMppe(client),
                Fixtures.server(protocol).withMppe(server));
    }

    private static Simulation run(MppeConfig client, MppeConfig server) {
        Simulation sim = sim(AuthenticationProtocol.MSCHAP_V2, client, server);
        sim.open();
        sim.run(2_000);
        return sim;
    }

    private static String agreed(Side side) {
        return side.encryption.map(Encryption::words).orElse("none");
    }

    private static void assertKeysMeet(Simulation sim) {
        Encryption client = sim.client.encryption.orElseThrow();
        Encryption server = sim.server.encryption.orElseThrow();
        assertArrayEquals(client.send().startKey(), server.receive().startKey());
        assertArrayEquals(server.send().startKey(), client.receive().startKey());
    }

    @ParameterizedTest
    @EnumSource(names = {"MSCHAP_V1", "MSCHAP_V2"})
    void bothEndsHaveTheKeysOfTheProofBeforeAnyNetworkBegins(AuthenticationProtocol protocol) {
        Simulation sim = sim(protocol, STRONG, STRONG);
        sim.open();
        sim.run(2_000);
        assertEquals("MPPE 128 bits stateless", agreed(sim.client));
        assertEquals(Optional.of("MPPE 128 bits stateless"), sim.server.link.encryption().map(Encryption::words));
        assertKeysMeet(sim);
        assertEquals(List.of("ESTABLISH", "AUTHENTICATE", "authenticated alice", "NETWORK", "encryption needed",
                "MPPE 128 bits stateless", "addresses for 'alice'", "up IPV4", "up IPV6"), sim.server.events);
        assertEquals(1496, sim.server.ipv4().mtu(), "an encrypted packet is 4 octets longer");
        assertEquals(1496, sim.client.ipv6().mtu());
        assertEquals(0, sim.server.count(PppCounter.RX_OUT_OF_PHASE));
    }

    @Test
    void theStrongestThatBothAllowIsTaken() {
        Simulation sim = run(ANY, ANY);
        assertEquals("MPPE 128 bits stateless", agreed(sim.client));
        sim = run(ANY, MppeConfig.require(BITS_40, BITS_56));
        assertEquals("MPPE 56 bits stateless", agreed(sim.client));
        assertEquals("MPPE 56 bits stateless", agreed(sim.server));
        assertKeysMeet(sim);
        sim = run(MppeConfig.require(BITS_40), ANY);
        assertEquals("MPPE 40 bits stateless", agreed(sim.server));
        assertKeysMeet(sim);
    }

    @Test
    void aPathThatCannotDoAllStrengthsLimitsThem() {
        Simulation sim = sim(AuthenticationProtocol.MSCHAP_V2, ANY, ANY);
        sim.server.strengths = EnumSet.of(BITS_40);
        sim.open();
        sim.run(2_000);
        assertEquals("MPPE 40 bits stateless", agreed(sim.client));

        sim = sim(AuthenticationProtocol.MSCHAP_V2, ANY, STRONG);
        sim.server.strengths = EnumSet.of(BITS_40, BITS_56);
        sim.open();
        sim.run(2_000);
        assertEquals(Cause.ENCRYPTION_IMPOSSIBLE, sim.server.reason.cause());
        assertEquals("encryption is required with 128 bits, and the data path can do 56, 40 bits", sim.server.reason.text());
    }

    @Test
    void withNoStrengthInCommonTheLinkEndsAtBothEnds() {
        Simulation sim = run(MppeConfig.require(BITS_40), STRONG);
        sim.run(10_000);
        assertTrue(sim.client.reason.text().contains("the peer wants MPPE with 128 bits stateless, and we take 40 bits stateless")
                || sim.server.reason.text().contains("the peer wants MPPE with 40 bits stateless, and we take 128 bits stateless"),
                sim.client.reason + " / " + sim.server.reason);
        assertEquals(4, Cause.ENCRYPTION_REFUSED.disconnectCode(), "RFC 3145: compulsory encryption was refused by the other");
        assertTrue(sim.client.up.isEmpty() && sim.server.up.isEmpty());
    }

    @Test
    void aPeerWithoutEncryptionIsRefused() {
        Simulation sim = run(MppeConfig.OFF, STRONG);
        assertEquals(Cause.ENCRYPTION_REFUSED, sim.server.reason.cause());
        assertEquals("encryption is required, and the peer refuses it (CCP: rejected by the peer)", sim.server.reason.text());
        sim.run(5_000);
        assertEquals(Cause.CLOSED_BY_PEER, sim.client.reason.cause());
        assertFalse(sim.server.events.contains("up IPV4"));
        assertEquals(1, sim.client.count(PppCounter.TX_PROTOCOL_REJECT));
    }

    @Test
    void aPeerThatIsNotThereForCcpIsGivenUp() {
        Bench bench = bench(STRONG);
        bench.pass(60_000);
        assertEquals(Cause.ENCRYPTION_REFUSED, bench.reason.cause());
        assertEquals("encryption is required, and the peer refuses it (CCP: no answer to our Configure-Requests)", bench.reason.text());
    }

    @Test
    void aProofWithoutKeysIsNotEnough() {
        Simulation sim = sim(AuthenticationProtocol.PAP, STRONG, STRONG);
        sim.open();
        sim.run(2_000);
        assertEquals(Cause.ENCRYPTION_IMPOSSIBLE, sim.server.reason.cause());
        assertTrue(sim.server.reason.text().contains("there are no keys for it"), sim.server.reason.text());

        sim = sim(AuthenticationProtocol.MSCHAP_V2, MppeConfig.OFF, STRONG);
        sim.server.judge = attempt -> {
            AuthenticationVerdict.Accept accept = (AuthenticationVerdict.Accept) Verifier.judge(attempt, "secret");
            return new AuthenticationVerdict.Accept(accept.message(), accept.authenticatorResponse());
        };
        sim.open();
        sim.run(2_000);
        assertEquals(Cause.ENCRYPTION_IMPOSSIBLE, sim.server.reason.cause());
    }

    /** A server whose LCP is open and whose peer "alice" is accepted; CCP has just begun. */
    private static Bench bench(MppeConfig mppe) {
        Bench bench = new Bench(Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE)
                .withAuth(AuthConfig.present(AuthConfig.Credentials.of("bob", "secret"))).withMppe(mppe));
        bench.open();
        bench.openLcp("0305c22380");
        bench.feed("c223 01 07 000f 08 0102030405060708 6c6e");
        bench.feed("c223 03 07 0004");
        assertTrue(bench.events.contains("encryption needed"), bench.events.toString());
        return bench;
    }

    /** Both ends ask for 128 bits stateless, and each takes what the other asks for. */
    private static void agree(Bench bench, int identifier) {
        bench.configure("80fd", identifier, "120601000040");
        bench.ackLast("80fd");
    }

    @Test
    void aRequestLikeThatOfWindowsIsBroughtToOneStrength() {
        Bench bench = bench(ANY);
        assertEquals("80fd0101000a1206010000e0", bench.lastOf("80fd01"), "all that we take, and stateless");
        bench.configure("80fd", 1, "1206010000f1");
        assertEquals("80fd0301000a120601000040", bench.lastOf("80fd03"), "128 bits, neither compression nor the obsolete bit");
        bench.configure("80fd", 2, "120601000040");
        assertEquals("80fd0202000a120601000040", bench.lastOf("80fd02"));
        bench.feed("80fd 03 01 000a 1206 01000020");
        assertEquals("80fd0102000a120601000020", bench.lastOf("80fd01"), "what the peer would rather send");
        bench.ackLast("80fd");
        assertEquals("MPPE sending 128 bits stateless, receiving 40 bits stateless", bench.encryption.orElseThrow().words());
    }

    @Test
    void compressionIsRejectedAndMppeBesideItIsNot() {
        Bench bench = bench(STRONG);
        bench.configure("80fd", 1, "1206010000c1 1a047800 15032f");
        assertEquals("80fd0401000b" + "1a047800" + "15032f", bench.lastOf("80fd04"));
        agree(bench, 2);
        assertEquals("MPPE 128 bits stateless", bench.encryption.orElseThrow().words());
    }

    @Test
    void aPeerThatAsksForNoMppeIsRefused() {
        Bench bench = bench(STRONG);
        bench.configure("80fd", 1, "");
        bench.ackLast("80fd");
        bench.pass(30_000);
        assertEquals("encryption is required, and the peer refuses it (CCP: the peer takes nothing encrypted: its CCP does not ask for"
                + " MPPE)", bench.reason.text());
        assertEquals(Optional.empty(), bench.encryption);
    }

    @Test
    void stateIsKeptOnlyWhereThatIsAllowed() {
        Bench bench = bench(STRONG);
        bench.configure("80fd", 1, "120600000040");
        assertEquals("80fd0301000a120601000040", bench.lastOf("80fd03"));
        bench.feed("80fd 03 01 000a 1206 00000040");
        bench.pass(30_000);
        assertEquals("encryption is required, and the peer refuses it (CCP: the peer wants MPPE with 128 bits stateful, and we take 128"
                + " bits stateless)", bench.reason.text());

        bench = bench(STRONG.with(State.ALLOWED));
        bench.configure("80fd", 1, "120600000040");
        bench.feed("80fd 03 01 000a 1206 00000040");
        bench.ackLast("80fd");
        assertEquals("MPPE 128 bits stateful", bench.encryption.orElseThrow().words());
    }

    @Test
    void stateIsAgreedOnWhereBothWantIt() {
        assertEquals("MPPE 128 bits stateful", agreed(run(STRONG.with(State.PREFERRED), STRONG.with(State.PREFERRED)).client));
        assertEquals("MPPE 128 bits stateless", agreed(run(STRONG.with(State.ALLOWED), STRONG.with(State.ALLOWED)).client));
        assertEquals("MPPE 128 bits stateless", agreed(run(STRONG.with(State.PREFERRED), STRONG).client));
        Simulation sim = run(STRONG, STRONG.with(State.PREFERRED));
        assertEquals("MPPE 128 bits stateless", agreed(sim.server));
        assertKeysMeet(sim);
    }

    @Test
    void networksThatThePeerBeginsEarlyWaitForEncryption() {
        Bench bench = bench(STRONG);
        bench.configure("8021", 1, "0306" + "0a000002");
        assertEquals(List.of(), bench.all("8021"));
        agree(bench, 1);
        assertEquals("80210201000a03060a000002", bench.lastOf("802102"), "it need not say it again");
        bench.ackLast("8021");
        assertTrue(bench.events.contains("up IPV4"));
    }

    @Test
    void aResetRequestIsAnsweredAndOursAreNotSentTooOften() {
        Bench bench = bench(STRONG.with(State.ALLOWED));
        bench.feed("80fd 0e 05 0004");
        assertEquals(List.of(), bench.all("80fd0f"), "not before it is open");
        bench.configure("80fd", 1, "120600000040");
        bench.ackLast("80fd");
        bench.feed("80fd 0e 06 0004");
        assertEquals("80fd0f060004", bench.lastOf("80fd0f"));
        for (int i = 0; i < 20; i++) {
            bench.link.encryptionOutOfStep(true, bench.now);
            bench.pass(100);
        }
        assertEquals(2, bench.all("80fd0e").size(), "an answer is waited for");
        for (int i = 0; i < 200; i++) {
            bench.feed("80fd 0f 01 0004");
            bench.link.encryptionOutOfStep(true, bench.now);
            bench.pass(10);
        }
        assertEquals(102, bench.all("80fd0e").size(), "with answers as often as packets are lost, but not more often than every 20 ms");
        assertNull(bench.reason);
    }

    @Test
    void whenResetsDoNotHelpCcpBeginsAnew() {
        Simulation sim = run(STRONG, STRONG);
        sim.server.events.clear();
        for (int i = 0; i < 6; i++) {
            sim.server.link.encryptionOutOfStep(false, sim.now());
            sim.run(1_100);
        }
        assertEquals(List.of("encryption down", "encryption needed", "MPPE 128 bits stateless"), sim.server.events);
        assertEquals(2, sim.client.up.size());
        assertKeysMeet(sim);
    }

    @Test
    void anotherDataPathHasItNegotiatedAnew() {
        Simulation sim = run(STRONG, STRONG);
        sim.client.events.clear();
        sim.client.link.encryptionLost(sim.now());
        sim.run(2_000);
        assertEquals(List.of("encryption down", "encryption needed", "MPPE 128 bits stateless"), sim.client.events);
        assertEquals("MPPE 128 bits stateless", agreed(sim.server));
        sim.client.link.close("enough", sim.now());
        sim.run(5_000);
        assertEquals(Cause.CLOSED_BY_PEER, sim.server.reason.cause());
    }

    @Test
    void thePathGetsReadyBeforeAPeerThatBeginsAnewIsAnswered() {
        Bench bench = bench(STRONG);
        agree(bench, 1);
        bench.events.clear();
        bench.clear();
        bench.configure("80fd", 2, "120601000040");
        assertEquals(List.of("encryption down", "encryption needed"), bench.events);
        assertEquals("80fd0202000a120601000040", bench.lastOf("80fd02"));
        bench.ackLast("80fd");
        assertEquals("MPPE 128 bits stateless", bench.encryption.orElseThrow().words());
        for (int i = 0; i < 12 && bench.encryption.isPresent(); i++) {
            agree(bench, 3 + i);
        }
        bench.pass(30_000);
        assertEquals(Cause.ENCRYPTION_REFUSED, bench.reason.cause(), "not for ever");
    }

    @Test
    void aTerminateAckThatNobodyAskedForHasItNegotiatedAnew() {
        Bench bench = bench(STRONG);
        agree(bench, 1);
        bench.feed("80fd 06 09 0004");
        agree(bench, 2);
        assertEquals("MPPE 128 bits stateless", bench.encryption.orElseThrow().words());
    }

    @Test
    void aPeerThatEndsEncryptionEndsTheLink() {
        Bench bench = bench(STRONG);
        agree(bench, 1);
        bench.feed("80fd 05 09 0004");
        assertEquals("encryption down", bench.events.get(bench.events.size() - 1));
        bench.pass(30_000);
        assertEquals("encryption is required, and the peer refuses it (CCP: terminated by the peer)", bench.reason.text());
    }

    @Test
    void anEncryptedLinkIsNotKeptForAFailure() {
        assertEquals(Optional.empty(), run(STRONG, STRONG).server.link.snapshot());
        assertTrue(run(MppeConfig.OFF, MppeConfig.OFF).server.link.snapshot().isPresent());
    }

    @Test
    void aLinkKeptWithoutEncryptionDoesNotGoOnWhereItIsRequired() {
        PppSnapshot before = run(MppeConfig.OFF, MppeConfig.OFF).server.link.snapshot().orElseThrow();
        Bench bench = new Bench(Fixtures.server(AuthenticationProtocol.MSCHAP_V2).withMppe(STRONG));
        bench.link.restore(before, bench.now);
        bench.pass(60_000);
        assertEquals(Cause.ENCRYPTION_IMPOSSIBLE, bench.reason.cause());
    }

    @Test
    void whateverTheLineLosesNothingPassesUnencrypted() {
        for (int seed = 0; seed < 150; seed++) {
            Simulation sim = new Simulation(seed, Fixtures.client("alice", "secret").withMppe(ANY),
                    Fixtures.server(AuthenticationProtocol.MSCHAP_V2).withMppe(STRONG));
            sim.lossPercent = 10;
            sim.duplicatePercent = 20;
            sim.reorderPercent = 30;
            sim.open();
            sim.run(120_000);
            sim.lossPercent = 0;
            sim.run(60_000);
            String run = "seed " + seed + ": " + sim.client.events + " / " + sim.server.events;
            for (Side side : List.of(sim.client, sim.server)) {
                assertTrue(side.events.indexOf("up IPV4") > side.events.indexOf("MPPE 128 bits stateless"), run);
                assertEquals("MPPE 128 bits stateless", agreed(side), run);
                assertEquals(2, side.up.size(), run);
                assertEquals(Long.MAX_VALUE, side.link.nextTimeoutMillis(), run);
            }
        }
    }
}
