package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A link whose server fails and goes on with what it kept. */
class RestoreTest {

    private static Simulation up(AuthenticationProtocol protocol) {
        Simulation sim = new Simulation(3, Fixtures.client("alice", "secret"), Fixtures.server(protocol));
        sim.open();
        sim.run(5_000);
        assertEquals(2, sim.client.up.size());
        return sim;
    }

    private static Side restored(Simulation sim, Side failed, PppConfig config) {
        Side again = new Side(sim, failed.name, config, new Random(9));
        again.peer = failed.peer;
        again.peer.peer = again;
        PppSnapshot before = failed.link.snapshot().orElseThrow();
        again.link.restore(before, sim.now());
        assertEquals(before, again.link.snapshot().orElseThrow(), "nothing is lost in going on");
        return again;
    }

    @ParameterizedTest
    @EnumSource
    void theServerGoesOnWithoutAWord(AuthenticationProtocol protocol) {
        Simulation sim = up(protocol);
        Side server = restored(sim, sim.server, Fixtures.server(protocol));
        assertTrue(server.sent.isEmpty(), "not a word");
        assertEquals(sim.server.up, server.up);
        assertFalse(server.events.stream().anyMatch(e -> e.startsWith("addresses")), "nobody is asked for addresses");
        // The client asks whether it is there, and is content.
        sim.server = server;
        sim.client.link.askAlive(Duration.ofSeconds(1), 2, sim.now());
        sim.run(10_000);
        assertEquals(0, sim.client.closings);
        assertTrue(sim.client.link.status().echoesAnswered() >= 5, () -> sim.client.link.status().toString());
        assertEquals(0, sim.client.count(PppCounter.RENEGOTIATIONS));
    }

    @ParameterizedTest
    @EnumSource
    void theClientGoesOnWithoutAWord(AuthenticationProtocol protocol) {
        Simulation sim = up(protocol);
        Side client = restored(sim, sim.client, Fixtures.client("alice", "secret"));
        assertTrue(client.sent.isEmpty());
        assertEquals(sim.client.up, client.up);
        assertEquals(List.of(), client.attempts);
    }

    @Test
    void theClientMayNegotiateAnewWithARestoredServer() {
        Simulation sim = up(AuthenticationProtocol.CHAP_MD5);
        sim.server = restored(sim, sim.server, Fixtures.server(AuthenticationProtocol.CHAP_MD5));
        sim.client.link.lowerDown(sim.now());
        Side client = new Side(sim, "client", Fixtures.client("alice", "secret"), new Random(1));
        client.peer = sim.server;
        sim.server.peer = client;
        client.link.open(sim.now());
        long until = sim.now() + 10_000;
        sim.at(until, () -> { });
        for (int i = 0; i < 100; i++) {
            sim.run(100);
            client.link.timeout(sim.now());
        }
        assertEquals(Fixtures.REMOTE, client.ipv4().local());
        assertEquals(Fixtures.REMOTE, sim.server.ipv4().remote());
    }
}
