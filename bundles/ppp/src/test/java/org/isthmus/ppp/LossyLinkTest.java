package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two links over a line that loses, doubles and disorders; each run is replayed by its seed. */
class LossyLinkTest {
    private static final int SEEDS = 150;

    @ParameterizedTest
    @EnumSource
    void comesUpAndSettles(AuthenticationProtocol protocol) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Simulation sim = new Simulation(seed, Fixtures.client("alice", "secret"), Fixtures.server(protocol));
            sim.lossPercent = 10;
            sim.duplicatePercent = 20;
            sim.reorderPercent = 30;
            sim.open();
            sim.run(120_000);
            sim.lossPercent = 0;
            sim.duplicatePercent = 0;
            sim.reorderPercent = 0;
            sim.run(60_000);
            String run = protocol + " seed " + seed + ": " + sim.client.events + " / " + sim.server.events;
            assertEquals(2, sim.client.up.size(), run);
            assertEquals(2, sim.server.up.size(), run);
            assertEquals(Fixtures.REMOTE, sim.client.ipv4().local(), run);
            assertEquals(Fixtures.REMOTE, sim.server.ipv4().remote(), run);
            assertEquals(Long.MAX_VALUE, sim.client.link.nextTimeoutMillis(), run);
            assertEquals(Long.MAX_VALUE, sim.server.link.nextTimeoutMillis(), run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsOnBothSidesHoweverBadTheLineIs(AuthenticationProtocol protocol) {
        for (int seed = 0; seed < SEEDS; seed++) {
            LinkConfig echo = LinkConfig.DEFAULT.withEcho(Duration.ofSeconds(5), 4);
            Simulation sim = new Simulation(seed, Fixtures.client("alice", seed % 2 == 0 ? "secret" : "wrong")
                    .withLink(echo), Fixtures.server(protocol).withLink(echo));
            sim.lossPercent = seed % 100;
            sim.duplicatePercent = 20;
            sim.reorderPercent = 30;
            sim.open();
            sim.run(seed * 200L);
            sim.client.link.close("enough", sim.now());
            sim.run(300_000);
            String run = protocol + " seed " + seed + ": " + sim.client.events + " / " + sim.server.events;
            assertNotNull(sim.client.reason, run);
            assertNotNull(sim.server.reason, run);
            assertTrue(sim.client.sent.size() + sim.server.sent.size() < 2_000, run);
        }
    }
}
