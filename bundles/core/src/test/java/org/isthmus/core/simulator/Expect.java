package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.core.engine.Leftovers;

/** What is expected of appliances that are connected, however many stand between them. */
final class Expect {
    private static final int FAR_MILLIS = 200;

    private Expect() {
    }

    /** Network packets pass both ways, between a session of one appliance and one of another. */
    static void packets(World world, Appliance one, String session, Appliance other, String farSession) {
        SimDataplane.Session here = path(world, one, session);
        SimDataplane.Session there = path(world, other, farSession);
        here.received().clear();
        there.received().clear();
        assertTrue(here.sendPacket("ping"), () -> one + " passes no packets" + world.trace());
        assertTrue(there.sendPacket("pong"), () -> other + " passes no packets" + world.trace());
        world.runFor(FAR_MILLIS);
        assertEquals(List.of("ping"), there.received(), world::trace);
        assertEquals(List.of("pong"), here.received(), world::trace);
    }

    private static SimDataplane.Session path(World world, Appliance at, String session) {
        return at.dataplane().session(session)
                .orElseThrow(() -> new AssertionError(session + " has no path at " + at + world.trace()));
    }

    /** Takes all tunnels down, waits until nothing is repeated any more, and looks for what was not given back. */
    static void nothingLeft(World world, Appliance... all) {
        for (Appliance appliance : all) {
            assertEquals(0, appliance.counter("engine_defects"), () -> appliance + " met defects" + world.trace());
        }
        for (Appliance appliance : all) {
            appliance.engine().shutDown();
        }
        world.runSeconds(600);
        for (Appliance appliance : all) {
            assertEquals(List.of(), Leftovers.of(appliance.engine(), appliance.workers()), () -> appliance + world.trace());
            assertEquals(0, appliance.pool().out(), appliance + ": addresses out");
            assertEquals(0, appliance.dataplane().openTunnels(), appliance + ": tunnel paths");
            assertEquals(0, appliance.dataplane().openSessions(), appliance + ": session paths");
            assertEquals(List.of(), appliance.events().faults(), appliance + ": events");
            assertEquals(0, appliance.events().open().size(), () -> appliance + ": never deleted "
                    + appliance.events().open());
            appliance.admin().switches().forEach(lns -> assertEquals(0, lns.calls(), lns.toString()));
        }
    }
}
