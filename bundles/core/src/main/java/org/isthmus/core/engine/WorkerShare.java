package org.isthmus.core.engine;

import java.util.random.RandomGenerator;

/**
 * Which identifiers are one worker's: those that are its index modulo the number of workers, so that the kernel delivers
 * each packet to its owner by the header alone.
 *
 * @param index   the worker, from 0
 * @param workers how many there are
 */
record WorkerShare(int index, int workers) {

    /** Whether an identifier of 32 bits, unsigned, is one of it. */
    boolean has(int id) {
        return Integer.remainderUnsigned(id, workers) == index;
    }

    /** Draws one of 32 bits that cannot be guessed; never 0, which is no identifier. */
    int draw(RandomGenerator random) {
        int id;
        do {
            int drawn = random.nextInt();
            id = drawn - Integer.remainderUnsigned(drawn, workers) + index;
        } while (id == 0 || !has(id)); // it may have run over
        return id;
    }
}
