package org.isthmus.core.engine;

import java.util.Locale;
import java.util.Optional;

import org.isthmus.api.LineStatus;
import org.isthmus.ppp.LcpRequests;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.DiffServ;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.LinkInfo;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.wire.Accm;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.MessageType;

/** What both ends tell each other about the line of a call. */
final class LineNews {
    private static final int ASYNCHRONOUS = 2;
    private static final int OPTIONS_BYTES = 400;

    private LineNews() {
    }

    static LineStatus of(Session session) {
        String line = session.call() instanceof IncomingCall call ? Words.printable(call.accessLine().words()) : "";
        return new LineStatus(line, session.callErrors().map(LineNews::words).orElse(""),
                session.accm().map(LineNews::words).orElse(""),
                session.phb().isPresent() ? Optional.of(DiffServ.dscpOf(session.phb().getAsInt())) : Optional.empty());
    }

    /** What such a message has told of a session, for the log. */
    static String words(MessageType type, Session session) {
        LineStatus line = of(session);
        return type == MessageType.SLI ? "SLI: escape " + line.accm() : "WEN: " + line.errors();
    }

    private static String words(CallErrors errors) {
        return errors.crc() + " CRC, " + errors.framing() + " framing, " + errors.hardware() + " hardware overruns, "
                + errors.buffer() + " buffer overruns, " + errors.timeout() + " time-outs, " + errors.alignment()
                + " alignment";
    }

    private static String words(Accm accm) {
        return String.format(Locale.ROOT, "0x%08x sending, 0x%08x receiving", accm.send(), accm.receive());
    }

    /** As LNS: whether the LAC needs to know what LCP agreed on, since its line is asynchronous or it has wishes. */
    static boolean wantsLinkInfo(ConnectedCall call) {
        return (call.framingType() & ASYNCHRONOUS) != 0 || hasWishes(call);
    }

    /** RFC 3437: a LAC that has wishes is told what became of them. */
    private static boolean hasWishes(ConnectedCall call) {
        return call.proxy().containsKey(AvpType.LCP_WANT_OPTIONS) || call.proxy().containsKey(AvpType.LCP_ALLOW_OPTIONS);
    }

    /** What our SLI says. */
    static LinkInfo linkInfo(ConnectedCall call, LcpRequests lcp) {
        Accm accm = new Accm(lcp.peerAccm(), lcp.ourAccm());
        boolean fits = lcp.sent().length <= OPTIONS_BYTES && lcp.received().length <= OPTIONS_BYTES;
        return hasWishes(call) && fits ? new LinkInfo(accm, lcp.sent(), lcp.received()) : LinkInfo.of(accm);
    }
}
