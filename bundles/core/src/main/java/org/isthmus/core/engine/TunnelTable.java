package org.isthmus.core.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The tunnels of one worker by their identifier. The identifier says whose a tunnel is: identifier modulo the number of
 * workers is the worker's index, so that the kernel can deliver each packet to its owner by the header alone.
 *
 * <p>Identifiers are random, so that they cannot be guessed (RFC 2661 section 9.1), and rest for a while when given back,
 * so that what is still on its way reaches no stranger.
 */
final class TunnelTable {
    private static final int IDS = 65_536;
    private static final int TRIES = 32;
    private static final long REST_MILLIS = 60_000;

    private record Resting(int id, long until) {
    }

    private final int workerIndex;
    private final int workers;
    private final RandomGenerator random;
    private final LiveTunnel[] bySlot;
    private final boolean[] taken;
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();
    private final Map<Integer, LiveTunnel> tunnels = new LinkedHashMap<>();

    TunnelTable(int workerIndex, int workers, RandomGenerator random) {
        this.workerIndex = workerIndex;
        this.workers = workers;
        this.random = random;
        this.bySlot = new LiveTunnel[IDS / workers + 1];
        this.taken = new boolean[bySlot.length];
    }

    /** A free identifier, or 0 when all are taken. */
    int lend(long nowMillis) {
        wake(nowMillis);
        int slots = bySlot.length;
        int first = random.nextInt(slots);
        for (int i = 0; i < slots; i++) {
            int id = (first + i) % slots * workers + workerIndex;
            if (take(id)) {
                return id;
            }
            if (i < TRIES) {
                first = random.nextInt(slots);
            }
        }
        return 0;
    }

    /** Takes this very identifier; false if it is another worker's, lent or resting. */
    boolean take(int id) {
        if (id < 1 || id >= IDS || id % workers != workerIndex || taken[id / workers]) {
            return false;
        }
        taken[id / workers] = true;
        return true;
    }

    /** Identifiers that are in use or rest: the next version of the engine lets them rest. */
    IntStream unfit() {
        return IntStream.range(0, taken.length).filter(slot -> taken[slot]).map(slot -> slot * workers + workerIndex);
    }

    /** Lets an identifier rest that a version of the engine before this one has used. */
    void letRest(int id, long nowMillis) {
        if (take(id)) {
            giveBack(id, nowMillis);
        }
    }

    /** Gives an identifier back that no tunnel was put under. */
    void giveBack(int id, long nowMillis) {
        resting.add(new Resting(id, nowMillis + REST_MILLIS));
    }

    void put(LiveTunnel tunnel) {
        bySlot[tunnel.tunnelId() / workers] = tunnel;
        tunnels.put(tunnel.tunnelId(), tunnel);
    }

    void remove(LiveTunnel tunnel, long nowMillis) {
        if (tunnels.remove(tunnel.tunnelId(), tunnel)) {
            bySlot[tunnel.tunnelId() / workers] = null;
            giveBack(tunnel.tunnelId(), nowMillis);
        }
    }

    /** The tunnel with this identifier, or null. */
    LiveTunnel find(int id) {
        return id % workers == workerIndex ? bySlot[id / workers] : null;
    }

    Collection<LiveTunnel> all() {
        return tunnels.values();
    }

    private void wake(long nowMillis) {
        while (!resting.isEmpty() && resting.peek().until() <= nowMillis) {
            taken[resting.poll().id() / workers] = false;
        }
    }
}
