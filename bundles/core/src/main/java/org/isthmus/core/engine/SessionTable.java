package org.isthmus.core.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.isthmus.protocol.tunnel.SessionIds;

/**
 * One worker's sessions of version 3 by their identifier, which is all that their data packets carry, out of its
 * {@link WorkerShare}. Drawn at random out of 2^32, one that was given back is not soon drawn again.
 */
final class SessionTable implements SessionIds {
    private final WorkerShare share;
    private final RandomGenerator random;
    private final IdTable<LiveSession> sessions = new IdTable<>(LiveSession::sessionId);
    private final Set<Integer> lent = new HashSet<>();

    SessionTable(WorkerShare share, RandomGenerator random) {
        this.share = share;
        this.random = random;
    }

    @Override
    public int free(long nowMillis) {
        int id;
        do {
            id = share.draw(random);
        } while (lent.contains(id));
        return id;
    }

    @Override
    public int lend(long nowMillis) {
        int id = free(nowMillis);
        lent.add(id);
        return id;
    }

    /** Takes this very identifier, even if it names another worker; false if it is lent. */
    @Override
    public boolean take(int id, long nowMillis) {
        return id != 0 && lent.add(id);
    }

    /** Whether packets with this identifier come to another worker. */
    boolean isStray(int id) {
        return !share.has(id);
    }

    @Override
    public void giveBack(int id, long nowMillis) {
        lent.remove(id);
    }

    void put(LiveSession session) {
        sessions.put(session);
    }

    /** Takes a session out, if it is in. */
    void remove(LiveSession session) {
        if (sessions.get(session.sessionId()) == session) {
            sessions.remove(session.sessionId());
        }
    }

    /** The session with this identifier, or null. Allocates nothing. */
    LiveSession find(int id) {
        return sessions.get(id);
    }

    /** How many identifiers are lent. */
    int lent() {
        return lent.size();
    }
}
