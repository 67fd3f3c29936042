package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.ScriptedPeer.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ResultCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outgoing calls as LAC and as LNS (RFC 2661 sections 7.5.1 and 7.5.2). */
class OutgoingCallsTest {

    private static final ConnectedCall CONNECTED = new ConnectedCall(128_000, 64_000, 2, true, "", Map.of());
    private static final OutgoingCall CALL = new OutgoingCall(0xfedcba98L, 9_600, 0xffffffffL, 2, 1, "0456", "sub");

    // As LAC

    @Test
    void threeMessagesBringACallUpAsLac() {
        ScriptedPeer peer = taking();
        peer.says(peer.ocrq(33));
        assertEquals(List.of("established", "outgoing call 33"), peer.events);
        Session session = peer.offered.get(0);
        assertEquals(CallType.LAC_OUTGOING, session.type());
        assertFalse(session.type().isPlacedHere());
        assertEquals(new OutgoingCall(33, 64_000, 0xffffffffL, 1, 2, "0456", "sub"), session.call());

        session.accept(peer.now);
        ControlMessage ocrp = peer.last();
        assertEquals(MessageType.OCRP, ocrp.type());
        assertEquals(33, ocrp.sessionId());
        assertEquals(session.localId(), ocrp.integer(AvpType.ASSIGNED_SESSION_ID, 0));
        assertEquals(SessionState.WAIT_CS_ANSWER, session.state());

        session.connect(CONNECTED, peer.now);
        ControlMessage occn = peer.last();
        assertEquals(MessageType.OCCN, occn.type());
        assertEquals(33, occn.sessionId());
        assertEquals(128_000, occn.number(AvpType.TX_CONNECT_SPEED, 0));
        assertEquals(64_000, occn.number(AvpType.RX_CONNECT_SPEED, 0));
        assertEquals(2, occn.integer(AvpType.FRAMING_TYPE, 0));
        assertTrue(occn.has(AvpType.SEQUENCING_REQUIRED));
        assertEquals(SessionState.ESTABLISHED, session.state());
        assertFalse(session.mayCarryData(), "not before OCCN is acknowledged");
        peer.acknowledges();
        assertTrue(session.mayCarryData());
        assertEquals(List.of("session established", "data may flow"), peer.events.subList(2, 4));
        assertTrue(peer.sent.stream().allMatch(m -> m.missing().isEmpty() && m.misplaced().isEmpty()));
    }

    @Test
    void nobodyPlacesCallsForItsPeerUnlessToldSo() {
        for (TunnelConfig config : List.of(config().build(),
                config().role(Role.LNS).takeOutgoingCalls(true).build())) {
            ScriptedPeer peer = ScriptedPeer.established(config);
            peer.says(peer.ocrq(33));
            assertEquals(MessageType.CDN, peer.last().type());
            assertEquals(33, peer.last().sessionId());
            ResultCode result = peer.last().resultCode().orElseThrow();
            assertEquals(CallResult.NO_FACILITIES.code(), result.result());
            assertEquals("this end places no calls for its peer", result.message());
            assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
            assertTrue(peer.offered.isEmpty());
        }
    }

    @Test
    void aCallThatFailsIsTakenBack() {
        ScriptedPeer peer = taking();
        peer.says(peer.ocrq(33));
        peer.offered.get(0).accept(peer.now);
        peer.offered.get(0).close(ResultCode.of(CallResult.BUSY, ""), peer.now);
        assertEquals(MessageType.CDN, peer.last().type());
        assertEquals(CallResult.BUSY.code(), peer.last().resultCode().orElseThrow().result());
        peer.offered.get(0).connect(CONNECTED, peer.now);
        peer.passes(100);
        assertFalse(peer.sentTypes().contains(MessageType.OCCN), "an answer that comes too late does nothing");
    }

