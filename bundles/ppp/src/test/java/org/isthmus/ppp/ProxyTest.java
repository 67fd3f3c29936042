package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.proxy.ProxyJudge;
import org.isthmus.ppp.proxy.ProxyStart;
import org.isthmus.ppp.proxy.ProxyValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A link that a LAC begins and an LNS goes on with. */
class ProxyTest {
    private static final long LNS_TAKES_OVER_AFTER = 1_000;

    private ProxyValues collected;

    /** A LAC that runs LCP, has the client show who it is, and then stops. */
    private Simulation collect(String password, PppConfig lac) {
        Simulation sim = new Simulation(7, Fixtures.client("alice@isp.example", password), lac);
        sim.server.link.keepForAnotherEnd();
        sim.server.judge = attempt -> {
            collected = collected == null ? sim.server.link.proxyValues().orElseThrow() : collected;
            return null;
        };
        sim.server.pool = request -> collected = sim.server.link.proxyValues().orElseThrow();
        sim.open();
        sim.run(LNS_TAKES_OVER_AFTER);
        return sim;
    }

    private ProxyStart judge(PppConfig lns, boolean force) {
        return ProxyJudge.judge(collected, lns, force);
    }

    private void takeOver(Simulation sim, PppConfig lns, boolean force) {
        ProxyStart start = judge(lns, force);
        assertTrue(start instanceof ProxyStart.Taken, start.toString());
        sim.replaceServer(lns);
        sim.server.link.open((ProxyStart.Taken) start, sim.now());
        sim.run(10_000);
    }

    private static ProxyValues withoutProof(ProxyValues values) {
        return new ProxyValues(values.initialReceived(), values.lastSent(), values.lastReceived(), OptionalInt.empty(),
                new byte[0], new byte[0], OptionalInt.empty(), new byte[0]);
    }

    private static long configureRequests(Side side) {
        return side.sent.stream().map(ByteBuffer::wrap)
                .filter(frame -> (frame.getShort(0) & 0xffff) == PppProtocol.LCP && frame.get(2) == 1).count();
    }

    @ParameterizedTest
    @EnumSource
    void theLnsGoesOnWhereTheLacStopped(AuthenticationProtocol protocol) {
        Simulation sim = collect("secret", Fixtures.server(protocol));
        takeOver(sim, Fixtures.server(protocol), false);

        assertEquals(0, configureRequests(sim.server));
        assertEquals(1, configureRequests(sim.client));
        assertTrue(sim.server.events.contains("authenticated alice@isp.example"), sim.server.events::toString);
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
        assertEquals(0, sim.client.count(PppCounter.RENEGOTIATIONS));
        assertEquals(sim.client.link.status().localMagic(), sim.server.link.status().peerMagic());
        assertEquals(sim.client.link.status().peerMagic(), sim.server.link.status().localMagic());
        assertEquals("alice@isp.example", sim.server.link.status().peerName());
    }

    @ParameterizedTest
    @EnumSource
    void theLnsJudgesWhatTheLacCollected(AuthenticationProtocol protocol) {
        Simulation sim = collect("wrong", Fixtures.server(protocol));
        takeOver(sim, Fixtures.server(protocol), false);

        assertEquals(CloseReason.Cause.PEER_NOT_AUTHENTICATED, sim.server.reason.cause());
        assertEquals(CloseReason.Cause.WE_ARE_NOT_AUTHENTICATED, sim.client.reason.cause());
        assertFalse(sim.server.events.contains("NETWORK"));
    }

