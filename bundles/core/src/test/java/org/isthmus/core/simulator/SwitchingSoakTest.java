package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;

import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.SessionStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many switched calls over a bad network, with LNSes that die: in the end all calls are up, and nothing is left over. */
class SwitchingSoakTest {
    private static final int CALLS = 12;

    private static String lac() {
        StringBuilder text = new StringBuilder("""
                system {
                    host_name lac
                    session_persist_pend_timeout 10
                    tunnel_persist_pend_timeout 10
                }
                tunnel "office" {
                    peer 10.0.0.2
                    persist yes
                """);
        for (int i = 0; i < CALLS; i++) {
            text.append("session \"s").append(i).append("\" {\nuser_name user").append(i)
                    .append("@b.example\nuser_password pw\n}\n");
        }
        return text.append("}\n").toString();
    }

    private static String lns(String name, int net) {
        StringBuilder text = new StringBuilder("""
                system {
                    host_name %s
                }
                ppp profile "default" {
                    proxy accept
                    ip_pool_name users
                }
                ippool "users" {
                    range 10.%d.0.2-10.%d.0.254
                    gateway 10.%d.0.1
                }
                """.formatted(name, net, net, net));
        for (int i = 0; i < CALLS; i++) {
            text.append("user user").append(i).append("@b.example pw\n");
        }
        return text.toString();
    }

    private static final String LTS = """
            system {
                host_name lts
            }
            switch "b" {
                realm b.example
                hold_down_time 30
                lns "b1" {
                    peer 10.0.0.3
                    weight 3
                }
                lns "b2" {
                    peer 10.0.0.4
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void allCallsComeUpAgainWhateverHappened(long seed) {
        World world = new World(seed);
        int workers = 1 + (int) (seed % 4);
        Appliance lac = new Appliance(world, "lac", 1, "10.0.0.1");
        Appliance lts = new Appliance(world, "lts", workers, "10.0.0.2");
        Appliance b1 = new Appliance(world, "b1", 2, "10.0.0.3");
        Appliance b2 = new Appliance(world, "b2", 1, "10.0.0.4");
        b1.apply(lns("b1", 71));
        b2.apply(lns("b2", 72));
        lts.apply(LTS);
        world.impair(new Impairment(20, 10, 5, 40));
        lac.apply(lac());
        world.runSeconds(60);
        lts.swapDataplane("second");
        world.runSeconds(30);
        lts.handOver(50);
        world.runSeconds(10);
        b1.kill();
        world.runSeconds(120);
        world.impair(Impairment.NONE);
        world.runSeconds(160); // until no LCP echo counts that was lost before
        assertTrue(world.runUntil(() -> lts.admin().switches().get(1).calls() == CALLS && lac.admin().sessions().stream()
                .allMatch(session -> session.upSince().isPresent()), 600_000), () -> lac.admin().sessions() + world.trace());
        world.runSeconds(5);
        List<SessionStatus> before = lts.admin().sessions();
        for (int i = 0; i < 3; i++) {
            if (i % 2 == 0) {
                lts.handOver(20 * i);
            } else {
                lts.restart(20 * i);
            }
            lac.handOver(0);
            b2.handOver(10);
            world.runSeconds(40);
        }
        assertEquals(before.stream().map(SwitchingSoakTest::identity).collect(Collectors.toSet()),
                lts.admin().sessions().stream().map(SwitchingSoakTest::identity).collect(Collectors.toSet()), world::trace);
        assertEquals(CALLS, lts.admin().switches().get(1).calls());
        for (SessionStatus session : lac.admin().sessions()) {
            assertPasses(world, lac, b2, session);
        }
        assertEquals(0, lts.counter("plugin_failures"));
        Expect.nothingLeft(world, lac, lts, b2);
    }

    private static List<Object> identity(SessionStatus session) {
        return List.of(session.fullName(), session.tunnelId(), session.sessionId(), session.peerSessionId(), session.upSince(),
                session.switchedTo());
    }

    private static void assertPasses(World world, Appliance lac, Appliance lns, SessionStatus session) {
        String user = session.ppp().map(PppLinkStatus::userName).orElseThrow(() -> new AssertionError(
                session + world.trace()));
        SessionStatus far = lns.admin().sessions().stream()
                .filter(each -> each.ppp().map(ppp -> ppp.userName().equals(user)).orElse(false)).findFirst()
                .orElseThrow(() -> new AssertionError(user + " is not at the LNS" + world.trace()));
        Expect.packets(world, lac, session.fullName(), lns, far.fullName());
    }
}
