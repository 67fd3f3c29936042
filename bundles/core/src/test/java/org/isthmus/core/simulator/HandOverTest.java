package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;
import org.junit.jupiter.api.Test;

/** A new version of the engine goes on where the old one was, and nobody notices. */
class HandOverTest {

    /** What must not change: identifiers, times, addresses, user. */
    private static List<Object> identity(Appliance appliance) {
        SessionStatus session = appliance.admin().sessions().get(0);
        TunnelStatus tunnel = appliance.admin().tunnels().get(0);
        return List.of(tunnel.tunnelId(), tunnel.peerTunnelId(), tunnel.created(), tunnel.upSince(), tunnel.name(), session.name(),
                session.sessionId(), session.peerSessionId(), session.created(), session.upSince(),
                session.ppp().orElseThrow().localAddress(), session.ppp().orElseThrow().remoteAddress(),
                session.ppp().orElseThrow().userName(), session.interfaceName());
    }

    @Test
    void sessionsGoOnAtBothEnds() {
        for (int workers = 1; workers <= 3; workers++) {
            Pair pair = new Pair(workers, workers).up();
            assertTrue(pair.isUp(), pair.world::trace);
            List<Object> atLac = identity(pair.lac);
            List<Object> atLns = identity(pair.lns);
            pair.lac.events().lines();
            pair.lns.events().lines();
            for (int i = 0; i < 3; i++) {
                pair.lac.handOver(50);
                pair.world.runFor(70);
                pair.lns.handOver(0);
                pair.world.runSeconds(1);
                assertEquals(atLac, identity(pair.lac), pair.world::trace);
                assertEquals(atLns, identity(pair.lns), pair.world::trace);
                pair.assertPackets();
            }
            assertEquals(List.of(), pair.lac.events().lines(), "nobody is told anything");
            assertEquals(List.of(), pair.lns.events().lines());
            pair.world.runSeconds(300);
            assertEquals(atLac, identity(pair.lac), pair.world::trace);
            pair.assertPackets();
            pair.assertNothingLeft();
        }
    }
}
