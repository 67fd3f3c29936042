package org.isthmus.core.engine;

import org.isthmus.api.Origin;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.core.desired.Profiles;
import org.isthmus.core.desired.ResolvedSession;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.protocol.tunnel.IncomingCall;

/**
 * What a session shall be.
 *
 * @param name   for people, unique in its tunnel
 * @param origin who asked for it
 * @param type   who places the call and which end we are
 * @param values the settings that hold for it
 * @param call   what the ICRQ says
 */
record SessionPlan(String name, Origin origin, SessionType type, ResolvedSession values, IncomingCall call) {

    /** A call that a peer brings. */
    static SessionPlan ofPeer(Profiles profiles, ResolvedTunnel tunnel, int sessionId, IncomingCall call) {
        return new SessionPlan(String.valueOf(sessionId), Origin.REMOTE, SessionType.LNIC,
                profiles.session(Settings.EMPTY, tunnel), call);
    }

    /** The same with other values. */
    SessionPlan with(ResolvedSession changed) {
        return new SessionPlan(name, origin, type, changed, call);
    }

    Settings session() {
        return values.settings();
    }

    PseudowireType pseudowireType() {
        return session().get(SessionParameters.PSEUDOWIRE_TYPE);
    }

    Settings ppp() {
        return values.ppp();
    }

    /** Our own PPP name towards the peer, empty where we have none. */
    String userName() {
        return session().find(SessionParameters.USER_NAME).orElse("");
    }
}