    @Test
    void aCallIsNotConnectedBeforeItIsAccepted() {
        ScriptedPeer peer = taking();
        peer.says(peer.ocrq(33));
        peer.offered.get(0).connect(CONNECTED, peer.now);
        assertEquals(SessionState.WAIT_ANSWER, peer.offered.get(0).state());
    }

    @Test
    void aRemoteSystemThatNeverAnswersEndsTheCallInTime() {
        ScriptedPeer peer = ScriptedPeer.established(config().takeOutgoingCalls(true)
                .sessionEstablishTimeoutMillis(30_000).build());
        peer.says(peer.ocrq(33));
        peer.offered.get(0).accept(peer.now);
        peer.acknowledges();
        peer.passes(30_000);
        assertEquals(CallResult.NOT_IN_TIME.code(), peer.last().resultCode().orElseThrow().result());
        assertTrue(peer.sessionClosed.words().contains("WAIT_CS_ANSWER"), peer.sessionClosed.words());
    }

    @Test
    void aRequestWithoutWhatNobodyNeedsIsTakenAndCounted() {
        ScriptedPeer peer = taking();
        peer.says(peer.message(MessageType.OCRQ, 0).number(AvpType.ASSIGNED_SESSION_ID, 33));
        assertEquals(1, peer.offered.size());
        assertEquals(6, peer.count(Counter.AVPS_MISSING));
    }

    // As LNS

    @Test
    void threeMessagesBringACallUpAsLns() {
        ScriptedPeer peer = ScriptedPeer.originating(config().role(Role.LNS).build());
        Session session = peer.tunnel.placeOutgoingCall(77, CALL, peer.now).orElseThrow();
        assertEquals(SessionState.WAIT_TUNNEL, session.state());
        peer.says(peer.sccrp().number(AvpType.BEARER_CAPABILITIES, 3));
        peer.acknowledges();
        ControlMessage ocrq = peer.last();
        assertEquals(MessageType.OCRQ, ocrq.type());
        assertEquals(0, ocrq.sessionId());
        assertEquals(77, ocrq.integer(AvpType.ASSIGNED_SESSION_ID, 0));
        assertEquals(0xfedcba98L, ocrq.number(AvpType.CALL_SERIAL_NUMBER, 0));
        assertEquals(9_600, ocrq.number(AvpType.MINIMUM_BPS, 0));
        assertEquals(0xffffffffL, ocrq.number(AvpType.MAXIMUM_BPS, 0));
        assertEquals(2, ocrq.integer(AvpType.BEARER_TYPE, 0));
        assertEquals(1, ocrq.integer(AvpType.FRAMING_TYPE, 0));
        assertEquals("0456", ocrq.text(AvpType.CALLED_NUMBER));
        assertEquals("sub", ocrq.text(AvpType.SUB_ADDRESS));
        assertTrue(ocrq.missing().isEmpty() && ocrq.misplaced().isEmpty());

        peer.says(ocrp(peer, session, 33));
        assertEquals(SessionState.WAIT_CONNECT, session.state());
        assertFalse(session.mayCarryData());
        peer.says(occn(peer, session));
        assertEquals(SessionState.ESTABLISHED, session.state());
        assertEquals(33, session.remoteId());
        assertTrue(session.mayCarryData(), "the LAC is ready");
        assertEquals(new ConnectedCall(56_000, 56_000, 1, false, "", Map.of()), peer.connected);
    }

    @Test
    void aCallWithNobodyToDialStillSaysSo() {
        ScriptedPeer peer = ScriptedPeer.establishedWithLac(config().build());
        peer.tunnel.placeOutgoingCall(0, new OutgoingCall(1, 0, 0, 0, 3, "", ""), peer.now).orElseThrow();
        assertTrue(peer.last().has(AvpType.CALLED_NUMBER));
        assertTrue(peer.last().missing().isEmpty());
    }

