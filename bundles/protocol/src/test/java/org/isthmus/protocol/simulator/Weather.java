package org.isthmus.protocol.simulator;

import java.util.SplittableRandom;
import java.util.Set;

/** How the network of a run misbehaves until it heals. */
enum Weather {
    /** Every few seconds otherwise: up to 40 % loss, 20 % duplicates, long delays; in one of eight runs bits are turned over. */
    CHANGING {
        @Override
        Impairment next(SplittableRandom random, boolean corrupting) {
            return new Impairment(random.nextInt(40), random.nextInt(20), random.nextInt(20),
                    corrupting ? random.nextInt(20) : 0, random.nextInt(100),
                    random.nextInt(3) == 0 ? random.nextInt(1500) : random.nextInt(50), Set.of());
        }
    },
    /** 30 % lost, 10 % delivered twice, 10 % held back, from the first datagram on. */
    STORM {
        @Override
        Impairment next(SplittableRandom random, boolean corrupting) {
            return new Impairment(30, 10, 10, 0, 10 + random.nextInt(90), random.nextInt(50), Set.of());
        }
    };

    abstract Impairment next(SplittableRandom random, boolean corrupting);
}
