package org.isthmus.core.engine;

import java.util.Locale;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.LineStatus;
import org.isthmus.api.Origin;
import org.isthmus.api.config.SessionType;
import org.isthmus.ppp.LacWishes;
import org.isthmus.ppp.LcpRequests;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.LinkInfo;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.wire.Accm;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line of a session's call, and what both ends tell each other about it while it is up: its speeds, WEN and SLI. */
final class CallLine {
    private static final Logger LOG = LoggerFactory.getLogger(CallLine.class);
    private static final int OPTIONS_BYTES = 400;

    private final LiveSession session;
    private final SessionControl control;
    private final LiveTunnel tunnel;
    private final Worker worker;
    private ConnectedCall call = ConnectedCall.ofSpeed(0);

    CallLine(LiveSession session, SessionControl control) {
        this.session = session;
        this.control = control;
        this.tunnel = session.tunnel();
        this.worker = tunnel.worker();
    }

    /** The call is up: what ICCN or OCCN said of it. */
    void connected(ConnectedCall connected) {
        call = connected;
    }

    /** What was said when the call came up, with the speeds of now. */
    ConnectedCall call() {
        return call;
    }

    // ---- what the peer tells

    /** The LAC says that the line has other speeds now. */
    void speedChanged(ConnectedCall changed) {
        call = changed;
        told("CSUN: speeds " + call.txConnectSpeed() + " and " + call.rxConnectSpeed() + " bit/s", LineTold.of(call));
    }

    /** A WEN or an SLI has come. */
    void notice(ControlMessage message) {
        LineStatus status = status();
        told(message.type() == MessageType.SLI ? "SLI: escape " + status.accm() : "WEN: " + status.errors(),
                LineTold.of(message));
    }

    private void told(String words, LineTold told) {
        LOG.info("session {}: {}", session.title(), words);
        session.tell(L2tpEvent.Kind.LINE, Cause.NONE);
        session.lifecycle().told(session, told);
    }

    // ---- what we tell the peer

    /** What the other half of a switched call heard. */
    void passOn(LineTold told) {
        if (!session.end().isOver()) {
            control.negotiated().ifPresent(negotiated -> told.tell(negotiated, worker.nowMillis()));
            spoken();
        }
    }

    /** As LAC of an incoming call: its line has another speed now, which the LNS is told if it was announced. */
    void changeSpeed(long speed) {
        SessionPlan plan = session.plan();
        if (plan.type() == SessionType.LAIC && plan.origin() == Origin.LOCAL && session.isEstablished()
                && speed != call.txConnectSpeed()) {
            control.negotiated().ifPresent(negotiated -> negotiated.updateSpeed(speed, speed, worker.nowMillis()));
            spoken();
        }
    }

    /** Our end can carry traffic, or no longer. */
    void circuit(boolean up) {
        control.negotiated().ifPresent(negotiated ->
                negotiated.circuit(up ? CircuitStatus.UP : CircuitStatus.FAULT, worker.nowMillis()));
        tunnel.rearm();
    }

    private void spoken() {
        call = control.negotiated().flatMap(Session::connected).orElse(call);
        tunnel.rearm();
    }

    /** As LNS: whether the LAC needs to know what LCP agrees on, since its line is asynchronous or it has wishes. */
    boolean wantsLinkInfo() {
        return !control.isLac() && ((call.framingType() & TunnelConfigs.ASYNCHRONOUS) != 0 || hasWishes());
    }

    /** RFC 3437: a LAC that has wishes is told what became of them. */
    private boolean hasWishes() {
        return call.proxy().containsKey(AvpType.LCP_WANT_OPTIONS) || call.proxy().containsKey(AvpType.LCP_ALLOW_OPTIONS);
    }

    /** As LNS: what the LAC says of the LCP of its line (RFC 3437). */
    LacWishes wishes() {
        return control.isLac() ? LacWishes.NONE : new LacWishes(Optional.ofNullable(call.proxy().get(AvpType.LCP_WANT_OPTIONS)),
                Optional.ofNullable(call.proxy().get(AvpType.LCP_ALLOW_OPTIONS)));
    }

    /** LCP has agreed on this, and the LAC is to hear of it in an SLI. */
    void linkAgreed(LcpRequests lcp) {
        control.negotiated().ifPresent(negotiated -> negotiated.setLinkInfo(linkInfo(lcp), worker.nowMillis()));
        tunnel.rearm();
    }

    private LinkInfo linkInfo(LcpRequests lcp) {
        Accm accm = new Accm(lcp.peerAccm(), lcp.ourAccm());
        boolean fits = lcp.sent().length <= OPTIONS_BYTES && lcp.received().length <= OPTIONS_BYTES;
        return hasWishes() && fits ? new LinkInfo(accm, lcp.sent(), lcp.received()) : LinkInfo.of(accm);
    }

    // ---- for people

    LineStatus status() {
        return control.negotiated().map(CallLine::status).orElse(LineStatus.NONE);
    }

    private static LineStatus status(Session session) {
        String line = session.call() instanceof IncomingCall incoming ? Words.printable(incoming.accessLine().words()) : "";
        return new LineStatus(line, session.callErrors().map(CallLine::words).orElse(""),
                session.accm().map(CallLine::words).orElse(""),
                session.dscp().isPresent() ? Optional.of(session.dscp().getAsInt()) : Optional.empty());
    }

    private static String words(CallErrors errors) {
        return errors.crc() + " CRC, " + errors.framing() + " framing, " + errors.hardware() + " hardware overruns, "
                + errors.buffer() + " buffer overruns, " + errors.timeout() + " time-outs, " + errors.alignment()
                + " alignment";
    }

    private static String words(Accm accm) {
        return String.format(Locale.ROOT, "0x%08x sending, 0x%08x receiving", accm.send(), accm.receive());
    }
}
