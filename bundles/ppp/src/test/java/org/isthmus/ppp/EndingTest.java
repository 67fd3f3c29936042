package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which a link ends, and what both ends are told. */
class EndingTest {
    private Simulation sim;

    @BeforeEach
    void up() {
        PppConfig server = Fixtures.server(AuthenticationProtocol.MSCHAP_V2)
                .withLink(LinkConfig.DEFAULT.withEcho(Duration.ofSeconds(10), 3));
        sim = new Simulation(21, Fixtures.client("alice", "secret"), server);
        sim.open();
        sim.run(2_000);
        assertEquals(2, sim.server.up.size());
        sim.server.events.clear();
        sim.client.events.clear();
    }

    @Test
    void theServerClosesAndTheClientHearsWhy() {
        sim.server.link.close("session timeout", sim.now());
        sim.run(5_000);
        assertEquals(new CloseReason(Cause.CLOSED_LOCALLY, 0, "session timeout"), sim.server.reason);
        assertEquals(new CloseReason(Cause.CLOSED_BY_PEER, 0, "the peer ended the link: 'session timeout'"),
                sim.client.reason);
        assertEquals(List.of("TERMINATE", "down IPV4", "down IPV6", "DEAD", "closed CLOSED_LOCALLY"),
                sim.server.events);
        assertEquals(List.of("down IPV4", "down IPV6", "TERMINATE", "DEAD", "closed CLOSED_BY_PEER"),
                sim.client.events);
    }

    @Test
    void theClientCloses() {
        sim.client.link.close("", sim.now());
        sim.run(5_000);
        assertEquals(Cause.CLOSED_LOCALLY, sim.client.reason.cause());
        assertEquals("the peer ended the link", sim.server.reason.text());
    }

    @Test
    void bothCloseAtOnce() {
        sim.client.link.close("a", sim.now());
        sim.server.link.close("b", sim.now());
        sim.run(5_000);
        assertEquals(Cause.CLOSED_LOCALLY, sim.client.reason.cause());
        assertEquals(Cause.CLOSED_LOCALLY, sim.server.reason.cause());
    }

    @Test
    void aCloseIsCompleteEvenIfNobodyAnswers() {
        sim.cut = true;
        sim.server.link.close("bye", sim.now());
        sim.run(8_000);
        assertNull(sim.server.reason);
        sim.run(2_000);
        assertEquals(new CloseReason(Cause.CLOSED_LOCALLY, 0, "bye"), sim.server.reason);
        assertEquals(3, sim.server.sentTexts(PppProtocol.LCP, 5, 0).size());
    }

    @Test
    void aDeadPeerIsFoundByItsSilence() {
        sim.run(50_000);
        assertNull(sim.server.reason);
        assertEquals(0, sim.server.link.status().echoesOutstanding());
        assertEquals(20, sim.server.link.status().echoRoundTripMillis());
        sim.cut = true;
        sim.run(60_000);
        assertEquals(new CloseReason(Cause.PEER_DEAD, PppProtocol.LCP,
                "the peer did not answer 3 LCP Echo-Requests in a row, 10000 ms apart"), sim.server.reason);
    }

    @Test
    void oneLostEchoIsForgiven() {
        sim.cut = true;
        sim.run(25_000);
        assertTrue(sim.server.link.status().echoesOutstanding() >= 2);
        sim.cut = false;
        sim.run(60_000);
        assertNull(sim.server.reason);
        assertEquals(0, sim.server.link.status().echoesOutstanding());
    }

    @Test
    void theSessionBelowGoesAway() {
        int sent = sim.server.sent.size();
        sim.server.link.lowerDown(sim.now());
        assertEquals(Cause.LOWER_LAYER_DOWN, sim.server.reason.cause());
        assertEquals(List.of("down IPV4", "down IPV6", "DEAD", "closed LOWER_LAYER_DOWN"),
                sim.server.events.stream().filter(e -> !e.equals("ESTABLISH") && !e.equals("TERMINATE")).toList());
        assertEquals(sent, sim.server.sent.size(), "nothing is sent when there is nothing to send on");
        assertEquals(Long.MAX_VALUE, sim.server.link.nextTimeoutMillis());
    }

    @Test
    void afterTheEndNothingHasAnEffect() {
        sim.server.link.lowerDown(sim.now());
        sim.server.events.clear();
        int sent = sim.server.sent.size();
        sim.server.link.open(sim.now());
        sim.server.link.close("again", sim.now());
        sim.server.link.lowerDown(sim.now());
        sim.server.link.timeout(sim.now() + 100_000);
        sim.run(10_000);
        assertEquals(List.of(), sim.server.events);
        assertEquals(sent, sim.server.sent.size());
    }

