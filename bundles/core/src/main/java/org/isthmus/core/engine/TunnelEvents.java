package org.isthmus.core.engine;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;

/** What listeners are told of a tunnel: they hear nothing of one that they do not know of. On the worker's thread. */
final class TunnelEvents {
    private final LiveTunnel tunnel;
    private final Engine engine;
    private boolean announced;

    TunnelEvents(LiveTunnel tunnel) {
        this.tunnel = tunnel;
        this.engine = tunnel.engine();
    }

    void created() {
        announced = true;
        tell(L2tpEvent.Kind.CREATED, Cause.NONE);
    }

    /** They know of a peer's tunnel only from now on. */
    void up() {
        if (!announced) {
            created();
        }
        tell(L2tpEvent.Kind.UP, Cause.NONE);
    }

    void down(Cause cause) {
        tell(L2tpEvent.Kind.DOWN, cause);
    }

    void deleted(Cause cause) {
        if (announced) {
            tell(L2tpEvent.Kind.DELETED, cause);
        }
    }

    /** Whether they know of it. */
    boolean isAnnounced() {
        return announced;
    }

    /** They know of it from another object, or do not. */
    void resume(boolean before) {
        announced = before;
    }

    private void tell(L2tpEvent.Kind kind, Cause cause) {
        if (engine.events().isListening()) {
            engine.events().post(new L2tpEvent.TunnelEvent(kind, tunnel.status(), cause, engine.now()));
        }
    }
}
