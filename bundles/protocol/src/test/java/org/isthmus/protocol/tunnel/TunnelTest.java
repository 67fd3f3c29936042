package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.ScriptedPeer.PEER_ID;
import static org.isthmus.protocol.tunnel.ScriptedPeer.TUNNEL_ID;
import static org.isthmus.protocol.tunnel.ScriptedPeer.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.junit.jupiter.api.Test;

/** An established tunnel: keepalive, end, and what must not hurt it. */
class TunnelTest {

    private static final ResultCode CLEAR = ResultCode.of(StopResult.CLEAR, "");

    @Test
    void helloIsSentOnlyAfterQuiet() {
        ScriptedPeer peer = ScriptedPeer.established(config().helloIntervalMillis(30_000).build());
        long start = peer.now;
        peer.passes(20_000);
        peer.tunnel.dataSeen(peer.now);
        peer.passes(29_000);
        assertTrue(peer.sent.isEmpty(), "data had been seen");
        peer.passes(1_000);
        assertEquals(List.of(MessageType.HELLO), peer.sentTypes());
        assertEquals(start + 50_000, peer.now);
        assertEquals(0, peer.last().sessionId());
        peer.acknowledges();
        peer.passes(29_999);
        assertEquals(1, peer.sent.size());
        peer.passes(1);
        assertEquals(2, peer.sent.size());
    }

    @Test
    void helloCanBeOffAndChangedWhileUp() {
        ScriptedPeer peer = ScriptedPeer.established(config().helloIntervalMillis(0).build());
        peer.passes(1_000_000);
        assertTrue(peer.sent.isEmpty());
        assertEquals(Long.MAX_VALUE, peer.tunnel.nextTimeoutMillis());
        peer.tunnel.reconfigure(peer.tunnel.config().toBuilder().helloIntervalMillis(5_000).maxRetries(1).build(),
                peer.now);
        peer.passes(0);
        assertEquals(List.of(MessageType.HELLO), peer.sentTypes());
        peer.passes(3_000);
        assertEquals(List.of("established", "closed", "finished"), peer.events, "one retry, then given up");
    }

    @Test
    void aMessageWithoutAcknowledgementIsRepeatedAtOneTwoFourEightEightSecondsThenTheTunnelIsGivenUp() {
        ScriptedPeer peer = ScriptedPeer.established(config().helloIntervalMillis(60_000).build());
        long start = 60_000;
        peer.passes(60_000);
        long[] expected = {1_000, 3_000, 7_000, 15_000, 23_000};
        for (int i = 0; i < expected.length; i++) {
            peer.passes(start + expected[i] - 1 - peer.now);
            assertEquals(1 + i, peer.sent.size(), "before retransmission " + (i + 1));
            peer.passes(1);
            assertEquals(2 + i, peer.sent.size(), "retransmission " + (i + 1));
        }
        peer.passes(start + 31_000 - 1 - peer.now);
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
        peer.passes(1);
        assertEquals(TunnelState.FINISHED, peer.tunnel.state());
        assertEquals(CloseCause.Kind.UNREACHABLE, peer.closed.kind());
        assertEquals("HELLO was not acknowledged after 5 retries; the peer was last heard 91 s ago",
                peer.closed.words());
        assertEquals(5, peer.count(Counter.RETRANSMITS));
    }

    @Test
    void anUnansweredSccrqSaysThatThePeerNeverAnswered() {
        ScriptedPeer peer = ScriptedPeer.originating(config().build());
        peer.passes(31_000);
        assertEquals("SCCRQ was not acknowledged after 5 retries; the peer never answered", peer.closed.words());
        assertEquals(List.of("closed", "finished"), peer.events);
        assertEquals(6, peer.sent.size());
    }

