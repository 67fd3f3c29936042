package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.EthernetCalls.ETHERNET;
import static org.isthmus.protocol.tunnel.EthernetCalls.call;
import static org.isthmus.protocol.tunnel.EthernetCalls.circuit;
import static org.isthmus.protocol.tunnel.EthernetCalls.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.junit.jupiter.api.Test;

/** Two calls for one circuit at the same time (RFC 3931 section 5.4.4, Session Tie Breaker). */
class SessionTiesTest {

    @Test
    void ofTwoCallsForOneCircuitOneStays() {
        TunnelPair pair = pair();
        Session ours = call(pair, pair.first, circuit("port 1", true));
        Session theirs = call(pair, pair.second, circuit("port 1", true));
        pair.settle();
        assertEquals(1, pair.first.tunnel.sessions().size());
        assertEquals(1, pair.second.tunnel.sessions().size());
        assertNotEquals(ours.state(), theirs.state());
        assertEquals(SessionState.ESTABLISHED, pair.first.tunnel.sessions().iterator().next().state());
        TunnelPair.End loser = ours.state() == SessionState.CLOSED ? pair.first : pair.second;
        assertEquals(CloseCause.Kind.TIE_BREAKER, loser.sessionsClosed.get(0).kind());
        ControlMessage cdn = pair.messages().stream().filter(m -> m.type() == MessageType.CDN).findFirst().orElseThrow();
        assertEquals(CallResult.TIE_LOST.code(), cdn.resultCode().orElseThrow().result());
    }

    @Test
    void whoHasATieBreakerWinsOverWhoHasNone() {
        TunnelPair pair = pair();
        Session ours = call(pair, pair.first, circuit("port 1", false));
        Session theirs = call(pair, pair.second, circuit("port 1", true));
        pair.settle();
        assertEquals(SessionState.CLOSED, ours.state());
        assertEquals(SessionState.ESTABLISHED, theirs.state());
    }

    @Test
    void withoutTieBreakersBothAreTornDown() {
        TunnelPair pair = pair();
        call(pair, pair.first, circuit("port 1", false));
        call(pair, pair.second, circuit("port 1", false));
        pair.settle();
        assertEquals(0, pair.first.tunnel.sessions().size());
        assertEquals(0, pair.second.tunnel.sessions().size());
    }

    @Test
    void differentCircuitsAreNoTie() {
        TunnelPair pair = pair();
        call(pair, pair.first, circuit("port 1", true));
        call(pair, pair.second, circuit("port 2", true));
        call(pair, pair.first, ETHERNET);
        call(pair, pair.second, ETHERNET);
        pair.settle();
        assertEquals(4, pair.first.tunnel.sessions().size());
        assertEquals(0, pair.first.tunnel.counters().get(Counter.SESSION_TIES));
    }
}
