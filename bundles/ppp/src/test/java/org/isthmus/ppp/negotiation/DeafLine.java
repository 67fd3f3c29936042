package org.isthmus.ppp.negotiation;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.PppCounter;

/** The line of a protocol that is tested alone, with a clock of the test's: nothing that is sent arrives anywhere. */
public abstract class DeafLine implements Line {
    /** In milliseconds. */
    protected long now = 1_000;
    private final Random random = new Random(1);

    @Override
    public long now() {
        return now;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public int peerMru() {
        return 1500;
    }

    @Override
    public void count(PppCounter counter) {
        // Nobody looks at them.
    }
}
