package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.isthmus.api.AdminException;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;
import org.isthmus.core.engine.Leftovers;
import org.isthmus.core.simulator.SimDataplane.Fault;
import org.isthmus.core.simulator.SimDataplane.Point;
import org.junit.jupiter.api.Test;

/**
 * Three engines, of which each is LAC and LNS to the others, with operators, plugins and a network that do at random what
 * they may. When all is quiet again, everything that should be up is, and in the end nothing is left. A seed that fails
 * is run again, alone and with its trace, by {@code -Disthmus.seed=SEED -Dtest=SoakTest}.
 */
class SoakTest {
    private static final int RUNS = Integer.getInteger("isthmus.soak", 20);
    private static final int STEPS = 60;

    @Test
    void whateverHappensNothingIsLeftAndNothingIsLost() {
        Long replay = Long.getLong("isthmus.seed");
        for (long seed = 1; replay == null && seed <= RUNS; seed++) {
            run(seed, false);
        }
        if (replay != null) {
            run(replay, true);
        }
    }

    private static void run(long seed, boolean tracing) {
        World world = new World(seed);
        if (!tracing) {
            world.withoutTrace();
        }
        try {
            new Soak(world).run();
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError("seed " + seed + " fails; run it again by -Disthmus.seed=" + seed
                    + " -Dtest=SoakTest: " + failed.getMessage() + (tracing ? world.trace() : ""), failed);
        }
    }

    private static final class Soak {
        private final World world;
        private final SplittableRandom random;
        private final List<Appliance> all = new ArrayList<>();

        Soak(World world) {
            this.world = world;
            this.random = world.random().split();
            for (int i = 1; i <= 3; i++) {
                all.add(new Appliance(world, "host" + i, 1 + random.nextInt(2), "10.0.0." + i, "2001:db8::" + i));
            }
        }

        void run() {
            all.forEach(this::applySomething);
            for (int step = 0; step < STEPS; step++) {
                act(all.get(random.nextInt(all.size())));
                world.runFor(random.nextInt(3) == 0 ? random.nextInt(40_000) : random.nextInt(500));
                for (Appliance appliance : all) {
                    assertEquals(List.of(), appliance.events().faults(), appliance + ": events");
                }
            }
            calm();
            comeUp();
            end();
        }

        private void act(Appliance appliance) {
            switch (random.nextInt(18)) {
                case 0, 1, 2 -> applySomething(appliance);
                case 3 -> deleteTunnel(appliance);
                case 4 -> deleteSession(appliance);
                case 5 -> appliance.swapDataplane("dataplane").latency(random.nextInt(-1, 200));
                case 6 -> appliance.removeDataplane();
                case 7 -> world.impair(new Impairment(random.nextInt(40), random.nextInt(20), 5, random.nextInt(200)));
                case 8 -> world.impair(appliance.address(), all.get(random.nextInt(3)).address(), Impairment.DEAD);
                case 9 -> world.impair(Impairment.NONE);
                case 10 -> appliance.pool().mood(SimPool.Mood.values()[random.nextInt(SimPool.Mood.values().length)]);
                case 11 -> appliance.admin().drain(random.nextBoolean());
                case 12, 13 -> appliance.handOver(random.nextInt(3) * 40);
                case 14 -> appliance.restart(random.nextInt(3) * 2_000);
                case 15, 16 -> appliance.dataplane().fault(Point.values()[random.nextInt(Point.values().length)],
                        Fault.values()[random.nextInt(Fault.values().length)]);
                default -> appliance.dataplane().heal();
            }
        }

        private void applySomething(Appliance appliance) {
            StringBuilder text = new StringBuilder(Pair.LNS.replace("host_name lns", "host_name " + appliance
                    + "\ntunnel_persist_pend_timeout " + (1 + random.nextInt(30)) + "\nsession_persist_pend_timeout 5"
                    + (random.nextInt(5) == 0 ? "\nmax_tunnels 3" : "")));
            text.append("ppp profile \"client\" {\nauth_peer no\nlcp_echo_interval ").append(5 + random.nextInt(30))
                    .append("\n}\ntunnel profile \"default\" {\nhello_timeout ").append(5 + random.nextInt(20))
                    .append("\n}\nsession profile \"default\" {\nidle_timeout ").append(random.nextInt(3) * 20)
                    .append("\n}\n");
            for (int i = 0; i < 4; i++) {
                if (random.nextInt(4) > 0) {
                    tunnel(text, appliance, i);
                }
            }
            appliance.apply(text.toString());
        }

