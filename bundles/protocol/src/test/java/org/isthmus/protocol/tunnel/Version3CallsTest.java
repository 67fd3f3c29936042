package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.EthernetCalls.ETHERNET;
import static org.isthmus.protocol.tunnel.EthernetCalls.call;
import static org.isthmus.protocol.tunnel.EthernetCalls.circuit;
import static org.isthmus.protocol.tunnel.EthernetCalls.config;
import static org.isthmus.protocol.tunnel.EthernetCalls.connected;
import static org.isthmus.protocol.tunnel.EthernetCalls.pair;
import static org.isthmus.protocol.tunnel.TunnelPair.SECRET;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SequencingLevel;
import org.junit.jupiter.api.Test;

/** How sessions of version 3 come up and end (RFC 3931 sections 3.4, 5.4.4, 7.3 and 7.4). */
class Version3CallsTest {

    private static TunnelConfig signed(int id) {
        return config(id).secret(SECRET).hideAvps(true).v3(V3Config.DEFAULT.withDigest(DigestType.SHA1, true)).build();
    }

    @Test
    void threeMessagesBringASessionUpAndBothDataPathsAgree() {
        TunnelPair pair = pair();
        pair.second.answer = new PseudowireTerms(PseudowireType.ETHERNET, "", 4, true, SequencingLevel.NON_IP, false,
                CircuitStatus.UP);
        Session ours = connected(pair, circuit("port 1", false));
        Session theirs = pair.second.up.get(0);

        SessionData here = ours.data().orElseThrow();
        SessionData there = theirs.data().orElseThrow();
        assertEquals(PseudowireType.ETHERNET, there.type());
        assertEquals(8, here.localCookie().length);
        assertEquals(4, here.remoteCookie().length);
        assertArrayEquals(here.localCookie(), there.remoteCookie());
        assertArrayEquals(here.remoteCookie(), there.localCookie());
        assertTrue(here.sublayerSent() && there.sublayerExpected());
        assertFalse(here.sublayerExpected() || there.sublayerSent());
        assertEquals(SequencingLevel.NON_IP, here.sequencingSent());
        assertEquals(SequencingLevel.NON_IP, there.sequencingExpected());
        assertEquals(SequencingLevel.NONE, here.sequencingExpected());
        assertEquals("port 1", theirs.pseudowireRequest().orElseThrow().remoteEndId());
        assertTrue(here.remoteCircuit().carriesTraffic() && there.remoteCircuit().carriesTraffic());
        assertTrue(ours.mayCarryData() && theirs.mayCarryData());
        assertEquals(ours.localId(), theirs.remoteId());
        assertEquals(theirs.localId(), ours.remoteId());
        assertEquals(100_000_000_000L, theirs.connected().orElseThrow().txConnectSpeed());
        for (ControlMessage message : pair.messages()) {
            assertEquals(List.of(), message.missing(), message::toString);
            assertEquals(List.of(), message.misplaced(), message::toString);
        }
    }

    @Test
    void everythingThatMayBeHiddenIs() {
        TunnelPair pair = TunnelPair.up(signed(1), signed(2));
        connected(pair, ETHERNET);
        byte[] icrq = pair.wire.stream().filter(o -> TunnelPair.typeOf(o) == MessageType.ICRQ).findFirst()
                .orElseThrow();
        ControlMessage unread = (ControlMessage) ControlMessage.decode(ByteBuffer.wrap(icrq), SECRET);
        assertTrue(unread.has(AvpType.ASSIGNED_COOKIE) && unread.has(AvpType.RANDOM_VECTOR));
        assertTrue(ControlMessage.decode(ByteBuffer.wrap(icrq), new byte[0])
                instanceof Rejection);
    }

    @Test
    void nothingIsHiddenThatIsNotAuthenticated() {
        TunnelPair pair = TunnelPair.up(config(1).secret(SECRET).hideAvps(true).build(),
                config(2).secret(SECRET).build());
        connected(pair, ETHERNET);
        pair.messages().forEach(m -> assertFalse(m.has(AvpType.RANDOM_VECTOR), m::toString));
    }

    @Test
    void cookiesAndIdentifiersDifferFromSessionToSession() {
        TunnelPair pair = pair();
        Session one = connected(pair, ETHERNET);
        Session other = connected(pair, ETHERNET);
        assertNotEquals(one.localId(), other.localId());
        assertFalse(Arrays.equals(one.data().orElseThrow().localCookie(),
                other.data().orElseThrow().localCookie()));
    }

    @Test
    void outgoingCallsComeUpToo() {
        TunnelPair pair = TunnelPair.up(config(1).build(), config(2).takeOutgoingCalls(true).build());
        Session session = pair.first.tunnel.placeOutgoingCall(0,
                new OutgoingCall(3, 0, 5_000_000_000L, 1, 1, "0123", ""), PseudowireTerms.of(PseudowireType.PPP),
                pair.now).orElseThrow();
        pair.settle();
        assertEquals(SessionState.ESTABLISHED, session.state());
        assertEquals("0123", pair.second.offered.get(0).call().calledNumber());
        assertEquals(5_000_000_000L, ((OutgoingCall) pair.second.offered.get(0).call()).maximumBps());
        assertArrayEquals(session.data().orElseThrow().localCookie(),
                pair.second.up.get(0).data().orElseThrow().remoteCookie());
        assertTrue(session.mayCarryData() && pair.second.up.get(0).mayCarryData());
    }

