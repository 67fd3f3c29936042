package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;

import org.isthmus.core.engine.Leftovers;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.wire.Datagram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for tunnels (SCCRQ): repeated, forged, by the thousand. */
class RequestTest {
    private static final String CHALLENGE = """
            tunnel profile "default" {
                secret s3cret
                auth_mode challenge
            }
            """;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneForgedRequestDrawsOneAnswerThatIsNoLargerAndNothingMore(boolean challenge) {
        Pair pair = new Pair(1);
        pair.lns.apply(Pair.LNS + (challenge ? CHALLENGE : ""));
        Stranger victim = new Stranger(pair.world, "192.0.2.66", 1701);
        byte[] request = Stranger.sccrq(77, "anybody");
        victim.send(pair.lns.address(), request);
        pair.world.runSeconds(300);
        assertTrue(victim.received().size() <= 1, () -> victim.received().size() + " answers");
        assertTrue(victim.bytesReceived() <= request.length,
                () -> victim.bytesReceived() + " bytes for " + request.length);
        assertEquals(List.of(), Leftovers.of(pair.lns.engine(), pair.lns.workers()));
        assertEquals(List.of(), pair.lns.events().all(), "nobody is told of a tunnel that never was");
    }

    @Test
    void eachRepetitionOfARequestIsAnsweredOnceAndOnlyThen() {
        Pair pair = new Pair(2);
        pair.lns.apply(Pair.LNS);
        Stranger peer = new Stranger(pair.world, "192.0.2.7", 1701);
        byte[] request = Stranger.sccrq(77, "slow");
        for (int i = 0; i < 4; i++) {
            peer.send(pair.lns.address(), request);
            pair.world.runSeconds(2);
            assertEquals(i + 1, peer.received().size());
        }
        for (byte[] answer : peer.received()) {
            assertEquals(ByteBuffer.wrap(peer.received().get(0)), ByteBuffer.wrap(answer), "the same SCCRP");
        }
        assertEquals(1, pair.lns.admin().tunnels().size());
        assertEquals(3, pair.lns.counter("sccrq_duplicate"));
        assertEquals(4, pair.lns.counter("sccrq_received"));
    }