    @Test
    void aLinkThatWasNeverOpenedIsClosedAtOnce() {
        Bench bench = new Bench(Fixtures.client("a", "b"));
        bench.link.close("not today", 5);
        assertEquals(new CloseReason(Cause.CLOSED_LOCALLY, 0, "not today"), bench.reason);
        assertEquals(List.of(), bench.sent);
    }

    @Test
    void nobodyThere() {
        Bench bench = new Bench(Fixtures.client("a", "b"));
        bench.open();
        bench.pass(60_000);
        assertEquals(10, bench.all("c02101").size());
        assertEquals(Cause.LCP_TIMEOUT, bench.reason.cause());
        assertEquals("no LCP agreement after 10 Configure-Requests, 3000 ms apart", bench.reason.text());
    }

    @Test
    void anEmptyPoolEndsTheLinkWithItsReason() {
        Simulation dry = new Simulation(22, Fixtures.client("alice", "secret"),
                Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        dry.server.pool = request ->
                dry.server.link.addressesRefused(request, "address pool 'office' is empty", dry.now());
        dry.open();
        dry.run(10_000);
        assertEquals(new CloseReason(Cause.NO_ADDRESS, 0,
                "no address for user 'alice': address pool 'office' is empty"), dry.server.reason);
        assertEquals("the peer ended the link: 'no address for user 'alice': address pool 'office' is empty'",
                dry.client.reason.text());
        assertEquals(20, dry.server.reason.cause().disconnectCode());
    }

    @Test
    void aPeerThatStartsAnewIsAuthenticatedAndAddressedAnew() {
        Bench bench = new Bench(Fixtures.server(AuthenticationProtocol.PAP).withIpv6(Ipv6Config.OFF));
        bench.judge = attempt -> org.isthmus.ppp.auth.Verifier.judge(attempt, "pw");
        bench.open();
        bench.openLcp("");
        bench.feed("c023 01 01 000c 04 616c6963 02 7077");
        AddressRequest first = bench.request;
        bench.link.addressesGiven(first, Fixtures.GRANT, bench.now);
        bench.ackLast("8021");
        bench.configure("8021", 1, "03060a000002");
        assertTrue(bench.events.contains("up IPV4"));

        bench.configure("c021", 2, "");
        assertTrue(bench.events.contains("down IPV4"));
        assertEquals(PppPhase.ESTABLISH, bench.link.phase());
        bench.ackLast("c021");
        bench.feed("c023 01 01 000c 04 616c6963 02 7077");
        bench.link.addressesGiven(first, Fixtures.GRANT, bench.now);
        assertEquals("Initial", bench.link.status().ipcp(), "an answer to the old question does not count");
        bench.link.addressesGiven(bench.request, Fixtures.GRANT, bench.now);
        bench.ackLast("8021");
        bench.configure("8021", 2, "03060a000002");
        assertEquals(2, bench.events.stream().filter("up IPV4"::equals).count());
        assertEquals(1, bench.count(PppCounter.RENEGOTIATIONS));
    }

    @Test
    void thePeersEndIsTheReasonEvenIfTheSessionGoesRightAfterIt() {
        sim.client.link.close("lunch", sim.now());
        sim.run(15);
        sim.server.link.close("cleared", sim.now());
        sim.server.link.lowerDown(sim.now());
        assertEquals("the peer ended the link: 'lunch'", sim.server.reason.text());
    }

    @Test
    void aPoolThatNeverAnswersEndsTheLink() {
        Simulation mute = new Simulation(23, Fixtures.client("alice", "secret"),
                Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        mute.server.pool = request -> { };
        mute.client.link.open(mute.now());
        mute.server.link.open(mute.now());
        mute.run(90_000);
        assertEquals(Cause.NO_NETWORK_PROTOCOL, mute.client.reason.cause());
        Bench bench = new Bench(PppConfig.server(AuthConfig.NONE));
        bench.open();
        bench.openLcp("");
        bench.pass(59_000);
        assertNull(bench.reason);
        bench.pass(20_000);
        assertEquals("no address for user '': nobody answered within 60000 ms", bench.reason.text());
    }

    @Test
    void anObserverMayCloseFromWithinAnyEvent() {
        for (String event : List.of("phase NETWORK", "up", "authenticate", "addresses", "send")) {
            Simulation closing = new Simulation(24, Fixtures.client("alice", "secret"),
                    Fixtures.server(AuthenticationProtocol.MSCHAP_V2));
            closing.server.closeAt = event;
            closing.open();
            closing.run(60_000);
            assertEquals(new CloseReason(Cause.CLOSED_LOCALLY, 0, "from within " + event), closing.server.reason);
            assertTrue(closing.client.reason != null, event);
        }
    }
}