    @Test
    void aLacIsAskedOnlyForWhatItSaysItHas() {
        ScriptedPeer without = ScriptedPeer.established(config().build());
        assertEquals(Optional.empty(), without.tunnel.placeOutgoingCall(0, CALL, without.now));
        assertTrue(without.sentTypes().isEmpty());
        assertTrue(without.sessionClosed.words().contains("no bearer or framing"), without.sessionClosed.words());

        ScriptedPeer digital = ScriptedPeer.established(config().build(),
                ScriptedPeer.sccrq().number(AvpType.BEARER_CAPABILITIES, 1));
        digital.tunnel.placeOutgoingCall(0, new OutgoingCall(1, 0, 0, 3, 3, "", ""), digital.now).orElseThrow();
        assertEquals(1, digital.last().integer(AvpType.BEARER_TYPE, 0));
        assertEquals(3, digital.last().integer(AvpType.FRAMING_TYPE, 0));
        assertEquals(Optional.empty(), digital.tunnel.placeOutgoingCall(0, CALL, digital.now), "analog only");
    }

    @Test
    void aLacAsksForNoOutgoingCalls() {
        ScriptedPeer peer = ScriptedPeer.established(config().role(Role.LAC).build());
        assertEquals(Optional.empty(), peer.tunnel.placeOutgoingCall(0, CALL, peer.now));
    }

    @Test
    void aReplyWithoutASessionIsRefusedWithTheReason() {
        ScriptedPeer peer = ScriptedPeer.establishedWithLac(config().build());
        Session session = peer.tunnel.placeOutgoingCall(0, CALL, peer.now).orElseThrow();
        peer.says(peer.message(MessageType.OCRP, session.localId()));
        assertEquals(ErrorCode.BAD_VALUE.code(), peer.last().resultCode().orElseThrow().error());
        assertEquals("the peer sent OCRP without Assigned Session ID", peer.sessionClosed.words());
    }

    @ParameterizedTest
    @EnumSource(names = {"ICRP", "ICCN", "OCCN"})
    void whatDoesNotBelongToAnOutgoingCallEndsIt(MessageType type) {
        ScriptedPeer peer = ScriptedPeer.establishedWithLac(config().build());
        Session session = peer.tunnel.placeOutgoingCall(0, CALL, peer.now).orElseThrow();
        peer.says(peer.message(type, session.localId()).number(AvpType.ASSIGNED_SESSION_ID, 33));
        assertEquals(MessageType.CDN, peer.last().type());
        assertEquals(ErrorCode.INVALID_SESSION_ID.code(), peer.last().resultCode().orElseThrow().error());
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @Test
    void aSecondReplyEndsTheCall() {
        ScriptedPeer peer = ScriptedPeer.establishedWithLac(config().build());
        Session session = peer.tunnel.placeOutgoingCall(0, CALL, peer.now).orElseThrow();
        peer.says(ocrp(peer, session, 33));
        peer.says(ocrp(peer, session, 34));
        assertEquals(SessionState.CLOSED, session.state());
        assertEquals(33, peer.last().sessionId());
    }

    @Test
    void aNumberThatNoMessageHoldsIsRefusedAtOnce() {
        ScriptedPeer peer = ScriptedPeer.establishedWithLac(config().build());
        assertThrows(IllegalArgumentException.class, () -> peer.tunnel.placeOutgoingCall(0,
                new OutgoingCall(1, 0, 0, 0, 3, "1".repeat(401), ""), peer.now));
    }

    private static ScriptedPeer taking() {
        return ScriptedPeer.established(config().takeOutgoingCalls(true).build());
    }

    private static MessageWriter ocrp(ScriptedPeer peer, Session session, int peerSessionId) {
        return peer.message(MessageType.OCRP, session.localId()).number(AvpType.ASSIGNED_SESSION_ID, peerSessionId);
    }

    private static MessageWriter occn(ScriptedPeer peer, Session session) {
        return peer.message(MessageType.OCCN, session.localId()).number(AvpType.TX_CONNECT_SPEED, 56_000)
                .number(AvpType.FRAMING_TYPE, 1);
    }
}
