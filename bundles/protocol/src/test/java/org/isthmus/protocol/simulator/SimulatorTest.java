package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.isthmus.protocol.simulator.RandomRun.Tally;
import org.junit.jupiter.api.Test;

/**
 * Random runs of the simulator. {@code -Dsimulator.seeds=N} runs more, {@code -Dsimulator.seed=S} only that one.
 */
class SimulatorTest {

    private static final long SEEDS = Long.getLong("simulator.seeds", 2_000);

    @Test
    void bothEndsComeToAgreeWhateverTheNetworkDoes() {
        Long only = Long.getLong("simulator.seed");
        if (only != null) {
            run(only);
            return;
        }
        Tally tally = Tally.NOTHING;
        for (long seed = 1; seed <= SEEDS; seed++) {
            tally = tally.plus(run(seed));
        }
        System.out.println(SEEDS + " runs: " + tally);
        assertTrue(tally.tunnels() > SEEDS && tally.calls() > SEEDS && tally.retransmits() > SEEDS
                && tally.duplicates() > SEEDS && tally.outOfOrder() > SEEDS, "the runs show too little: " + tally);
    }

    private static Tally run(long seed) {
        RandomRun run = new RandomRun(seed, false);
        try {
            run.run();
        } catch (AssertionError | RuntimeException e) {
            fail("seed " + seed + ": " + e.getMessage() + System.lineSeparator()
                    + "replay: mvn -B test -pl bundles/protocol -am -Dtest=SimulatorTest -Dsimulator.seed=" + seed
                    + System.lineSeparator() + traceOf(seed), e);
        }
        return run.tally();
    }

    private static String traceOf(long seed) {
        RandomRun again = new RandomRun(seed, true);
        try {
            again.run();
        } catch (AssertionError | RuntimeException expected) {
            return again.world().trace();
        }
        return "the run is not deterministic: it passed when it was repeated";
    }
}
