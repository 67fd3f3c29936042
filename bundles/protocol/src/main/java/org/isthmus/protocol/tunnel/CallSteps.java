package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.SessionState.ESTABLISHED;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_CONNECT;
import static org.isthmus.protocol.tunnel.SessionState.WAIT_REPLY;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.VendorAvp;

/** What is the same for incoming and for outgoing calls: the reply, and how a call comes up at either end. */
final class CallSteps {

    private static final AvpType[] PROXY_TYPES = {
        AvpType.INITIAL_RECEIVED_LCP_CONFREQ, AvpType.LAST_SENT_LCP_CONFREQ, AvpType.LAST_RECEIVED_LCP_CONFREQ,
        AvpType.PROXY_AUTHEN_TYPE, AvpType.PROXY_AUTHEN_NAME, AvpType.PROXY_AUTHEN_CHALLENGE,
        AvpType.PROXY_AUTHEN_ID, AvpType.PROXY_AUTHEN_RESPONSE, AvpType.LCP_WANT_OPTIONS, AvpType.LCP_ALLOW_OPTIONS,
    };

    private final Calls calls;
    private final ControlConnection connection;
    private final TunnelObserver observer;
    private final SessionTable sessions;
    private final LinkNotices notices;

    CallSteps(Calls calls, ControlConnection connection, TunnelObserver observer, SessionTable sessions,
            LinkNotices notices) {
        this.calls = calls;
        this.connection = connection;
        this.observer = observer;
        this.sessions = sessions;
        this.notices = notices;
    }

    /**
     * ICRP or OCRP, which only this type of call gets: learns the peer's identifier. False when it came at the wrong time
     * or cannot be used, and the session is closed.
     */
    boolean replied(Session session, CallType type, ControlMessage message, long now) {
        int remoteId = message.assignedSessionId();
        if (session.type() != type || session.state() != WAIT_REPLY || remoteId == 0
                || sessions.remote(remoteId) != null) {
            calls.unexpected(session, message, now);
            return false;
        }
        sessions.learnRemoteId(session, remoteId);
        agreePhb(session, message, OptionalInt.of(message.integer(AvpType.SESSION_DS, 0)));
        return learned(session, message, now);
    }

    /** Takes what the peer asks for in version 3; false when it cannot be, and the session is closed. */
    private boolean learned(Session session, ControlMessage message, long now) {
        ResultCode objection = session.pseudowire() == null ? null : session.pseudowire().learn(message);
        if (objection != null) {
            calls.close(session, CallEnd.unacceptable(objection, "the peer asks for what cannot be: " + objection.words()),
                    now);
        }
        return objection == null;
    }

    /** RFC 3308: as for the control connection, see {@link Setup#agreePhb}. */
    void agreePhb(Session session, ControlMessage message, OptionalInt value) {
        if (message.has(AvpType.SESSION_DS) && connection.config().diffServ().session().isPresent()) {
            session.phb(value);
        }
    }

    /** As LAC: sends ICCN or OCCN, and tells when data may be sent. */
    void connect(Session session, ConnectedCall call, MessageType type, byte[] message) {
        session.connected(call);
        establish(session);
        connection.send(type, VendorAvp.append(message, observer.added(type, session.localId())), new DataMayFlow(session, observer));
        if (session.state() == ESTABLISHED) {
            observer.sessionEstablished(session, call);
        }
    }

    /** As LNS: ICCN or OCCN, which only this type of call gets. */
    void connected(Session session, CallType type, ControlMessage message, long now) {
        if (session.type() != type || session.state() != WAIT_CONNECT) {
            calls.unexpected(session, message, now);
            return;
        }
        if (!learned(session, message, now)) {
            return;
        }
        boolean wide = session.pseudowire() != null;
        long speed = message.number(wide ? AvpType.TX_CONNECT_SPEED_64 : AvpType.TX_CONNECT_SPEED, 0);
        ConnectedCall call = new ConnectedCall(speed,
                message.number(wide ? AvpType.RX_CONNECT_SPEED_64 : AvpType.RX_CONNECT_SPEED, speed),
                message.integer(AvpType.FRAMING_TYPE, 0), message.has(AvpType.SEQUENCING_REQUIRED),
                message.text(AvpType.PRIVATE_GROUP_ID), proxyOf(message));
        session.connected(call);
        establish(session);
        notices.tellCircuit(session);
        observer.sessionEstablished(session, call);
    }

    private void establish(Session session) {
        sessions.settled(session);
        session.state(ESTABLISHED);
    }

    private static Map<AvpType, byte[]> proxyOf(ControlMessage message) {
        Map<AvpType, byte[]> proxy = new EnumMap<>(AvpType.class);
        for (AvpType type : PROXY_TYPES) {
            if (message.has(type)) {
                proxy.put(type, message.octets(type));
            }
        }
        return proxy;
    }
}
