package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.api.config.SessionParameters;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.OutgoingCall;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.tunnel.Tunnel;

/** The calls that this side asks for in a tunnel with a control channel. */
final class OwnCalls {
    private OwnCalls() {
    }

    static Optional<LiveSession> incoming(ControlledTunnel tunnel, Tunnel protocol, CallConfig call, SessionPlan plan,
            SessionLifecycle lifecycle) {
        return placed(tunnel, protocol.placeIncomingCall(call, tunnel.worker().nowMillis()), plan, lifecycle);
    }

    static Optional<LiveSession> outgoing(ControlledTunnel tunnel, Tunnel protocol, SessionPlan plan,
            SessionLifecycle lifecycle) {
        int sessionId = plan.session().find(SessionParameters.SESSION_ID).orElse(0);
        return placed(tunnel, protocol.placeOutgoingCall(sessionId, (OutgoingCall) plan.call(), WireTerms.of(plan.session()),
                tunnel.worker().nowMillis()), plan, lifecycle);
    }

    private static Optional<LiveSession> placed(ControlledTunnel tunnel, Optional<Session> placed, SessionPlan plan,
            SessionLifecycle lifecycle) {
        tunnel.rearm();
        return placed.filter(session -> session.state() != SessionState.CLOSED).map(session -> {
            LiveSession live = tunnel.sessions().add(new NegotiatedSession(session), plan, lifecycle);
            tunnel.engine().circuits().asked(session, live);
            return live;
        });
    }
}
