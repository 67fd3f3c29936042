package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.ScriptedPeer.config;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ResultCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Incoming calls as LAC and as LNS (RFC 2661 sections 7.4.1 and 7.4.2). */
class CallsTest {

    private static final ResultCode ADMIN = ResultCode.of(CallResult.ADMINISTRATIVE, "");
    private static final CallConfig CALL = new CallConfig(0,
            new IncomingCall(0xfedcba98L, 2, 9, "0123", "0456", "sub"),
            new ConnectedCall(2_000_000, 512_000, 1, true, "blue", Map.of()));

    // As LAC

    @Test
    void threeMessagesBringACallUpAsLac() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        Session session = peer.tunnel.placeIncomingCall(CALL, peer.now).orElseThrow();
        ControlMessage icrq = peer.last();
        assertEquals(MessageType.ICRQ, icrq.type());
        assertEquals(0, icrq.sessionId());
        assertEquals(session.localId(), icrq.integer(AvpType.ASSIGNED_SESSION_ID, 0));
        assertEquals(0xfedcba98L, icrq.number(AvpType.CALL_SERIAL_NUMBER, 0));
        assertEquals(2, icrq.integer(AvpType.BEARER_TYPE, 0));
        assertEquals(9, icrq.integer(AvpType.PHYSICAL_CHANNEL_ID, 0));
        assertEquals("0123", icrq.text(AvpType.CALLING_NUMBER));
        assertEquals("0456", icrq.text(AvpType.CALLED_NUMBER));
        assertEquals("sub", icrq.text(AvpType.SUB_ADDRESS));

        peer.says(icrp(peer, session, 33));
        ControlMessage iccn = peer.last();
        assertEquals(MessageType.ICCN, iccn.type());
        assertEquals(33, iccn.sessionId());
        assertEquals(2_000_000, iccn.number(AvpType.TX_CONNECT_SPEED, 0));
        assertEquals(512_000, iccn.number(AvpType.RX_CONNECT_SPEED, 0));
        assertEquals(1, iccn.integer(AvpType.FRAMING_TYPE, 0));
        assertEquals("blue", iccn.text(AvpType.PRIVATE_GROUP_ID));
        assertTrue(iccn.has(AvpType.SEQUENCING_REQUIRED));
        assertEquals(SessionState.ESTABLISHED, session.state());
        assertFalse(session.mayCarryData(), "not before ICCN is acknowledged");
        assertEquals(List.of("established", "session established"), peer.events);