    @Test
    void aRequestThatComesAgainWhenTheTunnelIsUpMakesNoSecondOne() {
        Pair pair = new Pair(3);
        pair.world.impair(new Impairment(0, 100, 5, 400));
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC);
        pair.world.runFor(1); // only SCCRQ is under way
        pair.world.impair(Impairment.NONE);
        pair.settle();
        assertTrue(pair.isUp(), pair.world::trace);
        assertEquals(1, pair.lns.admin().tunnels().size());
        assertEquals(1, pair.lns.counter("tunnels_created"));
        assertEquals(1, pair.lns.counter("sccrq_duplicate"));
        assertEquals(1, pair.lns.counter("sessions_created"));
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aPeerThatBeginsAnewWithTheSameIdGetsANewTunnel() {
        Pair pair = new Pair(4);
        pair.lns.apply(Pair.LNS);
        Stranger peer = new Stranger(pair.world, "192.0.2.7", 1701);
        for (String name : List.of("first", "second", "third")) {
            peer.send(pair.lns.address(), Stranger.sccrq(77, name));
            pair.world.runSeconds(1);
        }
        assertEquals(3, peer.received().size());
        assertEquals(1, pair.lns.admin().tunnels().size(), "the half-open one before gives way");
        assertTrue(pair.lns.admin().tunnels().get(0).name().startsWith("third-"));
        pair.world.runSeconds(300);
        assertEquals(List.of(), Leftovers.of(pair.lns.engine(), pair.lns.workers()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFloodFromTenThousandAddressesDisturbsNobodyWhoIsUpAndAKnownPeerGetsIn(int workers) {
        Pair pair = new Pair(5, workers);
        pair.lns.apply(Pair.LNS.replace("peer_ipaddr 0.0.0.0/0 ::/0", "peer_ipaddr 10.0.0.0/24")
                .replace("host_name lns", "host_name lns\nmax_tunnels 100"));
        pair.lac.apply(Pair.LAC.replace("peer ", "hello_timeout 2\npeer "));
        pair.settle();
        assertTrue(pair.isUp());
        pair.world.withoutTrace();
        long before = pair.lns.tunnel(pair.lns.admin().tunnels().get(0).name()).counters().get("rx_hello");
        for (int i = 0; i < 10_000; i++) {
            Stranger flooder = new Stranger(pair.world, "198.18." + i / 250 + "." + (1 + i % 250), 1024 + i);
            byte[] request = Stranger.sccrq(1 + i, "flood");
            pair.world.after(i, () -> flooder.send(pair.lns.address(), request));
        }
        pair.world.after(6_000, () -> pair.lac.apply(Pair.LAC.replace("peer ", "hello_timeout 2\npeer ")
                + "tunnel \"second\" {\npeer 10.0.0.2\n}"));
        for (int second = 0; second < 11; second++) {
            pair.world.runSeconds(1);
            assertTrue(Leftovers.halfOpen(pair.lns.workers()) <= 1024);
        }
        assertTrue(pair.lac.tunnel("second").upSince().isPresent(), "a known peer gets in");
        assertTrue(pair.isUp());
        assertEquals(2, pair.lns.admin().tunnels().stream().filter(tunnel -> tunnel.upSince().isPresent()).count());
        String atLns = pair.lns.admin().tunnels().stream().filter(tunnel -> tunnel.sessions() == 1).findFirst()
                .orElseThrow().name();
        assertTrue(pair.lns.tunnel(atLns).counters().get("rx_hello") >= before + 3, "HELLOs are answered meanwhile");
        assertTrue(pair.lns.counter("half_open_dropped") > 3_000);
        assertEquals(0, pair.lns.counter("tx_errors"));
        pair.world.runSeconds(300);
        assertEquals(0, Leftovers.halfOpen(pair.lns.workers()));
        assertEquals(2, pair.lns.admin().tunnels().size());
        assertEquals(2, pair.lns.events().all().stream().filter(event -> event.toString().contains("kind=CREATED"))
                .filter(event -> event.toString().startsWith("TunnelEvent")).count(), "listeners hear of two tunnels");
        pair.assertNothingLeft();
    }

    @Test
    void fiveThousandRequestsInASecondFromOneAddressGetAFewAnswers() {
        Pair pair = new Pair(6).up();
        pair.world.withoutTrace();
        Stranger flooder = new Stranger(pair.world, "192.0.2.66", 1701);
        byte[][] requests = new byte[5_000][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = Stranger.sccrq(1 + i, "flood");
            byte[] request = requests[i];
            pair.world.after(i / 5, () -> flooder.send(pair.lns.address(), request));
        }
        pair.world.runSeconds(2);
        int sent = 0;
        for (byte[] request : requests) {
            sent += request.length;
        }
        assertTrue(flooder.bytesReceived() < sent / 50, flooder.bytesReceived() + " of " + sent);
        assertTrue(pair.lns.counter("sccrq_rate_limited_source") + pair.lns.counter("sccrq_rate_limited_peer") == 0
                || pair.lns.counter("sccrq_rate_limited_source") > 4_900);
        assertTrue(pair.isUp());
        pair.assertPackets("office/alice", pair.lns.admin().sessions().get(0).fullName());
        pair.world.runSeconds(300);
        pair.assertNothingLeft();
    }

    @Test
    void aVictimOfTheFloodIsForgottenWithoutAWord() {
        Pair pair = new Pair(7);
        pair.lns.apply(Pair.LNS.replace("peer_ipaddr 0.0.0.0/0 ::/0", "peer_ipaddr 10.0.0.0/24")
                .replace("host_name lns", "host_name lns\nhalf_open_limit 4"));
        Stranger first = new Stranger(pair.world, "192.0.2.1", 1701);
        first.send(pair.lns.address(), Stranger.sccrq(1, "first"));
        pair.world.runFor(100);
        for (int i = 2; i < 8; i++) {
            new Stranger(pair.world, "192.0.2." + i, 1701).send(pair.lns.address(), Stranger.sccrq(1, "next"));
            pair.world.runFor(100);
        }
        pair.world.runSeconds(300);
        assertEquals(1, first.received().size(), "the SCCRP, and no StopCCN");
        assertEquals(3, pair.lns.counter("half_open_dropped"));
        assertEquals(List.of(), Leftovers.of(pair.lns.engine(), pair.lns.workers()));
    }

    @Test
    void aFloodUsesUpNoTunnelIds() {
        Pair pair = new Pair(8, 2);
        pair.lns.apply(Pair.LNS.replace("host_name lns", "host_name lns\nsccrq_rate_limit 0\nhalf_open_limit 64"));
        pair.world.withoutTrace();
        for (int i = 0; i < 70_000; i++) {
            int number = i;
            byte[] request = Stranger.sccrq(1 + i % 65_535, "flood");
            pair.world.after(i / 3, () -> pair.world.send(new java.net.InetSocketAddress(
                    Appliance.address("198.18." + number % 200 + "." + (1 + number / 200 % 250)), 1701),
                    new java.net.InetSocketAddress(pair.lns.address(), 1701), ByteBuffer.wrap(request)));
        }
        pair.world.runSeconds(24);
        assertEquals(0, pair.lns.counter("sccrq_refused_limit"));
        pair.lac.apply(Pair.LAC);
        pair.settle();
        assertTrue(pair.isUp());
        pair.assertNothingLeft();
    }

    @Test
    void whatIsNoRequestIsCountedAndDropped() {
        Pair pair = new Pair(9).up();
        Stranger stranger = new Stranger(pair.world, "192.0.2.66", 1701);
        int tunnelId = pair.lns.admin().tunnels().get(0).tunnelId();
        byte[] hello = ByteBuffer.allocate(20).putShort((short) 0xc802).putShort((short) 20)
                .putShort((short) tunnelId).putShort((short) 0).putInt(0x00020002)
                .putShort((short) 0x8008).putShort((short) 0).putShort((short) 0).putShort((short) 6).array();
        stranger.send(pair.lns.address(), hello);
        stranger.send(pair.lns.address(), new byte[] {1, 2, 3});
        stranger.send(pair.lns.address(), new byte[] {0, 2, (byte) (tunnelId >> 8), (byte) tunnelId, 0, 1, 2, 3});
        stranger.send(pair.lns.address(), new byte[] {0, 3, 0, 0, 0, 0, 0, 7});
        stranger.send(pair.lns.address(), new byte[] {0, 4, 0, 0, 0, 0, 0, 0});
        pair.settle();
        assertEquals(0, stranger.received().size());
        assertEquals(2, pair.lns.counter("rx_no_such_tunnel"), "right id, wrong source");
        assertEquals(1, pair.lns.counter("rx_malformed"));
        assertEquals(1, pair.lns.counter("rx_wrong_version"));
        assertEquals(1, pair.lns.counter("rx_no_such_session"));
        assertFalse(Datagram.isZlb(ByteBuffer.wrap(hello)));
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aChallengeInTheRequestIsAnsweredWithinItsSize() {
        Pair pair = new Pair(10);
        pair.lns.apply(Pair.LNS + CHALLENGE);
        Stranger victim = new Stranger(pair.world, "192.0.2.66", 1701);
        byte[] request = Stranger.sccrq(TunnelConfig.builder().localTunnelId(5).hostName("with-a-challenge")
                .secret("s3cret".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).challenge(true));
        victim.send(pair.lns.address(), request);
        pair.world.runSeconds(300);
        assertEquals(1, victim.received().size());
        assertTrue(victim.bytesReceived() <= request.length);
    }
}