    @Test
    void theValuesAreThoseOfTheRfc() {
        collect("secret", Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        assertEquals(OptionalInt.of(ProxyValues.CHAP), collected.type());
        assertEquals("alice@isp.example", collected.userName());
        assertEquals("CHAP-MD5", collected.authenticationWords());
        assertTrue(collected.challenge().length >= 16);
        assertEquals(16, collected.response().length);
        assertTrue(ProxyValues.words(collected.lastSent()).matches("CHAP-MD5, magic number [0-9a-f]{8}"));
        assertTrue(ProxyValues.words(collected.lastReceived()).matches("magic number [0-9a-f]{8}"));
        assertArrayEquals(collected.initialReceived().orElseThrow(), collected.lastReceived().orElseThrow());
        assertEquals("", ProxyValues.words(Optional.empty()));
    }

    @Test
    void whatIsTakenOverCanBePassedOnOnceMore() {
        Simulation sim = collect("secret", Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        ProxyValues first = collected;
        collected = withoutProof(first);
        ProxyStart start = judge(Fixtures.server(AuthenticationProtocol.CHAP_MD5), false);
        sim.replaceServer(Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        Side second = sim.server;
        collected = null;
        second.link.keepForAnotherEnd();
        second.judge = attempt -> {
            collected = second.link.proxyValues().orElseThrow();
            return null;
        };
        second.link.open((ProxyStart.Taken) start, sim.now());
        sim.run(1_000);
        assertArrayEquals(first.lastSent().orElseThrow(), collected.lastSent().orElseThrow());
        assertArrayEquals(first.lastReceived().orElseThrow(), collected.lastReceived().orElseThrow());
        takeOver(sim, Fixtures.server(AuthenticationProtocol.CHAP_MD5), false);
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
    }

    @Test
    void eachLinkHasAFingerprintUnlessNothingOfItIsItsOwn() {
        collect("secret", Fixtures.server(AuthenticationProtocol.PAP));
        assertTrue(collected.fingerprint().isPresent());
        ProxyValues bare = new ProxyValues(Optional.empty(), Optional.empty(), Optional.of(new byte[] {1, 4, 5, (byte) 0xd4}),
                OptionalInt.of(ProxyValues.PAP), "alice".getBytes(), new byte[0], OptionalInt.of(1), new byte[0]);
        assertTrue(bare.fingerprint().isEmpty());
    }

    @Test
    void aPasswordIsNotShown() {
        collect("secret", Fixtures.server(AuthenticationProtocol.PAP));
        assertArrayEquals("secret".getBytes(), collected.response());
        assertFalse(collected.toString().contains("secret"));
        assertTrue(collected.toString().contains("alice@isp.example"));
    }

    @Test
    void withoutAProofTheLnsAsksItself() {
        Simulation sim = collect("secret", Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        collected = withoutProof(collected);
        takeOver(sim, Fixtures.server(AuthenticationProtocol.CHAP_MD5), false);

        assertEquals(0, configureRequests(sim.server));
        assertEquals("alice@isp.example", sim.server.link.status().peerName());
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
    }

    @Test
    void aLinkOnWhichNobodyWasAskedGoesOnWithoutAName() {
        PppConfig nobody = PppConfig.server(AuthConfig.NONE);
        Simulation sim = collect("secret", nobody);
        assertEquals(OptionalInt.of(ProxyValues.NO_AUTHENTICATION), collected.type());
        takeOver(sim, nobody, false);
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
        assertEquals("", sim.server.link.status().peerName());
    }

    @Test
    void whatTheProfileDoesNotWantIsTakenOnlyByForce() {
        Simulation sim = collect("secret", Fixtures.server(AuthenticationProtocol.PAP));
        PppConfig lns = Fixtures.server(AuthenticationProtocol.MSCHAP_V2);
        assertEquals(new ProxyStart.Refused("the peer was asked for PAP, which the ppp profile does not ask for"),
                judge(lns, false));
        takeOver(sim, lns, true);
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
    }

    @Test
    void aTypedPasswordIsJudgedWithoutAWordToThePeer() {
        Simulation sim = collect("secret", PppConfig.server(AuthConfig.NONE));
        collected = new ProxyValues(collected.initialReceived(), collected.lastSent(), collected.lastReceived(),
                OptionalInt.of(ProxyValues.TEXT), "bob".getBytes(), new byte[0], OptionalInt.empty(),
                "secret".getBytes());
        takeOver(sim, Fixtures.server(AuthenticationProtocol.PAP), false);
        assertEquals("bob", sim.server.link.status().peerName());
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
        assertTrue(sim.server.sentTexts(PppProtocol.PAP, 2, 0).isEmpty());
    }

    @Test
    void aClientThatBeginsAnewNegotiatesWithTheLns() {
        Simulation sim = collect("secret", Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        ProxyStart start = judge(Fixtures.server(AuthenticationProtocol.MSCHAP_V2), true);
        sim.replaceServer(Fixtures.server(AuthenticationProtocol.MSCHAP_V2));
        sim.server.link.open((ProxyStart.Taken) start, sim.now());
        Side again = sim.client;
        again.link.receive(ByteBuffer.wrap(new byte[] {(byte) 0xc0, 0x21, 1, 9, 0, 4}), sim.now());
        sim.run(10_000);
        assertEquals(AuthenticationProtocol.MSCHAP_V2, sim.server.link.status().peerProvedBy().orElseThrow());
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
    }

    @Test
    void aRepeatedProofGetsTheSameAnswer() {
        Simulation sim = collect("secret", Fixtures.server(AuthenticationProtocol.PAP));
        // The client repeats its request every 3 s; those that came while nobody listened were lost.
        sim.run(10_000);
        takeOver(sim, Fixtures.server(AuthenticationProtocol.PAP), false);
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
    }
}
