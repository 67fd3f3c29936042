package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.Session;

/** What the maker of a tunnel wants to know, on the worker's thread. */
interface TunnelLifecycle {
    /** The handshake is done; false if it shall not come up all the same. */
    default boolean mayEstablish(LiveTunnel tunnel) {
        return true;
    }

    void established(LiveTunnel tunnel);

    /** After our failure: makes a session of ours go on; empty if nobody asks for it any more. */
    default Optional<LiveSession> restore(LiveTunnel tunnel, String name, Session session) {
        return Optional.empty();
    }

    /** The tunnel is over; its identifier is still in use while the last messages are repeated. */
    void closed(LiveTunnel tunnel, CloseCause why, Cause cause, boolean wasUp);

    /** Nothing is repeated any more. */
    void finished(LiveTunnel tunnel);
}
