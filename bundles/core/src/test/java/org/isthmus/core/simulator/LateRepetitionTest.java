package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.api.TunnelState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the network repeats, and that come when the tunnel is up already. */
class LateRepetitionTest {
    private static final String LAC = """
            tunnel "office" {
                peer 10.0.0.2
            }
            """;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void makeNoSecondTunnel(long seed) {
        Pair pair = new Pair(seed);
        pair.world.impair(new Impairment(0, 100, 20, 900));
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(LAC);
        pair.world.runSeconds(20);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state(), pair.world::trace);
        assertEquals(1, pair.lns.counter("tunnels_created"), pair.world::trace);
        pair.assertNothingLeft();
    }
}
