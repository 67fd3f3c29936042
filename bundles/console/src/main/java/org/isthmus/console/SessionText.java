package org.isthmus.console;

import static org.isthmus.console.text.Table.numbers;
import static org.isthmus.console.text.Table.words;

import java.time.Instant;
import java.util.List;

import org.isthmus.api.BundleStatus;
import org.isthmus.api.Origin;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.ProxyStatus;
import org.isthmus.api.PseudowireStatus;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.console.text.Format;
import org.isthmus.console.text.Listing;
import org.isthmus.console.text.Table;

/** Sessions as people see them. */
final class SessionText {
    private SessionText() {
    }

    static Table table(List<SessionStatus> sessions, Instant now) {
        Table table = new Table("No sessions. l2tp:session-create places one; a peer's appears when the peer places it.",
                words("SESSION"), numbers("ID"), words("STATE"), words("USER"), words("ADDRESS"), words("INTERFACE").ifThereIsRoom(),
                numbers("RECEIVED"), numbers("SENT"), numbers("UP FOR"));
        for (SessionStatus session : sessions) {
            table.add(session.fullName(), Format.id(session.sessionId()), state(session, now),
                    Format.orHyphen(session.ppp().map(PppLinkStatus::userName).orElse("")),
                    Format.orHyphen(session.ppp().map(ppp -> Format.address(ppp.remoteAddress())).orElse("")),
                    Format.orHyphen(session.interfaceName()), Format.bytes(session.data().rxBytes()),
                    Format.bytes(session.data().txBytes()), Format.since(session.upSince(), now));
        }
        return table;
    }

    static Listing listing(SessionStatus session, Instant now) {
        Listing listing = new Listing()
                .heading("Session \"" + session.name() + "\" of tunnel \"" + session.tunnelName() + "\"")
                .add("State", state(session, now))
                .add("Up for", session.upSince().isPresent() ? Format.since(session.upSince(), now) : "")
                .add("Went down because", TunnelText.cause(session.lastCause()))
                .add("Asked for by", session.origin() == Origin.LOCAL ? "us" : "the peer")
                .add("Type", type(session))
                .add("Carries", carries(session.pseudowire()))
                .add("MTU", session.ppp().isPresent() || session.pseudowire().mtu() == 0 ? "" : session.pseudowire().mtu() + " bytes")
                .add("Remote end id", session.pseudowire().remoteEndId())
                .add("Cookies", cookies(session.pseudowire()))
                .add("Our circuit", circuit(session.pseudowire().circuit()))
                .add("Peer's circuit", circuit(session.pseudowire().peerCircuit()))
                .add("Created", Format.time(session.created()))
                .add("Our id", Format.id(session.sessionId()))
                .add("Peer's id", Format.id(session.peerSessionId()))
                .add("Tunnel id", Format.id(session.tunnelId()))
                .add("Interface", session.interfaceName())
                .add("Calling number", session.callingNumber())
                .add("Called number", session.calledNumber())
                .add("Speed to user", speed(session.txSpeed()))
                .add("Speed from user", speed(session.rxSpeed()))
                .add("Access line", session.line().accessLine())
                .add("Errors on the line", session.line().errors())
                .add("Characters to escape", session.line().accm())
                .add("Agreed DSCP", session.line().dscp().map(String::valueOf).orElse(""))
                .add("Session profile", session.profile())
                .add("PPP profile", session.pppProfile())
                .add("Switched to", session.switchedTo());
        session.proxy().ifPresent(proxy -> proxy(listing, proxy));
        session.ppp().ifPresent(ppp -> ppp(listing, ppp));
        return data(listing, session.data());
    }

    private static void proxy(Listing listing, ProxyStatus proxy) {
        listing.heading("The LAC says of PPP")
                .add("User", proxy.userName())
                .add("Authentication", proxy.authentication())
                .add("User's first request", proxy.initialReceived())
                .add("User was granted", proxy.lastReceived())
                .add("User was asked for", proxy.lastSent())
                .add("What became of it", proxy.outcome());
    }

