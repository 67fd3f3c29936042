package org.isthmus.protocol.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.SequencingLevel;

/** Tunnels of version 3, and Ethernet sessions in them. */
final class EthernetCalls {

    /** Ethernet for a circuit without a name. */
    static final PseudowireTerms ETHERNET = PseudowireTerms.of(PseudowireType.ETHERNET);

    private EthernetCalls() {
    }

    static TunnelConfigBuilder config(int id) {
        return TunnelConfig.builder().version(ProtocolVersion.V3).localTunnelId(id);
    }

    /** Two ends with the defaults, up. */
    static TunnelPair pair() {
        return TunnelPair.up(config(0x80000001).build(), config(0x80000002).build());
    }

    static PseudowireTerms circuit(String remoteEndId, boolean tieBreaker) {
        return new PseudowireTerms(PseudowireType.ETHERNET, remoteEndId, 8, false, SequencingLevel.NONE, tieBreaker,
                CircuitStatus.UP);
    }

    /** A call that this end places; nothing is delivered yet. */
    static Session call(TunnelPair pair, TunnelPair.End end, PseudowireTerms terms) {
        return end.tunnel.placeIncomingCall(new CallConfig(0, IncomingCall.numbered(7),
                ConnectedCall.ofSpeed(100_000_000_000L), terms), pair.now).orElseThrow();
    }

    /** A session that the first end asked for, up. */
    static Session connected(TunnelPair pair, PseudowireTerms terms) {
        Session session = call(pair, pair.first, terms);
        pair.settle();
        assertEquals(SessionState.ESTABLISHED, session.state());
        return session;
    }
}
