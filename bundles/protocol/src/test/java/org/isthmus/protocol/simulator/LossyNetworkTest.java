package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.TunnelState;
import org.junit.jupiter.api.Test;

/** A network that loses, doubles and reorders costs time, but no tunnel and no call. */
class LossyNetworkTest {

    private static final int SEEDS = 300;
    private static final int CALLS = 20;

    @Test
    void losesNothing() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            World world = new World(seed);
            Host lac = world.host("lac");
            Host lns = world.host("lns");
            for (Host host : world.hosts()) {
                host.template().maxRetries(15).receiveWindowSize(1 + world.random().nextInt(10))
                        .helloIntervalMillis(20_000);
            }
            world.impair(new Impairment(20, 20, 0, 0, 20, world.random().nextInt(400), Set.of()));
            Watch watch = lac.open(lns);
            for (int i = 0; i < CALLS; i++) {
                watch.call(i);
            }
            world.runFor(240_000);
            String name = "seed " + seed;
            assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state(), name);
            assertEquals(1, lns.tunnels().stream()
                    .filter(w -> w.tunnel().state() == TunnelState.ESTABLISHED).count(), name);
            assertEquals(CALLS, watch.tunnel().sessions().stream().filter(Session::mayCarryData).count(), name);
            assertEquals(CALLS, lns.tunnels().stream().flatMap(w -> w.tunnel().sessions().stream())
                    .filter(Session::mayCarryData).count(), name);
        }
    }
}