        peer.acknowledges();
        assertTrue(session.mayCarryData());
        assertEquals("data may flow", peer.events.get(2));
    }

    @Test
    void callsWaitForTheTunnel() {
        ScriptedPeer peer = ScriptedPeer.originating(config().build());
        Session first = peer.tunnel.placeIncomingCall(CALL, 0).orElseThrow();
        Session second = peer.tunnel.placeIncomingCall(CALL, 0).orElseThrow();
        second.close(ADMIN, 0);
        assertEquals(SessionState.WAIT_TUNNEL, first.state());
        peer.says(peer.sccrp());
        peer.acknowledges();
        assertEquals(List.of(MessageType.SCCRQ, MessageType.SCCCN, MessageType.ICRQ), peer.sentTypes());
        assertEquals(SessionState.WAIT_REPLY, first.state());
    }

    @Test
    void onlyAFramingThatTheLnsHasIsNamed() {
        ScriptedPeer peer = ScriptedPeer.answering(config().build(), new MessageWriter(MessageType.SCCRQ, 0, 0)
                .number(AvpType.PROTOCOL_VERSION, 0x0100).text(AvpType.HOST_NAME, "there.example.net")
                .number(AvpType.FRAMING_CAPABILITIES, 2).number(AvpType.ASSIGNED_TUNNEL_ID, ScriptedPeer.PEER_ID)
                .text(AvpType.VENDOR_NAME, "of some length").toBytes());
        peer.says(peer.message(MessageType.SCCCN, 0));
        assertEquals(Optional.empty(), peer.tunnel.placeIncomingCall(CALL, peer.now), "synchronous only");
        assertTrue(peer.sessionClosed.words().contains("no framing"), peer.sessionClosed.words());
        Session either = peer.tunnel.placeIncomingCall(new CallConfig(0, CALL.request(),
                new ConnectedCall(1, 1, 3, false, "", Map.of())), peer.now).orElseThrow();
        peer.says(icrp(peer, either, 33));
        assertEquals(2, peer.last().integer(AvpType.FRAMING_TYPE, 0));
    }

    @Test
    void aRefusedCallSaysWhy() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        Session session = peer.tunnel.placeIncomingCall(CALL, peer.now).orElseThrow();
        peer.says(peer.message(MessageType.CDN, session.localId()).resultCode(ResultCode.of(CallResult.BUSY, ""))
                .number(AvpType.ASSIGNED_SESSION_ID, 33).disconnectCause(new DisconnectCause(16, 0xc023, 0, "")));
        assertEquals(CloseCause.Kind.PEER, peer.sessionClosed.kind());
        assertEquals(CallResult.BUSY.code(), peer.sessionClosed.result().orElseThrow().result());
        assertEquals(16, peer.sessionClosed.disconnect().orElseThrow().code());
        assertTrue(peer.sessionClosed.words().contains("busy")
                && peer.sessionClosed.words().contains("bad name, password"), peer.sessionClosed.words());
    }

    @Test
    void aCallThatIsNotAnsweredInTimeIsGivenUp() {
        ScriptedPeer peer = ScriptedPeer.established(config().sessionEstablishTimeoutMillis(20_000).build());
        Session session = peer.tunnel.placeIncomingCall(CALL, peer.now).orElseThrow();
        peer.acknowledges();
        peer.passes(20_000);
        assertEquals(MessageType.CDN, peer.last().type());
        assertEquals(0, peer.last().sessionId());
        assertEquals(session.localId(), peer.last().integer(AvpType.ASSIGNED_SESSION_ID, 0));
        assertEquals(CallResult.NOT_IN_TIME.code(), peer.last().resultCode().orElseThrow().result());
        assertEquals(CloseCause.Kind.TIMEOUT, peer.sessionClosed.kind());
    }

    @Test
    void aFixedSessionIdIsTakenUnlessInUse() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        CallConfig fixed = new CallConfig(77, CALL.request(), CALL.connected());
        assertEquals(77, peer.tunnel.placeIncomingCall(fixed, peer.now).orElseThrow().localId());
        assertEquals(Optional.empty(), peer.tunnel.placeIncomingCall(fixed, peer.now));
    }

    @Test
    void theIdOfAClosedSessionRestsForTwoMinutes() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        CallConfig fixed = new CallConfig(77, CALL.request(), CALL.connected());
        peer.tunnel.placeIncomingCall(fixed, peer.now).orElseThrow().close(ADMIN, peer.now);
        peer.acknowledges();
        peer.acknowledges();
        peer.now += 119_999;
        assertEquals(Optional.empty(), peer.tunnel.placeIncomingCall(fixed, peer.now));
        peer.now += 1;
        assertEquals(77, peer.tunnel.placeIncomingCall(fixed, peer.now).orElseThrow().localId());
    }

    @Test
    void anLnsPlacesNoIncomingCalls() {
        ScriptedPeer peer = ScriptedPeer.established(config().role(Role.LNS).build());
        assertEquals(Optional.empty(), peer.tunnel.placeIncomingCall(CALL, peer.now));
    }

    @Test
    void proxyAuthenticationGoesOutHidden() {
        byte[] secret = "s".getBytes(StandardCharsets.UTF_8);
        ScriptedPeer peer = ScriptedPeer.established(config().secret(secret).hideAvps(true).build());
        Session session = peer.tunnel.placeIncomingCall(new CallConfig(0, CALL.request(), new ConnectedCall(1, 1, 1,
                false, "", Map.of(AvpType.PROXY_AUTHEN_RESPONSE, "password".getBytes(StandardCharsets.UTF_8)))),
                peer.now).orElseThrow();
        peer.says(icrp(peer, session, 33));
        String octets = new String(peer.sentOctets.get(peer.sentOctets.size() - 1), StandardCharsets.ISO_8859_1);
        assertFalse(octets.contains("password"));
        assertEquals("password", new String(peer.last().octets(AvpType.PROXY_AUTHEN_RESPONSE),
                StandardCharsets.UTF_8));
    }

    @Test
    void aCallThatCannotBeSentIsTheCallersError() {
        assertThrows(IllegalArgumentException.class, () -> new CallConfig(0,
                new IncomingCall(1, 0, 0, "1".repeat(401), "", ""), CALL.connected()));
    }

    // As LNS

    @Test
    void threeMessagesBringACallUpAsLns() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.says(peer.icrq(33).text(AvpType.CALLING_NUMBER, "0123"));
        Session session = peer.offered.get(0);
        assertEquals("0123", session.call().callingNumber());
        assertEquals(SessionState.WAIT_ANSWER, session.state());
        peer.passes(5_000);
        session.accept(peer.now);
        assertEquals(MessageType.ICRP, peer.last().type());
        assertEquals(33, peer.last().sessionId());
        assertEquals(session.localId(), peer.last().integer(AvpType.ASSIGNED_SESSION_ID, 0));
        peer.says(peer.message(MessageType.ICCN, session.localId()).number(AvpType.TX_CONNECT_SPEED, 1000)
                .number(AvpType.RX_CONNECT_SPEED, 500).number(AvpType.FRAMING_TYPE, 2)
                .number(AvpType.PROXY_AUTHEN_TYPE, 2).octets(AvpType.PROXY_AUTHEN_NAME, new byte[] {1}));
        assertTrue(session.mayCarryData());
        assertEquals(1000, peer.connected.txConnectSpeed());
        assertEquals(500, peer.connected.rxConnectSpeed());
        assertEquals(2, peer.connected.framingType());
        assertArrayEquals(new byte[] {1}, peer.connected.proxy().get(AvpType.PROXY_AUTHEN_NAME));
        assertFalse(peer.events.contains("data may flow"), "only a LAC waits for that");
    }

    @Test
    void anIccnWithoutSpeedAndFramingIsTaken() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.says(peer.icrq(33));
        peer.offered.get(0).accept(peer.now);
        peer.says(peer.message(MessageType.ICCN, peer.offered.get(0).localId()));
        assertEquals(new ConnectedCall(0, 0, 0, false, "", Map.of()), peer.connected);
    }

    @Test
    void aCallCanBeRefusedLater() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.says(peer.icrq(33));
        peer.passes(1_000);
        peer.offered.get(0).reject(ResultCode.of(CallResult.NO_FACILITIES_NOW, "pool empty"), peer.now);
        assertEquals(MessageType.CDN, peer.last().type());
        assertEquals(33, peer.last().sessionId());
        assertEquals("pool empty", peer.last().resultCode().orElseThrow().message());
        assertTrue(peer.tunnel.sessions().isEmpty());
    }

    @Test
    void aCallThatThePeerTakesBackBeforeItKnowsOurIdIsFoundByItsOwn() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        peer.says(peer.icrq(33));
        peer.says(peer.message(MessageType.CDN, 0).resultCode(ADMIN).number(AvpType.ASSIGNED_SESSION_ID, 33));
        assertEquals(CloseCause.Kind.PEER, peer.sessionClosed.kind());
        peer.offered.get(0).accept(peer.now);
        peer.passes(100);
        assertFalse(peer.sentTypes().contains(MessageType.ICRP), "an answer that comes too late does nothing");
    }

    @Test
    void moreCallsThanTheLimitAreRefused() {
        ScriptedPeer peer = ScriptedPeer.established(config().maxSessions(1).build());
        peer.callUp(33);
        peer.says(peer.icrq(34));
        ResultCode result = peer.last().resultCode().orElseThrow();
        assertEquals(34, peer.last().sessionId());
        assertEquals(CallResult.NO_FACILITIES_NOW.code(), result.result());
        assertEquals(1, peer.count(Counter.CALLS_LIMITED));
        assertEquals(1, peer.tunnel.sessions().size());
    }

    @Test
    void aLacAnswersNoCalls() {
        ScriptedPeer peer = ScriptedPeer.established(config().role(Role.LAC).build());
        peer.says(peer.icrq(33));
        assertEquals(CallResult.NO_FACILITIES.code(), peer.last().resultCode().orElseThrow().result());
        assertTrue(peer.offered.isEmpty());
    }

    @Test
    void anUnknownMandatoryAvpEndsItsSessionOnly() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        Session kept = peer.callUp(33);
        byte[] icrq = peer.icrq(34).text(AvpType.CALLED_NUMBER, "1").toBytes();
        icrq[icrq.length - 4] = 9;
        peer.sends(icrq, peer.ns++, peer.nr);
        ResultCode result = peer.last().resultCode().orElseThrow();
        assertEquals(MessageType.CDN, peer.last().type());
        assertEquals(34, peer.last().sessionId());
        assertEquals(ErrorCode.UNKNOWN_MANDATORY_AVP.code(), result.error());
        assertEquals(SessionState.ESTABLISHED, kept.state());

        byte[] sli = peer.message(MessageType.SLI, kept.localId()).text(AvpType.CALLED_NUMBER, "1").toBytes();
        sli[sli.length - 4] = 9;
        peer.sends(sli, peer.ns++, peer.nr);
        assertEquals(SessionState.CLOSED, kept.state());
        assertEquals(33, peer.last().sessionId());
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @ParameterizedTest
    @EnumSource(names = {"ICRP", "ICCN", "OCRP", "OCCN"})
    void aMessageThatTheStateDoesNotAllowEndsTheSession(MessageType type) {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        Session session = peer.callUp(33);
        peer.says(peer.message(type, session.localId()).number(AvpType.ASSIGNED_SESSION_ID, 33));
        assertEquals(SessionState.CLOSED, session.state());
        assertEquals(CloseCause.Kind.PROTOCOL, peer.sessionClosed.kind());
        assertEquals(MessageType.CDN, peer.last().type());
    }

    @Test
    void anIcrqForASessionThatThePeerHasAlreadyEndsIt() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        Session session = peer.callUp(33);
        peer.says(peer.icrq(33));
        assertEquals(SessionState.CLOSED, session.state());
        assertTrue(peer.tunnel.sessions().isEmpty());
    }

    @Test
    void messagesForNoSessionAreAcknowledgedAndCounted() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        for (MessageType type : List.of(MessageType.ICRP, MessageType.ICCN, MessageType.CDN, MessageType.WEN,
                MessageType.SLI, MessageType.OCRP, MessageType.OCCN)) {
            peer.says(peer.message(type, 4444));
        }
        assertEquals(7, peer.count(Counter.NO_SUCH_SESSION));
        peer.passes(100);
        assertEquals(peer.ns, peer.last().nr());
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @Test
    void aCdnWithAnotherAssignedIdIsTakenUnlessConfiguredOtherwise() {
        for (boolean lenient : List.of(true, false)) {
            ScriptedPeer peer = ScriptedPeer.established(config().acceptWrongAssignedId(lenient).build());
            Session session = peer.callUp(33);
            peer.says(peer.message(MessageType.CDN, session.localId()).resultCode(ADMIN)
                    .number(AvpType.ASSIGNED_SESSION_ID, 99));
            assertEquals(lenient ? SessionState.CLOSED : SessionState.ESTABLISHED, session.state());
            assertEquals(1, peer.count(Counter.WRONG_ASSIGNED_ID));
        }
    }

    @Test
    void identifiersRestAfterUseAndAreNeverZero() {
        IdPool pool = new IdPool(new Random(3), 1_000);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 65_535; i++) {
            int id = pool.lend(0);
            assertTrue(id >= 1 && id <= 65_535 && seen.add(id));
        }
        assertEquals(0, pool.lend(0));
        pool.giveBack(5, 0);
        pool.giveBack(6, 0);
        assertEquals(65_533, pool.lent());
        assertEquals(5, pool.lend(10), "the one that rested longest, since there is no other");
        assertFalse(pool.take(6, 10));
        assertTrue(pool.take(6, 1_000));
    }

    private static MessageWriter icrp(ScriptedPeer peer, Session session, int id) {
        return peer.message(MessageType.ICRP, session.localId()).number(AvpType.ASSIGNED_SESSION_ID, id);
    }
}