    @Test
    void closingSendsStopCcnAndThenLingers() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        Session session = peer.callUp(5);
        peer.sent.clear();
        peer.tunnel.close(CLEAR, peer.now);
        assertEquals(List.of(MessageType.STOPCCN), peer.sentTypes());
        assertEquals(TUNNEL_ID, peer.last().integer(AvpType.ASSIGNED_TUNNEL_ID, 0));
        assertEquals(SessionState.CLOSED, session.state());
        assertEquals(List.of("session closed", "closed"), peer.events.subList(peer.events.size() - 2,
                peer.events.size()));
        assertEquals(TunnelState.CLOSING, peer.tunnel.state());
        peer.acknowledges();
        assertEquals(TunnelState.LINGERING, peer.tunnel.state());
        peer.passes(30_999);
        assertFalse(peer.events.contains("finished"));
        peer.passes(1);
        assertTrue(peer.events.contains("finished"));
    }

    @Test
    void aStopCcnIsAcknowledgedAsOftenAsItComesFor31Seconds() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        byte[] stopccn = stopccn(peer, PEER_ID).toBytes();
        int ns = peer.ns;
        peer.sends(stopccn, ns, peer.nr);
        assertEquals(CloseCause.Kind.PEER, peer.closed.kind());
        assertEquals(StopResult.SHUTTING_DOWN.code(), peer.closed.result().orElseThrow().result());
        for (int i = 1; i <= 5; i++) {
            peer.passes(6_000);
            assertEquals(i, peer.sent.size());
            assertEquals(MessageType.ZLB, peer.last().type());
            assertEquals(ns + 1, peer.last().nr());
            peer.sends(stopccn, ns, peer.nr);
        }
        peer.passes(1_100);
        assertEquals(TunnelState.FINISHED, peer.tunnel.state());
        peer.sends(stopccn, ns, peer.nr);
        peer.passes(10_000);
        assertEquals(6, peer.sent.size());
    }

    @Test
    void aLongReasonIsCutToWhatFits() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.tunnel.close(ResultCode.of(StopResult.CLEAR, "ä".repeat(5_000)), peer.now);
        assertEquals("ä".repeat(100), peer.last().resultCode().orElseThrow().message());
    }

    @Test
    void crossingStopCcnsEndBothWaysOnce() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.tunnel.close(CLEAR, peer.now);
        peer.says(stopccn(peer, PEER_ID));
        peer.acknowledges();
        peer.passes(60_000);
        assertEquals(List.of("established", "closed", "finished"), peer.events);
        assertEquals(CloseCause.Kind.LOCAL, peer.closed.kind());
    }

    @Test
    void aTunnelWithoutSessionsIsClosedAfterItsIdleTime() {
        ScriptedPeer peer = ScriptedPeer.established(config().idleTimeoutMillis(90_000).helloIntervalMillis(0)
                .build());
        Session session = peer.callUp(5);
        peer.acknowledges();
        peer.passes(200_000);
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
        session.close(ResultCode.of(CallResult.ADMINISTRATIVE, ""), peer.now);
        peer.acknowledges();
        peer.passes(89_999);
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
        peer.passes(1);
        assertEquals(CloseCause.Kind.IDLE, peer.closed.kind());
    }

    // What must not hurt it

    @Test
    void whatDoesNotFitTheSequenceIsDroppedAndCounted() {
        ScriptedPeer peer = ScriptedPeer.established(config().receiveWindowSize(10).build());
        byte[] stopccn = stopccn(peer, PEER_ID).toBytes();
        peer.sends(stopccn, peer.ns + 10, peer.nr);
        peer.sends(stopccn, peer.ns + 30_000, peer.nr);
        assertEquals(2, peer.count(Counter.NS_OUT_OF_WINDOW));
        peer.sends(stopccn, peer.ns, peer.nr + 1);
        peer.sends(stopccn, peer.ns, peer.nr - 5 & 0xffff);
        peer.sends(stopccn, peer.ns, 40_000);
        assertEquals(3, peer.count(Counter.NR_OUT_OF_WINDOW));
        peer.sends(stopccn, peer.ns - 1, peer.nr);
        assertEquals(1, peer.count(Counter.DUPLICATES));
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
        assertEquals(List.of("established"), peer.events);
    }

    @Test
    void anotherTunnelIdIsDroppedAndZeroTooUnlessThePeerIsKnownForIt() {
        ScriptedPeer strict = ScriptedPeer.established(config().build());
        byte[] hello = new MessageWriter(MessageType.HELLO, 0, 0).toBytes();
        strict.sends(hello, strict.ns, strict.nr);
        strict.sends(new MessageWriter(MessageType.HELLO, 999, 0).toBytes(), strict.ns, strict.nr);
        assertEquals(2, strict.count(Counter.WRONG_TUNNEL_ID));
        assertEquals(0, strict.tunnel.counters().received(MessageType.HELLO));

        ScriptedPeer lenient = ScriptedPeer.established(config().acceptZeroTunnelId(true).build());
        lenient.sends(hello, lenient.ns, lenient.nr);
        assertEquals(1, lenient.count(Counter.ZERO_TUNNEL_ID));
        assertEquals(1, lenient.tunnel.counters().received(MessageType.HELLO));
    }

    @Test
    void anScccnWithoutOurTunnelIdEstablishesNothing() {
        ScriptedPeer peer = ScriptedPeer.answering(config().acceptZeroTunnelId(true).build(),
                ScriptedPeer.sccrq().toBytes());
        peer.sends(new MessageWriter(MessageType.SCCCN, 0, 0).toBytes(), 1, 1);
        assertEquals(TunnelState.WAIT_CTL_CONN, peer.tunnel.state());
        assertEquals(1, peer.sent.size());
    }

    @Test
    void malformedMessagesAreDroppedAsIfTheyHadNeverCome() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        byte[] broken = peer.message(MessageType.HELLO, 0).text(AvpType.VENDOR_NAME, "abc").toBytes();
        broken[21] = 60;
        peer.sends(broken, peer.ns, peer.nr);
        assertEquals(1, peer.count(Counter.MALFORMED));
        peer.passes(1_000);
        assertTrue(peer.sent.isEmpty(), "not acknowledged");
        peer.says(peer.message(MessageType.HELLO, 0));
        peer.passes(1_000);
        assertEquals(MessageType.ZLB, peer.last().type());
        assertEquals(1, peer.tunnel.counters().received(MessageType.HELLO));
    }

    @Test
    void aHiddenAvpThatCannotBeReadCostsOnlyItsMessage() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.sends(peer.message(MessageType.CDN, 0).hiding(new byte[] {1}, new Random(1))
                .number(AvpType.ASSIGNED_SESSION_ID, 5).toBytes(), peer.ns, peer.nr);
        assertEquals(1, peer.count(Counter.HIDDEN_FAILED));
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @Test
    void anUnknownMandatoryMessageEndsTheTunnel() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        byte[] unknown = peer.message(MessageType.HELLO, 0).toBytes();
        unknown[19] = 99;
        peer.sends(unknown, peer.ns, peer.nr);
        assertEquals(MessageType.STOPCCN, peer.last().type());
        assertEquals(CloseCause.Kind.PROTOCOL, peer.closed.kind());
    }

    @Test
    void anUnknownMandatoryAvpOfTheTunnelEndsIt() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        byte[] hello = peer.message(MessageType.HELLO, 0).text(AvpType.HOST_NAME, "abc").toBytes();
        hello[23] = 9;
        peer.sends(hello, peer.ns, peer.nr);
        ResultCode result = peer.last().resultCode().orElseThrow();
        assertEquals(StopResult.GENERAL_ERROR.code(), result.result());
        assertEquals(ErrorCode.UNKNOWN_MANDATORY_AVP.code(), result.error());
        assertTrue(result.message().contains("vendor 9 attribute 7"), result.message());
        assertEquals(CloseCause.Kind.PROTOCOL, peer.closed.kind());
    }

    @Test
    void anUnknownOptionalAvpOrMessageIsIgnoredAndCounted() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        byte[] hello = peer.message(MessageType.HELLO, 0).text(AvpType.VENDOR_NAME, "abc").toBytes();
        hello[23] = 9;
        peer.sends(hello, peer.ns++, peer.nr);
        assertEquals(1, peer.count(Counter.AVPS_IGNORED));
        byte[] unknown = peer.message(MessageType.HELLO, 0).toBytes();
        unknown[12] = 0;
        unknown[19] = 20;
        peer.sends(unknown, peer.ns++, peer.nr);
        assertEquals(1, peer.count(Counter.MESSAGES_IGNORED));
        peer.passes(100);
        assertEquals(peer.ns, peer.last().nr(), "both are acknowledged");
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @Test
    void aMessageThatTheStateDoesNotAllowEndsTheTunnel() {
        for (MessageType type : List.of(MessageType.SCCRQ, MessageType.SCCRP, MessageType.SCCCN)) {
            ScriptedPeer peer = ScriptedPeer.established(config().build());
            peer.says(peer.message(type, 0));
            assertEquals(StopResult.FSM_ERROR.code(), peer.last().resultCode().orElseThrow().result());
            assertEquals(1, peer.count(Counter.UNEXPECTED));
        }
    }

    @Test
    void aStopCcnWithAnotherAssignedTunnelIdIsTakenUnlessConfiguredOtherwise() {
        ScriptedPeer lenient = ScriptedPeer.established(config().build());
        lenient.says(stopccn(lenient, 1));
        assertEquals(CloseCause.Kind.PEER, lenient.closed.kind());

        ScriptedPeer strict = ScriptedPeer.established(config().acceptWrongAssignedId(false).build());
        strict.says(stopccn(strict, 1));
        assertEquals(1, strict.count(Counter.WRONG_ASSIGNED_ID));
        assertEquals(TunnelState.ESTABLISHED, strict.tunnel.state());
    }

    @Test
    void aStopCcnWithTheShortestResultCodeOrNoneIsTaken() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.says(peer.message(MessageType.STOPCCN, 0));
        assertEquals("the peer sent StopCCN: no result code", peer.closed.words());
    }

    @Test
    void aPeerThatDoesNotAcknowledgeFillsOneQueueAndLosesOneTunnel() {
        ScriptedPeer peer = ScriptedPeer.established(config().sendQueueLimit(16).build());
        for (int i = 1; i <= 17; i++) {
            peer.tunnel.placeIncomingCall(new CallConfig(0, IncomingCall.numbered(i),
                    ConnectedCall.ofSpeed(1)), peer.now);
        }
        assertEquals(CloseCause.Kind.LIMIT, peer.closed.kind());
        assertEquals(1, peer.count(Counter.QUEUE_FULL));
        assertTrue(peer.tunnel.sessions().isEmpty());
    }

    @Test
    void eventsMayCallBack() {
        ScriptedPeer peer = new ScriptedPeer() {
            @Override
            public void established(Tunnel up, PeerFacts facts) {
                super.established(up, facts);
                up.close(CLEAR, now);
            }
        };
        peer.tunnel = Tunnel.open(config().build(), peer, new Random(1), 0);
        peer.tunnel.placeIncomingCall(new CallConfig(0, IncomingCall.numbered(1), ConnectedCall.ofSpeed(1)), 0);
        peer.says(peer.sccrp());
        assertEquals(List.of("established", "session closed", "closed"), peer.events);
        assertEquals(List.of(MessageType.SCCRQ, MessageType.STOPCCN), peer.sentTypes(),
                "what was not sent yet is not sent any more");
    }

    @Test
    void countersTellByType() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.callUp(5);
        peer.says(peer.message(MessageType.HELLO, 0));
        TunnelCounters counters = peer.tunnel.counters();
        assertEquals(1, counters.received(MessageType.ICCN));
        assertEquals(1, counters.sent(MessageType.ICRP));
        assertEquals(1, counters.received(MessageType.HELLO));
        assertEquals(5, peer.count(Counter.CONTROL_RECEIVED));
    }

    private static MessageWriter stopccn(ScriptedPeer peer, int assigned) {
        return peer.message(MessageType.STOPCCN, 0).number(AvpType.ASSIGNED_TUNNEL_ID, assigned)
                .resultCode(ResultCode.of(StopResult.SHUTTING_DOWN, ""));
    }
}
