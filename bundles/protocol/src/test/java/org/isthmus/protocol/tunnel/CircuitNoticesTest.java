package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.EthernetCalls.ETHERNET;
import static org.isthmus.protocol.tunnel.EthernetCalls.call;
import static org.isthmus.protocol.tunnel.EthernetCalls.connected;
import static org.isthmus.protocol.tunnel.EthernetCalls.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.SequencingLevel;
import org.junit.jupiter.api.Test;

/** What both ends tell each other about a circuit that is up (RFC 3931 sections 3.4.3, 3.4.4 and 5.4.5; RFC 5641). */
class CircuitNoticesTest {

    @Test
    void aCircuitThatGoesDownIsTold() {
        TunnelPair pair = pair();
        Session ours = connected(pair, ETHERNET);
        ours.circuit(new CircuitStatus(4), pair.now);
        pair.settle();
        CircuitStatus told = pair.second.circuits.get(0);
        assertFalse(told.carriesTraffic());
        assertEquals("down: circuit receive fault", told.words());
        assertEquals(told, pair.second.up.get(0).data().orElseThrow().remoteCircuit());
        ours.circuit(CircuitStatus.UP, pair.now);
        pair.settle();
        assertTrue(pair.second.up.get(0).data().orElseThrow().remoteCircuit().carriesTraffic());
        pair.second.up.get(0).circuit(new CircuitStatus(0x41), pair.now);
        pair.settle();
        assertTrue(pair.first.circuits.get(0).standby());
        assertFalse(ours.data().orElseThrow().remoteCircuit().carriesTraffic());
    }

    @Test
    void aCircuitThatIsDownFromTheStartIsToldInTheRequest() {
        TunnelPair pair = pair();
        connected(pair, new PseudowireTerms(PseudowireType.ETHERNET, "", 0, false, SequencingLevel.NONE, false,
                CircuitStatus.DOWN));
        SessionData theirs = pair.second.up.get(0).data().orElseThrow();
        assertFalse(theirs.remoteCircuit().active());
        assertEquals(0, theirs.remoteCookie().length);
    }

    @Test
    void aCircuitThatGoesDownDuringTheSetUpIsToldWhenItIsOver() {
        TunnelPair pair = pair();
        pair.lost = octets -> TunnelPair.typeOf(octets) == MessageType.ICCN && pair.now < 1_000;
        Session ours = call(pair, pair.first, ETHERNET);
        pair.passes(10);
        pair.second.offered.get(0).circuit(CircuitStatus.DOWN, pair.now);
        pair.passes(10_000);
        assertFalse(ours.data().orElseThrow().remoteCircuit().active());
    }

    @Test
    void errorsOfACircuitAreTold() {
        TunnelPair pair = pair();
        Session ours = connected(pair, ETHERNET);
        ours.reportErrors(new CallErrors(1, 2, 3, 4, 5, 6), pair.now);
        pair.settle();
        assertEquals(new CallErrors(1, 2, 3, 4, 5, 6), pair.second.up.get(0).callErrors().orElseThrow());
    }
}
