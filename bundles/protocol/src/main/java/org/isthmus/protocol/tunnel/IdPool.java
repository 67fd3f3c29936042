package org.isthmus.protocol.tunnel;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.RestingId;

/**
 * Lends 16-bit identifiers, 1 to 65535, at random, so that they cannot be guessed; one that was given back is not
 * lent again for a time, so that what is still on its way cannot reach a stranger.
 *
 * <p>Belongs to one thread. All operations take constant time unless the pool is nearly empty.
 */
public final class IdPool implements SessionIds {

    private static final int IDS = 65_535;
    private static final int RANDOM_TRIES = 16;
    /** More do not rest at once: a peer that makes sessions come and go costs no more memory than this. */
    private static final int MAX_RESTING = 4096;

    private record Released(int id, long at) {
    }

    private final RandomGenerator random;
    private final long restMillis;
    /** Lent, or resting. */
    private final Set<Integer> taken = new HashSet<>();
    private final ArrayDeque<Released> resting = new ArrayDeque<>();

    /**
     * @param random     where identifiers come from; must be unpredictable for peers
     * @param restMillis how long one that was given back is not lent again
     */
    public IdPool(RandomGenerator random, long restMillis) {
        this.random = random;
        this.restMillis = restMillis;
    }

    /** An identifier, or 0 when all are lent. One that rests is lent early only when no other is left. */
    @Override
    public int lend(long nowMillis) {
        int id = free(nowMillis);
        if (id != 0) {
            taken.add(id);
        }
        return id;
    }

    @Override
    public int free(long nowMillis) {
        wake(nowMillis);
        if (taken.size() >= IDS) {
            wakeOldest();
        }
        if (taken.size() >= IDS) {
            return 0;
        }
        int id = 1 + random.nextInt(IDS);
        for (int i = 0; i < RANDOM_TRIES && taken.contains(id); i++) {
            id = 1 + random.nextInt(IDS);
        }
        while (taken.contains(id)) {
            id = id % IDS + 1;
        }
        return id;
    }

    /** Takes this very identifier, 1 to 65535; false when it is lent or resting. */
    @Override
    public boolean take(int id, long nowMillis) {
        wake(nowMillis);
        return id >= 1 && id <= IDS && taken.add(id);
    }

    /** Gives an identifier back. */
    @Override
    public void giveBack(int id, long nowMillis) {
        resting.add(new Released(id, nowMillis));
        if (resting.size() > MAX_RESTING) {
            wakeOldest();
        }
    }

    /** Those that rest, in the order of their coming back. */
    List<RestingId> resting(long nowMillis) {
        wake(nowMillis);
        return resting.stream().map(released -> new RestingId(released.id(), released.at() + restMillis - nowMillis)).toList();
    }

    /** These rest on. */
    void resume(List<RestingId> before, long nowMillis) {
        for (RestingId id : before) {
            if (take(id.id(), nowMillis)) {
                resting.add(new Released(id.id(), nowMillis + id.forMillis() - restMillis));
            }
        }
    }

    /** Identifiers lent at this moment. */
    public int lent() {
        return taken.size() - resting.size();
    }

    private void wake(long nowMillis) {
        while (!resting.isEmpty() && nowMillis - resting.peek().at() >= restMillis) {
            wakeOldest();
        }
    }

    private void wakeOldest() {
        if (!resting.isEmpty()) {
            taken.remove(resting.poll().id());
        }
    }
}