    private static void ppp(Listing listing, PppLinkStatus ppp) {
        listing.heading("PPP")
                .add("Phase", ppp.phase())
                .add("User", ppp.userName())
                .add("Authentication", ppp.authProtocol())
                .add("Encryption", ppp.encryption())
                .add("Our address", Format.address(ppp.localAddress()))
                .add("Peer's address", Format.address(ppp.remoteAddress()))
                .add("Our IPv6 address", Format.address(ppp.localIpv6()))
                .add("Peer's IPv6 address", Format.address(ppp.remoteIpv6()))
                .add("Name servers", Format.addresses(ppp.dns()))
                .add("MTU", ppp.mtu() + " bytes")
                .add("MRU", ppp.mru() + " bytes");
        ppp.bundle().ifPresent(bundle -> bundle(listing, bundle));
    }

    private static void bundle(Listing listing, BundleStatus bundle) {
        listing.heading("Bundle")
                .add("Name", bundle.name())
                .add("Links", bundle.links() + (bundle.leads() ? ", this one has the network protocols" : ""))
                .add("MRRU", bundle.mrru() + " bytes, the peer's " + bundle.peerMrru() + " bytes")
                .add("Peer's discriminator", bundle.peer());
    }

    private static Listing data(Listing listing, SessionDataCounters data) {
        return listing.heading("Data")
                .add("Received", packets(data.rxPackets(), data.rxBytes()))
                .add("Sent", packets(data.txPackets(), data.txBytes()))
                .add("Dropped: malformed", some(data.rxErrors()))
                .add("Put back in order", some(data.rxReordered()))
                .add("Dropped: late", some(data.rxLate()))
                .add("Dropped: received twice", some(data.rxDuplicate()))
                .add("Dropped: no sequence number", some(data.rxUnsequenced()))
                .add("Dropped: wrong source address", some(data.rxSpoofed()))
                .add("Dropped: wrong cookie", some(data.rxWrongCookie()))
                .add("Dropped: wrong VLAN", some(data.rxWrongVlan()))
                .add("Dropped: not encrypted", some(data.rxUnencrypted()))
                .add("Dropped: not decrypted", some(data.rxUndecrypted()))
                .add("Not sent: errors", some(data.txErrors()))
                .add("Not sent: too big", some(data.txTooBig()));
    }

    /** A session that is up but whose PPP is not is not of use yet, so PPP's phase is said. */
    private static String state(SessionStatus session, Instant now) {
        String state = TunnelText.state(session.state(), session.retryAt(), now);
        return session.ppp().filter(ppp -> session.upSince().isEmpty())
                .map(ppp -> state + ", ppp " + ppp.phase()).orElse(state);
    }

    private static String type(SessionStatus session) {
        String meaning = switch (session.type()) {
            case LAIC -> "we are the LAC, an incoming call";
            case LAOC -> "we are the LAC, an outgoing call";
            case LNIC -> "we are the LNS, an incoming call";
            case LNOC -> "we are the LNS, an outgoing call";
        };
        return ValueTypes.word(session.type()) + " (" + meaning + ")";
    }

    private static String carries(PseudowireStatus pseudowire) {
        return switch (pseudowire.type()) {
            case PPP -> "PPP";
            case ETHERNET -> "Ethernet";
            case VLAN -> "VLAN " + pseudowire.vlanId();
        };
    }

    /** How long they are; what they are is for the two ends alone. */
    /** Only what is not as it should be is worth a line. */
    private static String circuit(String words) {
        return words.equals("up") ? "" : words;
    }

    private static String cookies(PseudowireStatus pseudowire) {
        return pseudowire.cookieBytes() + pseudowire.peerCookieBytes() == 0 ? ""
                : "ours " + pseudowire.cookieBytes() + " bytes, the peer's " + pseudowire.peerCookieBytes() + " bytes";
    }

    private static String packets(long packets, long bytes) {
        return Format.count(packets, "packet") + ", " + Format.bytes(bytes);
    }

    private static String some(long packets) {
        return packets == 0 ? "" : Format.count(packets, "packet");
    }

    private static String speed(long bitsPerSecond) {
        return bitsPerSecond == 0 ? "" : Format.bitRate(bitsPerSecond);
    }
}
