package org.isthmus.protocol.tunnel;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Lends 32-bit session identifiers at random, for one tunnel alone. With so many to choose from, one that was given back
 * comes again only by chance.
 */
final class WideIds implements SessionIds {

    private final RandomGenerator random;
    private final Set<Integer> lent = new HashSet<>();

    WideIds(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int lend(long nowMillis) {
        int id = free(nowMillis);
        lent.add(id);
        return id;
    }

    @Override
    public int free(long nowMillis) {
        int id = random.nextInt();
        while (id == 0 || lent.contains(id)) {
            id = random.nextInt();
        }
        return id;
    }

    @Override
    public boolean take(int id, long nowMillis) {
        return id != 0 && lent.add(id);
    }

    @Override
    public void giveBack(int id, long nowMillis) {
        lent.remove(id);
    }
}
