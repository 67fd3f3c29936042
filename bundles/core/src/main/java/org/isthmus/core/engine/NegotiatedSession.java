package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionData;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ResultCode;

/** A session that the two ends negotiate. */
record NegotiatedSession(Session session) implements SessionControl {
    @Override
    public int localId() {
        return session.localId();
    }

    @Override
    public int remoteId() {
        return session.remoteId();
    }

    @Override
    public boolean isLac() {
        return session.type().isLac();
    }

    @Override
    public SessionState state() {
        return session.state();
    }

    @Override
    public boolean mayCarryData() {
        return session.mayCarryData();
    }

    @Override
    public Optional<SessionData> data() {
        return session.data();
    }

    @Override
    public Optional<Session> negotiated() {
        return Optional.of(session);
    }

    @Override
    public void close(ResultCode result, Optional<DisconnectCause> disconnect, long nowMillis) {
        disconnect.ifPresentOrElse(cause -> session.close(result, cause, nowMillis),
                () -> session.close(result, nowMillis));
    }
}
