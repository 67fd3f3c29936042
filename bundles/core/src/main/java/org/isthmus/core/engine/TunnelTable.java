package org.isthmus.core.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.isthmus.protocol.tunnel.TunnelCheckpoint.RestingId;

/**
 * The tunnels of one worker by their identifier, which says whose a tunnel is ({@link WorkerShare}).
 *
 * <p>Identifiers are random, so that they cannot be guessed (RFC 2661 section 9.1). One that was in use between two peers
 * rests for a while when it is given back, so that what is still on its way reaches no stranger. When nearly all are
 * lent or rest, those that have rested longest are used: a flood of requests must not lock peers out.
 *
 * <p>Version 2 has identifiers up to 65535, version 3 has 32 bits of them. Tunnels that may be of either are lent one of the
 * former. Those of the latter, drawn out of so many, need no rest. Static tunnels are only listed here: no packet names them.
 */
final class TunnelTable {
    private static final int IDS = 65_536;
    private static final long REST_MILLIS = 60_000;
    /** One in so many has to be free, or resting ones are used. */
    private static final int FREE_PART = 16;

    private static final byte FREE = 0;
    private static final byte LENT = 1;
    private static final byte RESTING = 2;

    private record Resting(int id, long until) {
    }

    private final WorkerShare share;
    private final int workers;
    private final RandomGenerator random;
    private final ControlledTunnel[] bySlot;
    private final byte[] states;
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();
    private final IdTable<ControlledTunnel> wide = new IdTable<>(LiveTunnel::tunnelId);
    private final Set<Integer> wideLent = new HashSet<>();
    private final Set<LiveTunnel> tunnels = new LinkedHashSet<>();
    private int free;

    TunnelTable(WorkerShare share, RandomGenerator random) {
        this.share = share;
        this.workers = share.workers();
        this.random = random;
        int slots = (IDS - share.index() + workers - 1) / workers;
        this.bySlot = new ControlledTunnel[slots];
        this.states = new byte[slots];
        this.free = slots;
        if (share.index() == 0) {
            states[0] = LENT; // 0 is no identifier
            free--;
        }
    }

    /** A free identifier, or 0 when all are lent. */
    int lend(long nowMillis) {
        wake(nowMillis);
        if (free * FREE_PART < states.length) {
            wakeOldest();
        }
        if (free == 0) {
            return 0;
        }
        int slot = random.nextInt(states.length);
        while (states[slot] != FREE) {
            slot = free * FREE_PART < states.length ? (slot + 1) % states.length : random.nextInt(states.length);
        }
        states[slot] = LENT;
        free--;
        return slot * workers + share.index();
    }

    /** A free identifier for what a tunnel does beside its own; what comes for it is that tunnel's. 0 when all are lent. */
    int lendTo(ControlledTunnel tunnel, long nowMillis) {
        int id = lend(nowMillis);
        if (id != 0) {
            bySlot[id / workers] = tunnel;
        }
        return id;
    }

    /** Lends this very identifier, which another object had lent to the tunnel. */
    void lendAgain(int id, ControlledTunnel tunnel) {
        if (take(id)) {
            bySlot[id / workers] = tunnel;
        }
    }

    /** Those that rest. */
    List<RestingId> resting(long nowMillis) {
        wake(nowMillis);
        return resting.stream().filter(id -> states[id.id() / workers] == RESTING)
                .map(id -> new RestingId(id.id(), id.until() - nowMillis)).toList();
    }

    /** These rest on. */
    void resume(List<RestingId> before, long nowMillis) {
        for (RestingId id : before) {
            if (take(id.id())) {
                states[id.id() / workers] = RESTING;
                resting.add(new Resting(id.id(), nowMillis + id.forMillis()));
            }
        }
    }

    /** Takes back what {@link #lendTo} lent. */
    void takeBack(int id, long nowMillis) {
        bySlot[id / workers] = null;
        rest(id, nowMillis);
    }

    /** A free identifier of more than 16 bits, for a tunnel of version 3 and no other. */
    int lendWide() {
        int id;
        do {
            id = share.draw(random);
        } while (isNarrow(id) || !wideLent.add(id));
        return id;
    }

    private static boolean isNarrow(int id) {
        return id >>> 16 == 0;
    }

    /** Takes this very identifier, even if it rests; false if it is another worker's or lent. */
    boolean take(int id) {
        if (!isNarrow(id)) {
            return share.has(id) && wideLent.add(id);
        }
        if (id == 0 || !share.has(id) || states[id / workers] == LENT) {
            return false;
        }
        free -= states[id / workers] == FREE ? 1 : 0;
        states[id / workers] = LENT;
        return true;
    }

    void put(ControlledTunnel tunnel) {
        if (isNarrow(tunnel.tunnelId())) {
            bySlot[tunnel.tunnelId() / workers] = tunnel;
        } else {
            wide.put(tunnel);
        }
        tunnels.add(tunnel);
    }

    void put(StaticTunnel tunnel) {
        tunnels.add(tunnel);
    }

    void remove(StaticTunnel tunnel) {
        tunnels.remove(tunnel);
    }

    /**
     * Takes a tunnel out and gives its identifier back.
     *
     * @param rest whether the peer may still send to it
     */
    void remove(ControlledTunnel tunnel, boolean rest, long nowMillis) {
        int id = tunnel.tunnelId();
        if (!tunnels.remove(tunnel)) {
            return;
        }
        if (!isNarrow(id)) {
            wide.remove(id);
            wideLent.remove(id);
            return;
        }
        bySlot[id / workers] = null;
        if (rest) {
            rest(id, nowMillis);
        } else {
            release(id / workers);
        }
    }

    /** Gives an identifier back that no tunnel was put under. */
    void giveBack(int id) {
        if (isNarrow(id)) {
            release(id / workers);
        } else {
            wideLent.remove(id);
        }
    }

    /** Lets an identifier rest that a version of the engine before this one has used. */
    void letRest(int id, long nowMillis) {
        if (take(id)) {
            rest(id, nowMillis);
        }
    }

    /** Identifiers that are in use or rest: the next version of the engine lets them rest. */
    IntStream unfit() {
        return IntStream.range(0, states.length).filter(slot -> states[slot] != FREE)
                .map(slot -> slot * workers + share.index()).filter(id -> id != 0);
    }

    /** The tunnel with this identifier, or null; static ones are not found. Allocates nothing. */
    ControlledTunnel find(int id) {
        if (!isNarrow(id)) {
            return wide.get(id);
        }
        return share.has(id) ? bySlot[id / workers] : null;
    }

    Collection<LiveTunnel> all() {
        return tunnels;
    }

    /** Identifiers of more than 16 bits that are lent. */
    int wideLent() {
        return wideLent.size();
    }

    /** How many identifiers of 16 bits there are. */
    int size() {
        return states.length - (share.index() == 0 ? 1 : 0);
    }

    /** How many of them are neither lent nor resting. */
    int free(long nowMillis) {
        wake(nowMillis);
        return free;
    }

    private void wake(long nowMillis) {
        while (!resting.isEmpty() && resting.peek().until() <= nowMillis) {
            wakeOldest();
        }
    }

    private void wakeOldest() {
        while (!resting.isEmpty()) {
            int slot = resting.poll().id() / workers;
            if (states[slot] == RESTING) { // else it was taken out of its rest
                release(slot);
                return;
            }
        }
    }

    private void rest(int id, long nowMillis) {
        states[id / workers] = RESTING;
        resting.add(new Resting(id, nowMillis + REST_MILLIS));
    }

    private void release(int slot) {
        states[slot] = FREE;
        free++;
    }
}
