package org.isthmus.protocol.tunnel;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ConnectSpeedUpdate;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.FailoverSession;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ResultCode;

/** Writes the messages of the sessions of one tunnel, in the way of its version. */
interface SessionMessages {

    int SESSIONS_PER_MESSAGE = 50;

    byte[] icrq(Session session, IncomingCall call);

    byte[] ocrq(Session session, OutgoingCall call);

    /** ICRP or OCRP. */
    byte[] reply(MessageType type, Session session);

    byte[] iccn(Session session, ConnectedCall call);

    byte[] occn(Session session, ConnectedCall call);

    byte[] cdn(int peerSessionId, int localSessionId, ResultCode result, Optional<DisconnectCause> disconnect);

    byte[] wen(Session session, CallErrors errors);

    /** SLI for a PPP link. */
    byte[] sli(Session session, LinkInfo info);

    /** SLI of version 3: what became of our circuit. */
    byte[] sli(Session session, CircuitStatus status);

    /** FSQ or FSR. */
    byte[] failover(MessageType type, List<FailoverSession> sessions);

    /** CSUN or CSURQ. */
    byte[] speeds(MessageType type, List<ConnectSpeedUpdate> updates);

    /** Divides what concerns many sessions among messages that stay far below the limit, hidden or not. */
    static <T> void divide(List<T> all, Consumer<List<T>> send) {
        for (int i = 0; i < all.size(); i += SESSIONS_PER_MESSAGE) {
            send.accept(all.subList(i, Math.min(all.size(), i + SESSIONS_PER_MESSAGE)));
        }
    }
}
