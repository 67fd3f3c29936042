package org.isthmus.core.engine;

import static org.isthmus.api.config.SessionParameters.*;

import java.util.Optional;

import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.protocol.tunnel.SessionData;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SequencingLevel;

/** A session of a static tunnel: all that the ends would agree on was set at both. */
final class StaticSession implements SessionControl {
    private static final byte[] NO_COOKIE = {};

    private final StaticTunnel tunnel;
    private final Settings settings;
    private final SessionData data;
    private boolean closed;

    StaticSession(StaticTunnel tunnel, SessionPlan plan) {
        this.tunnel = tunnel;
        this.settings = plan.session();
        boolean sublayer = WireTerms.hasSublayer(settings);
        SequencingLevel sequencing = WireTerms.level(settings.get(DATA_SEQUENCING));
        this.data = new SessionData(WireTerms.type(plan.pseudowireType()), cookie(COOKIE), cookie(PEER_COOKIE), sublayer, sublayer,
                sequencing, sequencing, CircuitStatus.UP, CircuitStatus.UP);
    }

    private byte[] cookie(Parameter<Secret> parameter) {
        return settings.find(parameter).map(Secret::bytes).orElse(NO_COOKIE);
    }

    @Override
    public int localId() {
        return settings.get(SESSION_ID);
    }

    @Override
    public int remoteId() {
        return settings.get(PEER_SESSION_ID);
    }

    @Override
    public boolean isLac() {
        return settings.get(SESSION_TYPE) == SessionType.LAIC;
    }

    @Override
    public SessionState state() {
        return closed ? SessionState.CLOSED : SessionState.ESTABLISHED;
    }

    @Override
    public boolean mayCarryData() {
        return !closed;
    }

    @Override
    public Optional<SessionData> data() {
        return Optional.of(data);
    }

    @Override
    public void close(ResultCode result, Optional<DisconnectCause> disconnect, long nowMillis) {
        if (!closed) {
            closed = true;
            tunnel.ended(this, result);
        }
    }
}
