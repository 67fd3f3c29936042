package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.LinkInfo;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.ControlMessage;

/**
 * What an end tells of a call's line while it is up; of a switched call it goes on to the end behind.
 *
 * @param errors of a WEN
 * @param link   of an SLI
 * @param speeds of a CSUN
 */
record LineTold(Optional<CallErrors> errors, Optional<LinkInfo> link, Optional<ConnectedCall> speeds) {

    /** Of a WEN or SLI. */
    static LineTold of(ControlMessage message) {
        return new LineTold(message.callErrors(), message.accm().map(accm -> new LinkInfo(accm,
                octets(message, AvpType.LNS_LAST_SENT_LCP_CONFREQ),
                octets(message, AvpType.LNS_LAST_RECEIVED_LCP_CONFREQ))),
                Optional.empty());
    }

    /** Of a CSUN. */
    static LineTold of(ConnectedCall call) {
        return new LineTold(Optional.empty(), Optional.empty(), Optional.of(call));
    }

    private static byte[] octets(ControlMessage message, AvpType type) {
        return message.has(type) ? message.octets(type) : new byte[0];
    }

    /** Tells the peer of another session the same. What is not for its role is not sent. */
    void tell(Session session, long nowMillis) {
        errors.ifPresent(counts -> session.reportErrors(counts, nowMillis));
        link.ifPresent(info -> session.setLinkInfo(info, nowMillis));
        speeds.ifPresent(call -> session.updateSpeed(call.txConnectSpeed(), call.rxConnectSpeed(), nowMillis));
    }
}
