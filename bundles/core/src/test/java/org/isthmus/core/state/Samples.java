package org.isthmus.core.state;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.isthmus.api.Origin;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.PppSnapshot;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.protocol.tunnel.CallType;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.OutgoingCall;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.PseudowireSnapshot;
import org.isthmus.protocol.tunnel.PseudowireTerms;
import org.isthmus.protocol.tunnel.SessionSnapshot;
import org.isthmus.protocol.tunnel.TunnelSnapshot;
import org.isthmus.protocol.tunnel.V3Facts;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.SequencingLevel;

/** A tunnel with a session of each kind. */
final class Samples {
    private static final FailoverCapability CAPABLE = new FailoverCapability(true, true, 60_000);

    private Samples() {
    }

    static SavedTunnel tunnel() {
        PeerFacts peer = new PeerFacts("lac", "Acme", 0x0690, 0x0100, 0x8000_0001, 16, 3, 1, true, Optional.of(CAPABLE),
                Optional.of(new V3Facts(7, EnumSet.of(PseudowireType.PPP, PseudowireType.ETHERNET), true, "de")));
        return new SavedTunnel("office", Origin.LOCAL, Encapsulation.UDP, new InetSocketAddress(address("192.0.2.1"), 1701),
                new InetSocketAddress(address("2001:db8::2"), 5000), new TunnelSnapshot(4711, peer, Optional.of(CAPABLE)),
                List.of(ppp(), ethernet()));
    }

    private static SavedSession ppp() {
        Network.Ipv4 ipv4 = new Network.Ipv4((Inet4Address) address("10.0.0.1"), (Inet4Address) address("10.0.0.2"),
                List.of((Inet4Address) address("192.0.2.53")), List.of(), 1400);
        PppSnapshot link = new PppSnapshot(1500, 1492, 0xdead_beef, 17, Optional.of(AuthenticationProtocol.CHAP_MD5), "alice",
                Optional.empty(), Optional.of(ipv4), Optional.of(new Network.Ipv6(1, -2, 1400)));
        return new SavedSession("17", Origin.REMOTE, new SessionSnapshot(17, 18, CallType.LNS_INCOMING,
                IncomingCall.numbered(0xffff_ffffL), ConnectedCall.ofSpeed(64_000), OptionalInt.of(0xb800), Optional.empty()),
                Optional.of(new SavedPpp("alice", Optional.of("users"), link)));
    }

    private static SavedSession ethernet() {
        PseudowireTerms terms = new PseudowireTerms(PseudowireType.ETHERNET, "wire", 8, true, SequencingLevel.ALL, false,
                CircuitStatus.UP);
        return new SavedSession("wire", Origin.LOCAL, new SessionSnapshot(-3, 19, CallType.LNS_OUTGOING,
                new OutgoingCall(1, 2, 3, 1, 2, "0456", ""), new ConnectedCall(1, 2, 1, true, "group", Map.of()),
                OptionalInt.empty(), Optional.of(new PseudowireSnapshot(terms, new byte[8], new byte[] {1, 2, 3, 4}, true,
                        SequencingLevel.ALL, new CircuitStatus(0)))), Optional.empty());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