        private void tunnel(StringBuilder text, Appliance appliance, int number) {
            Appliance peer = all.get(random.nextInt(all.size()));
            if (peer == appliance) {
                return;
            }
            String address = random.nextInt(4) == 0 ? "2001:db8::" + peer.toString().substring(4)
                    : peer.address().getHostAddress();
            text.append("tunnel \"t").append(number).append("\" {\npeer ").append(address)
                    .append("\nppp_profile client\npersist ").append(random.nextBoolean() ? "yes" : "no")
                    .append(random.nextInt(3) == 0 ? "\nour_udp_port 1701" : "")
                    .append(random.nextInt(6) == 0 ? "\ntunnel_id " + (100 + number) : "").append("\n");
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append("session \"s").append(i).append("\" {\nuser_name ").append(random.nextInt(8) == 0 ? "eve" : "bob")
                        .append("\nuser_password builder\n}\n");
            }
            text.append("}\n");
        }

        private void deleteTunnel(Appliance appliance) {
            List<TunnelStatus> tunnels = appliance.admin().tunnels();
            if (!tunnels.isEmpty()) {
                attempt(() -> appliance.admin().deleteTunnel(tunnels.get(random.nextInt(tunnels.size())).name(), "soak"));
            }
        }

        private void deleteSession(Appliance appliance) {
            List<SessionStatus> sessions = appliance.admin().sessions();
            if (!sessions.isEmpty()) {
                attempt(() -> appliance.admin().deleteSession(
                        sessions.get(random.nextInt(sessions.size())).fullName(), "soak"));
            }
        }

        private interface Operation {
            Object run() throws AdminException;
        }

        private void attempt(Operation operation) {
            try {
                operation.run();
            } catch (AdminException refused) {
                world.trace(refused::getMessage); // somebody else was faster
            }
        }

        /** The network and all plugins are well again. */
        private void calm() {
            world.impair(Impairment.NONE);
            for (Appliance appliance : all) {
                appliance.swapDataplane("well");
                appliance.pool().mood(SimPool.Mood.WELL);
                appliance.admin().drain(false);
            }
            world.runSeconds(400);
        }

        /** With a file that asks for it every session comes up, whatever was before. */
        private void comeUp() {
            for (int i = 0; i < all.size(); i++) {
                Appliance peer = all.get((i + 1) % all.size());
                all.get(i).apply(Pair.LNS + Pair.LAC.substring(Pair.LAC.indexOf("tunnel"))
                        .replace("10.0.0.2", peer.address().getHostAddress())
                        .replace("peer ", "persist yes\nppp_profile client\npeer ")
                        + "ppp profile \"client\" {\nauth_peer no\n}\n");
            }
            world.runSeconds(60);
            for (Appliance appliance : all) {
                SessionStatus session = appliance.session("office/alice");
                assertEquals(SessionState.ESTABLISHED, session.state(), appliance + ": " + session);
                assertEquals(true, session.upSince().isPresent(), appliance + ": " + session);
                assertEquals(1, appliance.pool().out(), appliance + ": addresses out " + appliance.pool());
            }
        }

        private void end() {
            all.forEach(appliance -> appliance.engine().shutDown());
            world.runSeconds(400);
            for (Appliance appliance : all) {
                assertEquals(List.of(), Leftovers.of(appliance.engine(), appliance.workers()), appliance.toString());
                assertEquals(0, appliance.pool().out(), appliance + ": addresses out");
                assertEquals(0, appliance.dataplane().openTunnels(), appliance + ": tunnel paths");
                assertEquals(0, appliance.dataplane().openSessions(), appliance + ": session paths");
                assertEquals(List.of(), appliance.events().faults(), appliance + ": events");
                assertEquals(0, appliance.events().open().size(), appliance + ": " + appliance.events().open());
            }
        }
    }
}