    @Test
    void whatAPppCallTellsOfItsLinkGoesAlong() {
        TunnelPair pair = pair();
        pair.first.tunnel.placeIncomingCall(new CallConfig(0, new IncomingCall(1, 0, 9, "0123", "0456", ""),
                new ConnectedCall(10, 20, 1, false, "blue",
                        Map.of(AvpType.LAST_SENT_LCP_CONFREQ, new byte[] {1, 2}))), pair.now);
        pair.settle();
        Session theirs = pair.second.up.get(0);
        assertEquals("0123", theirs.call().callingNumber());
        assertEquals(9, ((IncomingCall) theirs.call()).physicalChannelId());
        ConnectedCall call = theirs.connected().orElseThrow();
        assertEquals("blue", call.privateGroupId());
        assertEquals(20, call.rxConnectSpeed());
        assertArrayEquals(new byte[] {1, 2}, call.proxy().get(AvpType.LAST_SENT_LCP_CONFREQ));
    }

    @Test
    void sharedIdentifiersAreUsedAndGivenBack() {
        IdPool shared = new IdPool(new Random(5), 1000);
        TunnelPair pair = TunnelPair.up(config(1).sessionIds(shared).build(), config(2).build());
        Session session = connected(pair, ETHERNET);
        assertEquals(1, shared.lent());
        session.close(ResultCode.of(CallResult.ADMINISTRATIVE, ""), pair.now);
        pair.settle();
        assertEquals(0, shared.lent());
        assertEquals(CallResult.ADMINISTRATIVE.code(),
                pair.second.sessionsClosed.get(0).result().orElseThrow().result());
    }

    @Test
    void aCallIsEndedByAPeerThatNeverLearnedItsIdentifier() {
        TunnelPair pair = pair();
        pair.second.answers = false;
        Session session = call(pair, pair.first, ETHERNET);
        pair.settle();
        session.close(ResultCode.of(CallResult.ADMINISTRATIVE, ""), pair.now);
        pair.settle();
        ControlMessage cdn = pair.messages().stream().filter(m -> m.type() == MessageType.CDN).findFirst().orElseThrow();
        assertEquals(0, cdn.sessionId());
        assertEquals(1, pair.second.sessionsClosed.size());
    }

    @Test
    void aPseudowireThatThePeerDoesNotHaveIsNotAskedFor() {
        TunnelPair pair = TunnelPair.up(config(1).build(),
                config(2).v3(V3Config.DEFAULT.withPseudowires(Set.of(PseudowireType.PPP))).build());
        assertTrue(pair.first.tunnel.placeIncomingCall(new CallConfig(0, IncomingCall.numbered(1),
                ConnectedCall.ofSpeed(1), ETHERNET), pair.now).isEmpty());
        pair.settle();
        assertEquals(CallResult.UNSUPPORTED_PSEUDOWIRE.code(),
                pair.first.sessionsClosed.get(0).result().orElseThrow().result());
        assertTrue(pair.messages().stream().noneMatch(m -> m.type() == MessageType.ICRQ));
    }

    @Test
    void whatIsAskedForAndCannotBeIsRefused() {
        assertEquals(14, refusal(icrq().number(AvpType.PSEUDOWIRE_TYPE, 1)));
        assertEquals(14, refusal(icrq().number(AvpType.PSEUDOWIRE_TYPE, 4)));
        assertEquals(14, refusal(icrq()));
        assertEquals(15, refusal(icrq().number(AvpType.PSEUDOWIRE_TYPE, 5).number(AvpType.DATA_SEQUENCING, 2)));
        assertEquals(2, refusal(icrq().number(AvpType.PSEUDOWIRE_TYPE, 5).number(AvpType.L2_SPECIFIC_SUBLAYER, 9)));
        assertEquals(2, refusal(icrq().number(AvpType.PSEUDOWIRE_TYPE, 5).octets(AvpType.ASSIGNED_COOKIE, new byte[3])));
    }

    private static MessageWriter icrq() {
        return MessageWriter.version3(MessageType.ICRQ, 2).number(AvpType.LOCAL_SESSION_ID, 0xfffffff0L)
                .number(AvpType.REMOTE_SESSION_ID, 0).number(AvpType.CALL_SERIAL_NUMBER, 1)
                .octets(AvpType.REMOTE_END_ID, new byte[] {1}).circuitStatus(CircuitStatus.UP);
    }

