package org.isthmus.protocol.tunnel;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The sessions of one tunnel by their identifiers, those that have a deadline, and those that wait for the tunnel. */
final class SessionTable {

    /** A session identifier that was given back is not used again for two minutes. */
    private static final long ID_REST_MILLIS = 120_000;

    private final IdPool ids;
    private final Map<Integer, Session> byLocalId = new HashMap<>();
    /** Only sessions whose peer identifier is known. */
    private final Map<Integer, Session> byRemoteId = new HashMap<>();
    /** Those that have a deadline, in its order. */
    private final Set<Session> settingUp = new LinkedHashSet<>();
    /** Those that wait for the tunnel, in the order of their coming. */
    private final Set<Session> waiting = new LinkedHashSet<>();

    SessionTable(RandomGenerator random) {
        ids = new IdPool(random, ID_REST_MILLIS);
    }

    /** A local identifier for a new session: the one asked for, or with 0 any; 0 when that cannot be. */
    int lend(int wanted, long now) {
        if (wanted == 0) {
            return ids.lend(now);
        }
        return ids.take(wanted, now) ? wanted : 0;
    }

    /** An identifier that no session has. */
    int unused(long now) {
        return ids.free(now);
    }

    Session local(int id) {
        return byLocalId.get(id);
    }

    Session remote(int id) {
        return byRemoteId.get(id);
    }

    Collection<Session> all() {
        return Collections.unmodifiableCollection(byLocalId.values());
    }

    int size() {
        return byLocalId.size();
    }

    void add(Session session) {
        byLocalId.put(session.localId(), session);
        if (session.remoteId() != 0) {
            byRemoteId.put(session.remoteId(), session);
        }
        if (session.deadlineMillis() != Long.MAX_VALUE) {
            settingUp.add(session);
        }
        if (session.state() == SessionState.WAIT_TUNNEL) {
            waiting.add(session);
        }
    }

    /** The peer told its identifier. */
    void learnRemoteId(Session session, int id) {
        session.remoteId(id);
        byRemoteId.put(id, session);
    }

    /** It has no deadline any more. */
    void settled(Session session) {
        settingUp.remove(session);
    }

    void remove(Session session, long now) {
        byLocalId.remove(session.localId());
        if (session.remoteId() != 0) {
            byRemoteId.remove(session.remoteId());
        }
        settingUp.remove(session);
        waiting.remove(session);
        ids.giveBack(session.localId(), now);
    }

    /** Those that waited for the tunnel; they wait no more. */
    List<Session> takeWaiting() {
        List<Session> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /** The session with the next deadline, or null. */
    Session nextDue() {
        return settingUp.isEmpty() ? null : settingUp.iterator().next();
    }
}
