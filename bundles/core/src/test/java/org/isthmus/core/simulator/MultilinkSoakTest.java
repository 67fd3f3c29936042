package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import org.isthmus.api.AdminException;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links of one user come and go at both ends over a bad network, and data planes are replaced: in the end they are one bundle. */
class MultilinkSoakTest {
    private static final int TUNNELS = 4;
    private static final int MOST_LINKS = 8;

    private int made;

    private static String lac() {
        StringBuilder text = new StringBuilder("""
                system {
                    host_name lac
                    tunnel_persist_pend_timeout 10
                }
                ppp profile "default" {
                    multilink yes
                }
                """);
        for (int i = 0; i < TUNNELS; i++) {
            text.append("tunnel \"t" + i + "\" {\npeer 10.0.0.2\npersist yes\n}\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensTheyAreOneBundleInTheEnd(long seed) {
        Pair pair = new Pair(seed, 3);
        SplittableRandom random = new SplittableRandom(seed);
        pair.lns.apply(Pair.LNS.replace("ppp profile \"default\" {\n", "ppp profile \"default\" {\nmultilink yes\n"));
        pair.lac.apply(lac());
        pair.world.impair(new Impairment(5, 1, 5, 30));
        for (int i = 0; i < 60; i++) {
            pair.world.runFor(random.nextInt(4_000));
            Appliance at = random.nextBoolean() ? pair.lac : pair.lns;
            switch (random.nextInt(12)) {
                case 0 -> at.swapDataplane("plane" + i).latency(random.nextInt(300) - 1);
                case 1 -> at.dataplane().latency(random.nextInt(300) - 1);
                case 5, 6 -> at.handOver(random.nextInt(50));
                case 2, 3, 4 -> deleteOne(at, random);
                default -> createOne(pair.lac, random);
            }
            assertTrue(pair.lns.pool().out() <= MOST_LINKS + 1, "addresses are lent and not given back");
        }
        pair.world.impair(Impairment.NONE);
        pair.world.runSeconds(60);
        createOne(pair.lac, random);
        pair.world.runSeconds(200); // until no LCP echo counts that was lost before
        int links = pair.lac.admin().sessions().size();
        assertOneBundle(pair.lac, links, pair);
        assertOneBundle(pair.lns, links, pair);
        assertEquals(1, pair.lns.pool().out(), () -> pair.lns.pool() + " " + pair.lns.admin().sessions() + pair.world.trace());
        SimBundle here = pair.lac.dataplane().all().get(0).bundle().orElseThrow();
        SimBundle there = pair.lns.dataplane().all().get(0).bundle().orElseThrow();
        there.leader().received().clear();
        for (int i = 0; i < links; i++) {
            assertTrue(here.leader().sendPacket("ping"), pair.world::trace);
        }
        pair.world.runFor(200);
        assertEquals(links, there.leader().received().size(), pair.world::trace);
        assertEquals(0, pair.lns.counter("plugin_failures") + pair.lac.counter("plugin_failures"));
        pair.assertNothingLeft();
    }

    private void createOne(Appliance lac, SplittableRandom random) {
        if (lac.admin().sessions().size() < MOST_LINKS) {
            try {
                lac.admin().createSession("t" + random.nextInt(TUNNELS), "s" + ++made,
                        Conf.settings(Schema.SESSION, "user_name alice\nuser_password wonderland"));
            } catch (AdminException refused) {
                throw new AssertionError(refused);
            }
        }
    }

    private static void deleteOne(Appliance at, SplittableRandom random) {
        List<SessionStatus> sessions = at.admin().sessions();
        if (!sessions.isEmpty()) {
            try {
                at.admin().deleteSession(sessions.get(random.nextInt(sessions.size())).fullName(), "the test wants it so");
            } catch (AdminException gone) {
                // it was about to go by itself
            }
        }
    }

    private static void assertOneBundle(Appliance at, int links, Pair pair) {
        assertEquals(links, at.dataplane().all().size(), () -> at + pair.world.trace());
        assertEquals(links, at.dataplane().all().get(0).bundle().orElseThrow().links().size(),
                () -> at + " " + at.admin().sessions() + pair.world.trace());
    }
}
