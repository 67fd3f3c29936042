package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionData;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ResultCode;

/** What decides on a session: the protocol's state machine, or for a static one the operator alone. On the worker's thread. */
interface SessionControl {
    /** Our identifier. */
    int localId();

    /** The peer's identifier, 0 while not known. */
    int remoteId();

    /** True when we are the LAC of this call, false when we are its LNS. */
    boolean isLac();

    SessionState state();

    /** The same as people see it. */
    default org.isthmus.api.SessionState shownState() {
        return switch (state()) {
            case WAIT_TUNNEL -> org.isthmus.api.SessionState.WAIT_TUNNEL;
            case WAIT_REPLY -> org.isthmus.api.SessionState.WAIT_REPLY;
            case WAIT_ANSWER, WAIT_CS_ANSWER, WAIT_CONNECT -> org.isthmus.api.SessionState.WAIT_CONNECT;
            case ESTABLISHED -> org.isthmus.api.SessionState.ESTABLISHED;
            case CLOSED -> org.isthmus.api.SessionState.DOWN;
        };
    }

    /** Whether frames may be sent. */
    boolean mayCarryData();

    /** What the data path of version 3 needs, once it is agreed; empty in version 2. */
    Optional<SessionData> data();

    /** The session of the state machine; none for a static one. */
    default Optional<Session> negotiated() {
        return Optional.empty();
    }

    /**
     * Ends the session; the tunnel is told when it is over.
     *
     * @param disconnect why PPP ended, for the peer (RFC 3145)
     */
    void close(ResultCode result, Optional<DisconnectCause> disconnect, long nowMillis);
}