    /** The Result Code of the CDN that this gets. */
    private static int refusal(MessageWriter request) {
        TunnelPair pair = TunnelPair.up(config(1).build(), config(2).v3(V3Config.DEFAULT
                .withPseudowires(Set.of(PseudowireType.PPP, PseudowireType.ETHERNET))).build());
        byte[] octets = request.toBytes();
        ByteBuffer.wrap(octets).putShort(8, (short) 2).putShort(10, (short) 1);
        pair.wire.clear();
        pair.second.tunnel.receive(ByteBuffer.wrap(octets), pair.now);
        ControlMessage cdn = pair.messages().get(0);
        assertEquals(MessageType.CDN, cdn.type());
        assertEquals(0xfffffff0, cdn.sessionId());
        return cdn.resultCode().orElseThrow().result();
    }

    @Test
    void sequencingThatAReplyCannotHaveEndsTheSession() {
        TunnelPair pair = pair();
        pair.lost = octets -> TunnelPair.typeOf(octets) == MessageType.ICRP;
        Session session = call(pair, pair.first, ETHERNET);
        pair.passes(10);
        byte[] icrp = MessageWriter.version3(MessageType.ICRP, 0x80000001).number(AvpType.LOCAL_SESSION_ID, 9)
                .number(AvpType.REMOTE_SESSION_ID, session.localId()).circuitStatus(CircuitStatus.UP)
                .number(AvpType.DATA_SEQUENCING, 1).toBytes();
        ByteBuffer.wrap(icrp).putShort(8, (short) 1).putShort(10, (short) 3);
        pair.first.tunnel.receive(ByteBuffer.wrap(icrp), pair.now);
        assertEquals(CallResult.SEQUENCING_WITHOUT_SUBLAYER.code(),
                pair.first.sessionsClosed.get(0).result().orElseThrow().result());
        assertEquals(0, pair.first.tunnel.counters().get(Counter.UNEXPECTED));
    }

    @Test
    void termsThatCannotBeAreTheCallersError() {
        assertThrows(IllegalArgumentException.class, () -> new PseudowireTerms(PseudowireType.PPP, "", 5, false,
                SequencingLevel.NONE, false, CircuitStatus.UP));
        assertThrows(IllegalArgumentException.class, () -> new PseudowireTerms(PseudowireType.PPP, "", 8, false,
                SequencingLevel.ALL, false, CircuitStatus.UP));
        assertThrows(IllegalArgumentException.class, () -> circuit("x".repeat(401), false));
    }

    @Test
    void rolesMatterToPppAlone() {
        TunnelPair pair = TunnelPair.up(config(1).role(Role.LNS).build(), config(2).role(Role.LAC).build());
        assertTrue(pair.first.tunnel.placeIncomingCall(new CallConfig(0, IncomingCall.numbered(1),
                ConnectedCall.ofSpeed(1)), pair.now).isEmpty());
        connected(pair, ETHERNET);
    }

    @Test
    void aMessageThatTheStateDoesNotAllowEndsTheSession() {
        TunnelPair pair = pair();
        Session ours = connected(pair, ETHERNET);
        byte[] icrp = MessageWriter.version3(MessageType.ICRP, 0x80000001)
                .number(AvpType.LOCAL_SESSION_ID, ours.remoteId())
                .number(AvpType.REMOTE_SESSION_ID, ours.localId()).circuitStatus(CircuitStatus.UP).toBytes();
        ByteBuffer.wrap(icrp).putShort(8, (short) 2).putShort(10, (short) 4);
        pair.first.tunnel.receive(ByteBuffer.wrap(icrp), pair.now);
        assertEquals(CallResult.FSM_ERROR.code(), pair.first.sessionsClosed.get(0).result().orElseThrow().result());
    }

    @Test
    void aCallThatNobodyAnswersEndsInTime() {
        TunnelPair pair = pair();
        pair.second.answers = false;
        call(pair, pair.first, ETHERNET);
        pair.passes(150_000);
        assertEquals(CallResult.FSM_ERROR.code(), pair.first.sessionsClosed.get(0).result().orElseThrow().result());
        assertEquals(0, pair.second.tunnel.sessions().size());
    }

    @Test
    void callsThatWaitForATunnelThatFallsBackGetIdentifiersOfVersion2() {
        TunnelPair pair = new TunnelPair(config(11).v3(V3Config.DEFAULT.withFallback(true)).build(),
                TunnelConfig.builder().localTunnelId(22).build());
        Session ppp = call(pair, pair.first, PseudowireTerms.of(PseudowireType.PPP));
        int formerId = ppp.localId();
        Session ethernet = call(pair, pair.first, ETHERNET);
        pair.settle();
        assertEquals(SessionState.ESTABLISHED, ppp.state());
        assertTrue(ppp.localId() > 0 && ppp.localId() <= 0xffff);
        assertEquals(List.of(formerId), pair.first.formerIds);
        assertEquals(ppp, pair.first.tunnel.session(ppp.localId()).orElseThrow());
        assertTrue(ppp.data().isEmpty());
        assertEquals(SessionState.CLOSED, ethernet.state());
        assertEquals(CallResult.UNSUPPORTED_PSEUDOWIRE.code(),
                pair.first.sessionsClosed.get(0).result().orElseThrow().result());
    }
}
