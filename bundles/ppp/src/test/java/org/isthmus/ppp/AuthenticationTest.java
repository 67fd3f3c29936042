package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.MsChap;
import org.isthmus.ppp.auth.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Authentication that goes wrong, and how both ends say so. */
class AuthenticationTest {

    /** A client that waits as long as it takes. */
    private static Simulation patient(AuthenticationProtocol protocol) {
        AuthConfig.Timers timers = new AuthConfig.Timers(Duration.ZERO, 1_000, Duration.ofSeconds(3), 10,
                Duration.ofSeconds(3), Duration.ZERO);
        PppConfig client = Fixtures.client("alice", "secret");
        return new Simulation(16, client.withAuth(client.auth().withTimers(timers)), Fixtures.server(protocol));
    }

    private static Simulation with(String password, AuthenticationProtocol... protocols) {
        return new Simulation(11, Fixtures.client("alice", password), Fixtures.server(protocols));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "PAP       | 0xc023 | 3 | 1 | Authentication failed",
        "CHAP_MD5  | 0xc223 | 4 | 0 | Authentication failed",
        "MSCHAP_V1 | 0xc223 | 4 | 0 | E=691 R=0 C=[0-9A-F]{16} V=2",
        "MSCHAP_V2 | 0xc223 | 4 | 0 | E=691 R=0 C=[0-9A-F]{32} V=3 M=Authentication failed"})
    void aWrongPasswordIsToldInTheWordsOfTheProtocol(AuthenticationProtocol protocol, int number, int code, int skip,
            String message) {
        Simulation sim = with("wrong", protocol);
        sim.open();
        sim.run(5_000);

        List<String> texts = sim.server.sentTexts(number, code, skip);
        assertEquals(1, texts.size());
        assertTrue(texts.get(0).matches(message), texts.get(0));
        assertEquals(Cause.PEER_NOT_AUTHENTICATED, sim.server.reason.cause());
        assertEquals("the peer failed to authenticate by " + protocol.label() + ": Authentication failed",
                sim.server.reason.text());
        assertEquals(Cause.WE_ARE_NOT_AUTHENTICATED, sim.client.reason.cause());
        String told = sim.client.reason.text();
        assertTrue(told.startsWith("the peer refuses name 'alice' and its password by " + protocol.label() + ": "),
                told);
        assertEquals(1, sim.server.count(PppCounter.AUTH_FAILURES));
        assertTrue(sim.client.up.isEmpty() && sim.server.up.isEmpty());
        assertFalse(sim.server.events.contains("NETWORK"));
    }

    @Test
    void theClientExplainsTheErrorCode() {
        Simulation sim = with("secret", AuthenticationProtocol.MSCHAP_V2);
        sim.server.judge = attempt -> new AuthenticationVerdict.Reject("Call the office", 649, false);
        sim.open();
        sim.run(5_000);
        assertEquals("the peer refuses name 'alice' and its password by MS-CHAPv2: no permission to dial in (E=649):"
                + " Call the office", sim.client.reason.text());
    }

    @ParameterizedTest
    @EnumSource
    void aClientWithoutCredentialsRefusesEveryProtocol(AuthenticationProtocol protocol) {
        Simulation sim = new Simulation(12, PppConfig.client(AuthConfig.Credentials.NONE),
                Fixtures.server(protocol));
        sim.open();
        sim.run(10_000);
        assertEquals(Cause.PEER_REFUSES_AUTHENTICATION, sim.server.reason.cause());
        assertEquals("the peer refuses to authenticate by " + protocol.label(), sim.server.reason.text());
        sim.client.link.lowerDown(sim.now());
        assertEquals(Cause.WE_REFUSE_AUTHENTICATION, sim.client.reason.cause());
        assertTrue(sim.client.reason.text().contains(protocol.label()), sim.client.reason.text());
    }

    @Test
    void aClientThatAcceptsOnlyWhatTheServerDoesNotIsRefused() {
        PppConfig client = PppConfig.client(new AuthConfig.Credentials("alice", "secret",
                List.of(AuthenticationProtocol.PAP)));
        Simulation sim = new Simulation(13, client,
                Fixtures.server(AuthenticationProtocol.MSCHAP_V2, AuthenticationProtocol.CHAP_MD5));
        sim.open();
        sim.run(10_000);
        assertEquals("the peer refuses to authenticate by MS-CHAPv2, CHAP-MD5 (it asks for PAP)",
                sim.server.reason.text());
        assertTrue(sim.server.sent.size() < 20);
    }

    @Test
    void aPeerMayRefuseWhereTheConfigurationLetsIt() {
        AuthConfig auth = new AuthConfig(List.of(AuthenticationProtocol.CHAP_MD5), true, "lns",
                AuthConfig.Credentials.NONE, AuthConfig.Timers.DEFAULT);
        Simulation sim = new Simulation(14, PppConfig.client(AuthConfig.Credentials.NONE), PppConfig.server(auth));
        sim.open();
        sim.run(5_000);
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
        assertEquals(Optional.empty(), sim.server.link.status().peerProvedBy());
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsRefusedByAnMsChapV2Client() {
        Simulation sim = with("secret", AuthenticationProtocol.MSCHAP_V2);
        sim.server.judge = attempt -> new AuthenticationVerdict.Accept("", "S=" + "0".repeat(40));
        sim.open();
        sim.run(5_000);
        assertEquals(Cause.WE_ARE_NOT_AUTHENTICATED, sim.client.reason.cause());
        assertEquals("the peer accepts us but does not know our password: its MS-CHAPv2 authenticator response is"
                + " wrong", sim.client.reason.text());
    }

    @Test
    void anAcceptWithoutAuthenticatorResponseIsNoAcceptForMsChapV2() {
        Simulation sim = with("secret", AuthenticationProtocol.MSCHAP_V2);
        sim.server.judge = attempt -> AuthenticationVerdict.accept();
        sim.open();
        sim.run(5_000);
        assertEquals(Cause.PEER_NOT_AUTHENTICATED, sim.server.reason.cause());
        assertTrue(sim.server.reason.text().contains("S="), sim.server.reason.text());
        assertFalse(sim.server.events.contains("authenticated alice"));
    }

    @Test
    void nobodyJudges() {
        Simulation sim = patient(AuthenticationProtocol.CHAP_MD5);
        sim.server.judge = attempt -> null;
        sim.open();
        sim.run(75_000);
        assertEquals(Cause.AUTHENTICATION_TIMEOUT, sim.server.reason.cause());
        assertEquals("nobody judged user 'alice' within 60000 ms; does the authenticator answer?",
                sim.server.reason.text());
    }

    @ParameterizedTest
    @EnumSource
    void aVerdictThatComesTooLateChangesNothing(AuthenticationProtocol protocol) {
        Simulation sim = patient(protocol);
        sim.server.judgeDelayMillis = 100_000;
        sim.open();
        sim.run(200_000);
        assertEquals(Cause.AUTHENTICATION_TIMEOUT, sim.server.reason.cause());
        assertEquals(1, sim.server.closings);
    }

    @Test
    void aClientThatNeverShowsItselfIsGivenUp() {
        Simulation sim = with("secret", AuthenticationProtocol.CHAP_MD5);
        sim.open();
        sim.run(15);
        sim.cut = true;
        sim.run(60_000);
        assertEquals("the peer did not answer 10 CHAP-MD5 challenges", sim.server.reason.text());
        assertEquals(Cause.AUTHENTICATION_TIMEOUT, sim.server.reason.cause());
    }

    @Test
    void aPapPeerThatSaysNothingIsGivenUpAfterTheTimeout() {
        AuthConfig.Timers timers = new AuthConfig.Timers(Duration.ofSeconds(20), 3, Duration.ofSeconds(2), 3,
                Duration.ofSeconds(2), Duration.ZERO);
        PppConfig server = Fixtures.server(AuthenticationProtocol.PAP);
        PppConfig client = Fixtures.client("alice", "secret");
        Simulation sim = new Simulation(15, client.withAuth(client.auth().withTimers(timers)),
                server.withAuth(server.auth().withTimers(timers)));
        sim.open();
        sim.run(15);
        sim.cut = true;
        sim.run(60_000);
        assertEquals("the peer did not authenticate by PAP within 20000 ms", sim.server.reason.text());
        assertEquals("the peer did not answer 3 PAP Authenticate-Requests", sim.client.reason.text());
    }

    @Test
    void aPeerMayTryAgainAFewTimesWhereTheVerdictSaysSo() {
        Simulation sim = with("wrong", AuthenticationProtocol.MSCHAP_V2);
        sim.server.judge = attempt -> new AuthenticationVerdict.Reject("again", 691, true);
        sim.open();
        sim.run(2_000);
        String first = sim.server.sentTexts(PppProtocol.CHAP, 4, 0).get(0);
        assertTrue(first.matches("E=691 R=1 C=[0-9A-F]{32} V=3 M=again"), first);
        assertEquals(Cause.WE_ARE_NOT_AUTHENTICATED, sim.client.reason.cause(), "our client has no other password");
    }

    @Test
    void ourOwnChallengeIsNotAnswered() {
        AuthConfig both = new AuthConfig(List.of(AuthenticationProtocol.CHAP_MD5), false, "a",
                AuthConfig.Credentials.of("alice", "secret"), AuthConfig.Timers.DEFAULT);
        Bench bench = new Bench(Fixtures.open(Fixtures.REMOTE, Fixtures.LOCAL).withAuth(both));
        bench.open();
        bench.openLcp("0305c22305");
        String challenge = bench.lastOf("c22301");
        bench.clear();
        bench.feed(challenge);
        assertEquals(List.of(), bench.all("c22302"));
        bench.feed("c021 06 01 0004");
        assertEquals("the peer sent our own CHAP-MD5 challenge back to us", bench.reason.text());
    }

    @Test
    void packetsOfAProtocolThatWasNotAgreedOnAreIgnored() {
        Bench bench = new Bench(Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        bench.open();
        bench.openLcp("");
        bench.clear();
        bench.feed("c023 01 01 0010 05 616c696365 05 736563");
        bench.feed("c023 01 01 000e 04 616c6963 04 73656372");
        bench.feed("c227 01 01 0005 01");
        bench.feed("c223 01 01 0009 04 01020304");
        assertEquals(List.of(), bench.sent);
        assertEquals(4, bench.link.counters().get(PppCounter.RX_AUTH_NOT_NEGOTIATED)
                + bench.link.counters().get(PppCounter.RX_MALFORMED));
        assertEquals(PppPhase.AUTHENTICATE, bench.link.phase());
    }

    @Test
    void aSuccessThatWasLostIsSaidAgain() {
        Bench bench = new Bench(Fixtures.server(AuthenticationProtocol.PAP));
        bench.judge = attempt -> Verifier.judge(attempt, "pw");
        bench.open();
        bench.openLcp("");
        bench.clear();
        bench.feed("c023 01 07 000b 04 616c6963 02 7077".replace("000b", "000c"));
        assertEquals(List.of("c02302070005" + "00"), bench.sent);
        bench.clear();
        bench.feed("c023 01 08 000c 04 616c6963 02 7077");
        assertEquals(List.of("c02302080005" + "00"), bench.sent);
        assertEquals(1, bench.attempts);
    }

    @Test
    void anotherTryAnswersTheChallengeOfTheFailureWithTheNextIdentifier() {
        Bench bench = new Bench(Fixtures.server(AuthenticationProtocol.MSCHAP_V2));
        bench.judge = attempt -> Verifier.judge(attempt, "right") instanceof AuthenticationVerdict.Accept accept
                ? accept : new AuthenticationVerdict.Reject("again", 691, true);
        bench.open();
        bench.openLcp("");
        String challenge = bench.lastOf("c22301");
        int identifier = Integer.parseInt(challenge.substring(6, 8), 16);
        bench.feed(response(identifier, challenge.substring(14, 46), "wrong"));
        String failure = bench.lastOf("c22304");
        assertEquals(challenge.substring(6, 8), failure.substring(6, 8));
        String text = new String(HexFormat.of().parseHex(failure.substring(12)), StandardCharsets.UTF_8);
        String newChallenge = text.replaceAll(".*C=([0-9A-F]{32}).*", "$1");
        bench.feed(response(identifier, challenge.substring(14, 46), "right"));
        assertEquals(List.of(), bench.all("c22303"), "the old challenge has had its answer");
        bench.feed(response(identifier + 1 & 0xff, newChallenge, "right"));
        assertEquals(1, bench.all("c22303").size());
        assertTrue(bench.events.contains("authenticated alice"));
        assertEquals(2, bench.attempts);
    }

    private static String response(int identifier, String challengeHex, String password) {
        byte[] challenge = HexFormat.of().parseHex(challengeHex.toLowerCase());
        byte[] peerChallenge = new byte[16];
        byte[] response = MsChap.ntResponse(challenge, peerChallenge, "alice".getBytes(StandardCharsets.UTF_8),
                MsChap.ntPasswordHash(password));
        return String.format("c22302%02x003b31", identifier) + HexFormat.of().formatHex(peerChallenge)
                + "0000000000000000" + HexFormat.of().formatHex(response) + "00" + "616c696365";
    }

    @Test
    void triesComeToAnEndEvenIfEachVerdictAllowsAnother() {
        Bench bench = new Bench(Fixtures.server(AuthenticationProtocol.PAP));
        bench.judge = attempt -> new AuthenticationVerdict.Reject("no", 691, true);
        bench.open();
        bench.openLcp("");
        for (int i = 0; i < 10; i++) {
            bench.feed("c023 01 08 000c 04 616c6963 02 7077");
        }
        assertEquals(3, bench.attempts);
        assertEquals(1, bench.all("c02105").size());
    }

    @Test
    void aPeerMayNotBecomeSomebodyElseAtALaterChallenge() {
        AuthConfig.Timers timers = new AuthConfig.Timers(Duration.ofSeconds(60), 10, Duration.ofSeconds(3), 10,
                Duration.ofSeconds(3), Duration.ofSeconds(5));
        PppConfig config = Fixtures.server(AuthenticationProtocol.CHAP_MD5);
        Bench bench = new Bench(config.withAuth(config.auth().withTimers(timers)));
        bench.judge = attempt -> AuthenticationVerdict.accept();
        bench.open();
        bench.openLcp("");
        bench.feed("c22302" + bench.lastOf("c22301").substring(6, 8) + "001a10" + "00".repeat(16) + "616c696365");
        assertEquals("alice", bench.link.status().peerName());
        bench.clear();
        bench.pass(5_000);
        bench.feed("c22302" + bench.lastOf("c22301").substring(6, 8) + "001a10" + "00".repeat(16) + "616c696366");
        bench.feed("c02106010004");
        assertEquals("the peer failed to authenticate by CHAP-MD5: it answered a later challenge as 'alicf', and was "
                + "'alice' before", bench.reason.text());
        assertEquals(1, bench.attempts);
    }
}
