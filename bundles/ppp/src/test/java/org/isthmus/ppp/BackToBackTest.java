package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client and a server without a flaw between them. */
class BackToBackTest {

    @ParameterizedTest
    @EnumSource
    void everyProtocolLeadsToNetworksOnBothSides(AuthenticationProtocol protocol) {
        Simulation sim = new Simulation(1, Fixtures.client("alice", "secret"), Fixtures.server(protocol));
        sim.open();
        sim.run(2_000);

        assertEquals(new Network.Ipv4(Fixtures.LOCAL, Fixtures.REMOTE, List.of(Fixtures.DNS_1, Fixtures.DNS_2),
                List.of(Fixtures.NBNS), 1500), sim.server.ipv4());
        assertEquals(new Network.Ipv4(Fixtures.REMOTE, Fixtures.LOCAL, List.of(Fixtures.DNS_1, Fixtures.DNS_2),
                List.of(), 1500), sim.client.ipv4());
        assertEquals(new Network.Ipv6(0x11, 0x22, 1500), sim.server.ipv6());
        assertEquals(new Network.Ipv6(0x22, 0x11, 1500), sim.client.ipv6());
        assertEquals(List.of("ESTABLISH", "AUTHENTICATE", "authenticated alice", "NETWORK", "addresses for 'alice'",
                "up IPV4", "up IPV6"), sim.server.events);
        assertEquals(Optional.of(protocol), sim.server.link.status().peerProvedBy());
        assertEquals(Optional.of(protocol), sim.client.link.status().weProvedBy());
        assertEquals("alice", sim.server.link.status().peerName());
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesMayProveThemselvesToEachOther(AuthenticationProtocol protocol) {
        AuthConfig a = new AuthConfig(List.of(protocol), false, "a", AuthConfig.Credentials.of("alice", "secret"),
                AuthConfig.Timers.DEFAULT);
        AuthConfig b = new AuthConfig(List.of(protocol), false, "b", AuthConfig.Credentials.of("bob", "secret"),
                AuthConfig.Timers.DEFAULT);
        Simulation sim = new Simulation(2, Fixtures.open(Fixtures.REMOTE, Fixtures.LOCAL).withAuth(a),
                Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE).withAuth(b));
        sim.open();
        sim.run(2_000);

        assertTrue(sim.client.events.contains("authenticated bob"));
        assertTrue(sim.server.events.contains("authenticated alice"));
        assertEquals(Fixtures.LOCAL, sim.client.ipv4().remote());
        assertEquals(Fixtures.REMOTE, sim.server.ipv4().remote());
    }

    @Test
    void withoutAuthenticationTheNetworkPhaseFollowsAtOnce() {
        Simulation sim = new Simulation(3, Fixtures.open(Fixtures.REMOTE, Fixtures.LOCAL),
                Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE));
        sim.open();
        sim.run(1_000);
        assertEquals(List.of("ESTABLISH", "NETWORK", "up IPV4"), sim.client.events);
    }

    @Test
    void theServerFallsBackToTheProtocolThatTheClientAccepts() {
        PppConfig client = PppConfig.client(new AuthConfig.Credentials("alice", "secret",
                List.of(AuthenticationProtocol.PAP)));
        Simulation sim = new Simulation(4, client, Fixtures.server(AuthenticationProtocol.MSCHAP_V2,
                AuthenticationProtocol.CHAP_MD5, AuthenticationProtocol.PAP));
        sim.open();
        sim.run(2_000);
        assertEquals(Optional.of(AuthenticationProtocol.PAP), sim.server.link.status().peerProvedBy());
        assertEquals(Fixtures.REMOTE, sim.client.ipv4().local());
    }

    @Test
    void aSlowJudgeAndASlowPoolDelayTheLinkAndNothingElse() {
        Simulation sim = new Simulation(5, Fixtures.client("alice", "secret"),
                Fixtures.server(AuthenticationProtocol.MSCHAP_V2));
        sim.server.judgeDelayMillis = 20_000;
        sim.server.pool = request -> sim.after(10_000,
                () -> sim.server.link.addressesGiven(request, Fixtures.GRANT, sim.now()));
        sim.open();
        sim.run(29_000);
        assertTrue(sim.server.up.isEmpty());
        assertEquals(PppPhase.NETWORK, sim.server.link.phase());
        sim.run(1_500);
        assertEquals(2, sim.server.up.size(), "the client's requests of the wait were kept, so no timer had to run");
        assertEquals(2, sim.client.up.size());
    }

    @Test
    void theSmallerOfMruAndMtuBoundsWhatMayBeSent() {
        PppConfig client = Fixtures.client("alice", "secret")
                .withLink(LinkConfig.DEFAULT.withSizes(1400, 1450));
        Simulation sim = new Simulation(6, client, Fixtures.server(AuthenticationProtocol.CHAP_MD5)
                .withLink(LinkConfig.DEFAULT.withSizes(1460, 1460)));
        sim.open();
        sim.run(2_000);
        assertEquals(1400, sim.server.ipv4().mtu());
        assertEquals(1450, sim.client.ipv4().mtu());
        assertEquals(1400, sim.client.link.status().localMru());
        assertEquals(1460, sim.client.link.status().peerMru());
    }

    @Test
    void thePeerIsChallengedAnewWhileTheNetworkStaysUp() {
        AuthConfig.Timers timers = new AuthConfig.Timers(Duration.ofSeconds(60), 10, Duration.ofSeconds(3), 10,
                Duration.ofSeconds(3), Duration.ofSeconds(30));
        PppConfig server = Fixtures.server(AuthenticationProtocol.MSCHAP_V2);
        server = server.withAuth(server.auth().withTimers(timers));
        Simulation sim = new Simulation(7, Fixtures.client("alice", "secret"), server);
        sim.open();
        sim.run(100_000);
        assertEquals(4, sim.server.attempts.size());
        assertEquals(2, sim.server.up.size());
        assertEquals(1, sim.server.events.stream().filter("authenticated alice"::equals).count());

        sim.server.judge = attempt -> org.isthmus.ppp.auth.Verifier.judge(attempt, "changed");
        sim.run(40_000);
        assertEquals(CloseReason.Cause.PEER_NOT_AUTHENTICATED, sim.server.reason.cause());
        assertEquals(CloseReason.Cause.WE_ARE_NOT_AUTHENTICATED, sim.client.reason.cause());
    }

    @Test
    void anIdleLinkAsksForNoTimer() {
        Simulation sim = new Simulation(8, Fixtures.client("alice", "secret"),
                Fixtures.server(AuthenticationProtocol.MSCHAP_V2));
        sim.open();
        sim.run(2_000);
        assertEquals(Long.MAX_VALUE, sim.server.link.nextTimeoutMillis());
        assertEquals(Long.MAX_VALUE, sim.client.link.nextTimeoutMillis());
        assertNull(sim.server.reason);
    }
}
