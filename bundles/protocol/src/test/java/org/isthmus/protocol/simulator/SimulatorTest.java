package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few hundred random runs with each build; {@code ./check simulator} makes thousands. */
class SimulatorTest {

    private static final long SEEDS = 400;

    @ParameterizedTest
    @EnumSource(Weather.class)
    void bothEndsComeToAgreeWhateverTheNetworkDoes(Weather weather) {
        Sweep sweep = new Sweep(weather, 1, SEEDS).run();
        sweep.broken().keySet().forEach(seed -> System.out.println(Simulator.replay(seed, weather)));
        assertEquals(Map.of(), sweep.broken());
        Tally tally = sweep.tally();
        assertTrue(tally.tunnels() > SEEDS && tally.calls() > SEEDS && tally.retransmits() > SEEDS && tally.crashes() > SEEDS / 10
                && tally.duplicates() > SEEDS && tally.outOfOrder() > SEEDS, "the runs show too little: " + tally);
    }

    @ParameterizedTest
    @EnumSource(Weather.class)
    void aSeedRunsTheSameEachTime(Weather weather) {
        assertEquals(trace(7, weather), trace(7, weather));
    }

    private static List<String> trace(long seed, Weather weather) {
        List<String> lines = new ArrayList<>();
        RandomRun run = new RandomRun(seed, weather);
        run.world().traceTo(lines::add);
        run.run();
        return lines;
    }
}
