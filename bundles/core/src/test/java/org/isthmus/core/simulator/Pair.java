package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.SessionState;
import org.isthmus.core.engine.Leftovers;

/** A LAC and an LNS that the LAC has a tunnel to, called "office", with one session, "alice". */
final class Pair {
    static final String LNS = """
            system {
                host_name lns
            }
            peer profile "all" {
                peer_ipaddr 0.0.0.0/0 ::/0
            }
            ppp profile "default" {
                ip_pool_name users
                dns_ipaddr 192.0.2.53
            }
            ippool "users" {
                range 10.9.0.2-10.9.0.254
                gateway 10.9.0.1
            }
            user alice wonderland
            user bob builder
            """;
    static final String LAC = """
            system {
                host_name lac
            }
            tunnel "office" {
                peer 10.0.0.2
                session "alice" {
                    user_name alice
                    user_password wonderland
                }
            }
            """;

    final World world;
    final Appliance lac;
    final Appliance lns;

    Pair(long seed) {
        this(seed, 1);
    }

    Pair(long seed, int workers) {
        world = new World(seed);
        lac = new Appliance(world, "lac", workers, "10.0.0.1", "2001:db8::1");
        lns = new Appliance(world, "lns", workers, "10.0.0.2", "2001:db8::2");
    }

    /** Both with their usual files, and time for packets to pass. */
    Pair up() {
        lns.apply(LNS);
        lac.apply(LAC);
        return settle();
    }

    Pair settle() {
        world.runSeconds(5);
        return this;
    }

    /** Network packets pass both ways in this session, named as the LAC does and as the LNS does. */
    void assertPackets(String atLac, String atLns) {
        SimDataplane.Session here = lac.dataplane().session(atLac)
                .orElseThrow(() -> new AssertionError(atLac + " has no path" + world.trace()));
        SimDataplane.Session there = lns.dataplane().session(atLns)
                .orElseThrow(() -> new AssertionError(atLns + " has no path" + world.trace()));
        here.received().clear();
        there.received().clear();
        assertTrue(here.sendPacket("ping"), () -> "the LAC passes no packets" + world.trace());
        assertTrue(there.sendPacket("pong"), () -> "the LNS passes no packets" + world.trace());
        world.runFor(100);
        assertEquals(List.of("ping"), there.received(), world::trace);
        assertEquals(List.of("pong"), here.received(), world::trace);
    }

    /** The one session of a pair that is up passes packets. */
    void assertPackets() {
        assertPackets("office/alice", lnsSession());
    }

    /** The full name of the only session at the LNS. */
    String lnsSession() {
        assertEquals(1, lns.admin().sessions().size(), () -> lns.admin().sessions() + world.trace());
        return lns.admin().sessions().get(0).fullName();
    }

    boolean isUp() {
        return lac.admin().session("office/alice")
                .filter(session -> session.state() == SessionState.ESTABLISHED && session.upSince().isPresent())
                .isPresent();
    }

    /** Takes all tunnels down, waits until nothing is repeated any more, and looks for what was not given back. */
    void assertNothingLeft() {
        for (Appliance appliance : List.of(lac, lns)) {
            appliance.engine().shutDown();
        }
        world.runSeconds(600);
        for (Appliance appliance : List.of(lac, lns)) {
            assertEquals(List.of(), Leftovers.of(appliance.engine(), appliance.workers()), () -> appliance + world.trace());
            assertEquals(0, appliance.pool().out(), appliance + ": addresses out");
            assertEquals(0, appliance.dataplane().openTunnels(), appliance + ": tunnel paths");
            assertEquals(0, appliance.dataplane().openSessions(), appliance + ": session paths");
            assertEquals(List.of(), appliance.events().faults(), appliance + ": events");
            assertEquals(0, appliance.events().open().size(), () -> appliance + ": never deleted "
                    + appliance.events().open());
        }
    }
}
