package org.isthmus.core.engine;

import java.nio.ByteBuffer;
import java.util.List;

/** The live sessions of a tunnel, by their identifiers. Belongs to the tunnel's worker. */
final class TunnelSessions {
    private final Worker worker;
    private final IdTable<LiveSession> all = new IdTable<>(LiveSession::sessionId);
    private int withoutPath;

    TunnelSessions(Worker worker) {
        this.worker = worker;
    }

    /** @param byThemselves whether their packets name no tunnel, so that the worker has to find them too */
    void enter(LiveSession live, boolean byThemselves) {
        all.put(live);
        if (byThemselves) {
            worker.sessions().put(live);
            if (worker.sessions().isStray(live.sessionId())) {
                worker.engine().strays().add(live.sessionId(), worker);
            }
        }
        withoutPath++;
    }

    /** Takes out the one with this identifier; null if there is none. */
    LiveSession remove(int sessionId) {
        LiveSession live = all.remove(sessionId);
        if (live != null) {
            worker.sessions().remove(live);
            worker.engine().strays().remove(sessionId, worker);
        }
        return live;
    }

    /** One of them has a data path now, or has none any more. */
    void havePath(boolean hasPath) {
        withoutPath += hasPath ? -1 : 1;
    }

    /**
     * Peers send their first PPP frame together with ICCN: a packet of version 2 waits until its session is ready for it.
     *
     * @return false if the packet's session is ready, or there is none
     */
    boolean holdEarly(ByteBuffer packet) {
        LiveSession early = withoutPath > 0 ? all.get(worker.sessionIdOf(packet)) : null;
        return early != null && early.holdEarly(packet);
    }

    /** The one with this identifier, or null. */
    LiveSession get(int sessionId) {
        return all.get(sessionId);
    }

    /** All of them, as a list of its own. */
    List<LiveSession> all() {
        return all.all();
    }

    int size() {
        return all.size();
    }
}
