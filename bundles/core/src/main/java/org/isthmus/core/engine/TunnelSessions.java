package org.isthmus.core.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.wire.ProtocolVersion;

/** The live sessions of a tunnel, by their identifiers: how they come into it and leave it. On the worker's thread. */
final class TunnelSessions {
    private final LiveTunnel tunnel;
    private final Worker worker;
    private final IdTable<LiveSession> all = new IdTable<>(LiveSession::sessionId);
    private int withoutPath;

    TunnelSessions(LiveTunnel tunnel) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
    }

    LiveSession add(SessionControl control, SessionPlan plan, SessionLifecycle lifecycle) {
        LiveSession live = enter(control, plan, lifecycle);
        live.created();
        return live;
    }

    /** One that another object had. */
    LiveSession add(SessionControl control, SessionPlan plan, SessionLifecycle lifecycle, LiveSessionCheckpoint before) {
        LiveSession live = enter(control, plan, lifecycle);
        live.resume(before);
        return live;
    }

    private LiveSession enter(SessionControl control, SessionPlan plan, SessionLifecycle lifecycle) {
        LiveSession live = new LiveSession(tunnel, control, plan, lifecycle);
        all.put(live);
        if (tunnel.version() == ProtocolVersion.V3) { // its packets name no tunnel, so the worker has to find it too
            worker.sessions().put(live);
            if (worker.sessions().isStray(live.sessionId())) {
                worker.engine().strays().add(live.sessionId(), worker);
            }
        }
        withoutPath++;
        worker.journal().touched(tunnel, live.sessionId());
        return live;
    }

    /** A session is over. */
    void remove(int sessionId, CloseCause why) {
        LiveSession live = all.remove(sessionId);
        if (live != null) {
            worker.sessions().remove(live);
            worker.engine().strays().remove(sessionId, worker);
        }
        worker.journal().touched(tunnel, sessionId);
        if (live != null) {
            live.closed(why);
        }
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

    Optional<LiveSession> find(int sessionId) {
        return Optional.ofNullable(all.get(sessionId));
    }

    /** All of them, as a list of its own. */
    List<LiveSession> all() {
        return all.all();
    }

    int size() {
        return all.size();
    }
}
