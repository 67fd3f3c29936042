package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.api.SessionState;

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
        Expect.packets(world, lac, atLac, lns, atLns);
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
        Expect.nothingLeft(world, lac, lns);
    }
}
