package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.api.Origin;
import org.isthmus.api.PseudowireStatus;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.core.desired.Profiles;
import org.isthmus.core.desired.ResolvedSession;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.protocol.tunnel.CallRequest;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.PseudowireRequest;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionData;
import org.isthmus.protocol.wire.CircuitStatus;

/**
 * What a session shall be.
 *
 * @param name   for people, unique in its tunnel
 * @param origin who asked for it
 * @param type   who places the call and which end we are
 * @param values the settings that hold for it
 * @param call   what the ICRQ or OCRQ says
 */
record SessionPlan(String name, Origin origin, SessionType type, ResolvedSession values, CallRequest call) {

    /** A call that a peer brings. */
    static SessionPlan ofPeer(Profiles profiles, ResolvedTunnel tunnel, Session session, CallRequest call) {
        SessionType type = call instanceof IncomingCall ? SessionType.LNIC : SessionType.LAOC;
        String endId = session.pseudowireRequest().map(PseudowireRequest::remoteEndId).orElse("");
        return new SessionPlan(Integer.toUnsignedString(session.localId()), Origin.REMOTE, type,
                profiles.sessionOfPeer(tunnel, endId), call);
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

    /** How it is shown to people. */
    PseudowireStatus pseudowire(Optional<SessionData> agreed, int mtu) {
        return new PseudowireStatus(pseudowireType(),
                Words.printable(session().find(SessionParameters.REMOTE_END_ID).orElse("")),
                session().find(SessionParameters.VLAN_ID).orElse(0),
                agreed.map(data -> data.localCookie().length).orElse(0),
                agreed.map(data -> data.remoteCookie().length).orElse(0),
                agreed.map(data -> data.sublayerSent() || data.sublayerExpected()).orElse(false),
                agreed.map(SessionData::localCircuit).orElse(CircuitStatus.UP).words(),
                agreed.map(SessionData::remoteCircuit).orElse(CircuitStatus.UP).words(), mtu);
    }

    Settings ppp() {
        return values.ppp();
    }

    /** Our own PPP name towards the peer, empty where we have none. */
    String userName() {
        return session().find(SessionParameters.USER_NAME).orElse("");
    }
}
