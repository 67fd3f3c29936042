package org.isthmus.protocol.tunnel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.RestingId;
import org.isthmus.protocol.wire.ProtocolVersion;

/** The sessions of one tunnel by their identifiers, those that have a deadline, and those that wait for the tunnel. */
final class SessionTable {

    /** A session identifier that was given back is not used again for two minutes. */
    private static final long ID_REST_MILLIS = 120_000;

    private final RandomGenerator random;
    private final IdPool idsOfVersion2;
    private SessionIds idsOfVersion3;
    /** In the order of their coming. */
    private final Map<Integer, Session> byLocalId = new LinkedHashMap<>();
    /** Only sessions whose peer identifier is known. */
    private final Map<Integer, Session> byRemoteId = new HashMap<>();
    /** Those that have a deadline, in its order. */
    private final Set<Session> settingUp = new LinkedHashSet<>();
    /** Those that this side asks for and that are not up. */
    private final Set<Session> asked = new LinkedHashSet<>();
    /** Those that wait for the tunnel, in the order of their coming. */
    private final Set<Session> waiting = new LinkedHashSet<>();

    SessionTable(RandomGenerator random) {
        this.random = random;
        this.idsOfVersion2 = new IdPool(random, ID_REST_MILLIS);
    }

    /** Who lends the identifiers of a version. */
    SessionIds ids(ProtocolVersion version, TunnelConfig config) {
        if (version == ProtocolVersion.V2) {
            return idsOfVersion2;
        }
        if (idsOfVersion3 == null) {
            idsOfVersion3 = config.sessionIds().orElseGet(() -> new WideIds(random));
        }
        return idsOfVersion3;
    }

    /** A local identifier for a new session: the one asked for, or with 0 any; 0 when that cannot be. */
    static int lend(SessionIds ids, int wanted, long now) {
        if (wanted == 0) {
            return ids.lend(now);
        }
        return ids.take(wanted, now) ? wanted : 0;
    }

    /** The session is to have an identifier of another lender; false when that has none left. */
    boolean renumber(Session session, SessionIds ids, long now) {
        int id = ids.lend(now);
        if (id == 0) {
            return false;
        }
        // Another session may have got this number from the other lender already.
        byLocalId.remove(session.localId(), session);
        session.ids().giveBack(session.localId(), now);
        session.renumber(id, ids);
        byLocalId.put(id, session);
        return true;
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
        if (session.state() != SessionState.ESTABLISHED && session.deadlineMillis() != Long.MAX_VALUE) {
            settingUp.add(session);
        }
        if (session.state() == SessionState.WAIT_TUNNEL) {
            waiting.add(session);
        }
        if (session.state() != SessionState.ESTABLISHED && session.type().isPlacedHere()) {
            asked.add(session);
        }
    }

    /** Those that go on in other objects, and identifiers that rest. */
    void resume(List<Session> sessions, List<RestingId> resting, long now) {
        List<Session> dueFirst = new ArrayList<>(sessions);
        dueFirst.sort(Comparator.comparingLong(Session::deadlineMillis));
        sessions.forEach(this::add);
        settingUp.clear();
        dueFirst.stream().filter(session -> session.state() != SessionState.ESTABLISHED
                && session.deadlineMillis() != Long.MAX_VALUE).forEach(settingUp::add);
        idsOfVersion2.resume(resting, now);
    }

    List<RestingId> resting(long now) {
        return idsOfVersion2.resting(now);
    }

    /** The peer told its identifier. */
    void learnRemoteId(Session session, int id) {
        session.remoteId(id);
        byRemoteId.put(id, session);
    }

    /** It has no deadline any more. */
    void settled(Session session) {
        settingUp.remove(session);
        asked.remove(session);
    }

    /** Those that this side asks for and that are not up. */
    Collection<Session> asked() {
        return asked;
    }

    void remove(Session session, long now) {
        byLocalId.remove(session.localId(), session);
        if (session.remoteId() != 0) {
            byRemoteId.remove(session.remoteId());
        }
        settled(session);
        waiting.remove(session);
        session.ids().giveBack(session.localId(), now);
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
