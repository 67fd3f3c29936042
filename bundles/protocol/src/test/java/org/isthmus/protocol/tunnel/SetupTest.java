package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.ScriptedPeer.PEER_ID;
import static org.isthmus.protocol.tunnel.ScriptedPeer.TUNNEL_ID;
import static org.isthmus.protocol.tunnel.ScriptedPeer.config;
import static org.isthmus.protocol.tunnel.ScriptedPeer.sccrq;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ChallengeResponse;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.junit.jupiter.api.Test;

/** SCCRQ, SCCRP, SCCCN, and what is refused (RFC 2661 section 7.2.1 and tunnel authentication). */
class SetupTest {

    private static final byte[] SECRET = "tunnelsecret".getBytes(StandardCharsets.UTF_8);

    @Test
    void anOriginatorSaysWhatItIs() {
        ScriptedPeer peer = ScriptedPeer.originating(config().bearerCapabilities(2).receiveWindowSize(16)
                .tieBreaker(OptionalLong.of(5)).build());
        ControlMessage sccrq = peer.last();
        assertEquals(MessageType.SCCRQ, sccrq.type());
        assertEquals(0, sccrq.tunnelId() + sccrq.ns() + sccrq.nr());
        assertEquals("here", sccrq.text(AvpType.HOST_NAME));
        assertEquals("Isthmus L2TP appliance", sccrq.text(AvpType.VENDOR_NAME));
        assertEquals(TUNNEL_ID, sccrq.integer(AvpType.ASSIGNED_TUNNEL_ID, 0));
        assertEquals(0x0100, sccrq.integer(AvpType.PROTOCOL_VERSION, 0));
        assertEquals(3, sccrq.integer(AvpType.FRAMING_CAPABILITIES, 0));
        assertEquals(2, sccrq.integer(AvpType.BEARER_CAPABILITIES, 0));
        assertEquals(16, sccrq.integer(AvpType.RECEIVE_WINDOW_SIZE, 0));
        assertEquals(OptionalLong.of(5), sccrq.uint64(AvpType.TIE_BREAKER));
    }

    @Test
    void threeMessagesBringATunnelUpAsOriginator() {
        ScriptedPeer peer = ScriptedPeer.originating(config().build());
        peer.says(peer.sccrp().number(AvpType.RECEIVE_WINDOW_SIZE, 800));
        assertEquals(List.of(MessageType.SCCRQ, MessageType.SCCCN), peer.sentTypes());
        assertEquals(PEER_ID, peer.last().tunnelId());
        assertEquals(1, peer.last().ns());
        assertEquals(1, peer.last().nr());
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
        assertEquals(new PeerFacts("there", "", 0, 0x0100, PEER_ID, 800, 3, 0, false), peer.facts);
        assertEquals(64, peer.tunnel.channel().peerWindow(), "a window of 800 is clamped");
    }

    @Test
    void threeMessagesBringATunnelUpAsReceiver() {
        ScriptedPeer peer = ScriptedPeer.answering(config().build(), sccrq().toBytes());
        ControlMessage sccrp = peer.last();
        assertEquals(MessageType.SCCRP, sccrp.type());
        assertEquals(PEER_ID, sccrp.tunnelId());
        assertEquals(1, sccrp.nr());
        assertTrue(peer.events.isEmpty());
        peer.says(peer.message(MessageType.SCCCN, 0));
        assertEquals(List.of("established"), peer.events);
        assertEquals(8, peer.tunnel.channel().peerWindow());
        peer.passes(500);
        assertEquals(MessageType.ZLB, peer.last().type());
        assertEquals(2, peer.last().nr());
    }

    @Test
    void aPeerThatDoesNotSayItsWindowHasFour() {
        ScriptedPeer absent = ScriptedPeer.originating(config().build());
        absent.says(absent.sccrp());
        assertEquals(4, absent.facts.receiveWindowSize());
        ScriptedPeer zero = ScriptedPeer.originating(config().build());
        zero.says(zero.sccrp().number(AvpType.RECEIVE_WINDOW_SIZE, 0));
        assertEquals(4, zero.facts.receiveWindowSize());
    }

    @Test
    void whatRealPeersLeaveOutIsNotMissed() {
        byte[] bare = new MessageWriter(MessageType.SCCRQ, 0, 0).text(AvpType.HOST_NAME, "cpe")
                .number(AvpType.ASSIGNED_TUNNEL_ID, PEER_ID).octets(AvpType.VENDOR_NAME, new byte[60]).toBytes();
        ScriptedPeer peer = ScriptedPeer.answering(config().build(), bare);
        assertEquals(MessageType.SCCRP, peer.last().type());
    }

    @Test
    void anotherProtocolVersionIsRefusedWithOurs() {
        ScriptedPeer peer = ScriptedPeer.answering(config().build(), new MessageWriter(MessageType.SCCRQ, 0, 0)
                .number(AvpType.PROTOCOL_VERSION, 0x0200).text(AvpType.HOST_NAME, "new")
                .number(AvpType.ASSIGNED_TUNNEL_ID, PEER_ID).toBytes());
        assertRefused(peer, StopResult.VERSION_UNSUPPORTED.code());
        assertEquals(0x0100, peer.last().resultCode().orElseThrow().error());
    }

    @Test
    void anSccrqWithAnUnknownMandatoryAvpIsRefusedOnceAndWithinItsSize() {
        ByteBuffer octets = ByteBuffer.allocate(200).put(sccrq().toBytes());
        octets.putShort((short) 0x8008).putShort((short) 9).putShort((short) 1).putShort((short) 0);
        octets.putShort(2, (short) octets.position());
        byte[] sccrq = new byte[octets.position()];
        octets.get(0, sccrq);
        ScriptedPeer peer = ScriptedPeer.answering(config().build(), sccrq);
        assertRefused(peer, StopResult.GENERAL_ERROR.code());
        assertEquals(ErrorCode.UNKNOWN_MANDATORY_AVP.code(), peer.last().resultCode().orElseThrow().error());
        assertTrue(peer.sentOctets.get(0).length <= sccrq.length);
    }

    @Test
    void aCallerCanRefuseForReasonsOfItsOwn() {
        List<ControlMessage> sent = new ArrayList<>();
        byte[] sccrq = sccrq().toBytes();
        ResultCode result = ResultCode.of(StopResult.GENERAL_ERROR, "x".repeat(200));
        Tunnel.refuse(ByteBuffer.wrap(sccrq), result, config().build(), new Random(1), answer -> {
            assertTrue(answer.remaining() <= sccrq.length);
            sent.add((ControlMessage) ControlMessage.decode(answer, new byte[0]));
        });
        assertEquals(MessageType.STOPCCN, sent.get(0).type());
        assertEquals(PEER_ID, sent.get(0).tunnelId());
        assertEquals(TUNNEL_ID, sent.get(0).integer(AvpType.ASSIGNED_TUNNEL_ID, 0));
        assertEquals(0, sent.get(0).ns());
        assertEquals(1, sent.get(0).nr());
        Tunnel.refuse(ByteBuffer.allocate(60), result, config().build(), new Random(1),
                answer -> sent.add(null));
        assertEquals(1, sent.size());
    }

    @Test
    void whatIsNoUsableSccrqGetsNoAnswer() {
        for (byte[] octets : List.of(new byte[0], new byte[40],
                new MessageWriter(MessageType.HELLO, 0, 0).toBytes(),
                new MessageWriter(MessageType.SCCRQ, 0, 0).text(AvpType.HOST_NAME, "x").toBytes(),
                new MessageWriter(MessageType.SCCRQ, 0, 0).text(AvpType.HOST_NAME, "x")
                        .number(AvpType.ASSIGNED_TUNNEL_ID, 0).toBytes())) {
            ScriptedPeer peer = ScriptedPeer.answering(config().build(), octets);
            assertTrue(peer.sent.isEmpty());
            assertEquals(List.of("closed", "finished"), peer.events);
        }
    }

    // Authentication

    @Test
    void bothEndsAuthenticate() {
        ScriptedPeer peer = ScriptedPeer.answering(config().secret(SECRET).challenge(true).build(),
                sccrq().octets(AvpType.CHALLENGE, new byte[] {1, 2, 3}).text(AvpType.VENDOR_NAME, "v".repeat(60))
                        .toBytes());
        assertArrayEquals(ChallengeResponse.of(MessageType.SCCRP, SECRET, new byte[] {1, 2, 3}),
                peer.last().octets(AvpType.CHALLENGE_RESPONSE));
        byte[] challenge = peer.last().octets(AvpType.CHALLENGE);
        assertEquals(16, challenge.length);
        peer.says(peer.message(MessageType.SCCCN, 0).octets(AvpType.CHALLENGE_RESPONSE,
                ChallengeResponse.of(MessageType.SCCCN, SECRET, challenge)));
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @Test
    void aResponseWithSixOctetsTooManyIsTaken() {
        ScriptedPeer peer = ScriptedPeer.originating(config().secret(SECRET).challenge(true).build());
        byte[] response = ChallengeResponse.of(MessageType.SCCRP, SECRET, peer.last().octets(AvpType.CHALLENGE));
        peer.says(peer.sccrp().octets(AvpType.CHALLENGE_RESPONSE, Arrays.copyOf(response, 22)));
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @Test
    void aWrongResponseEndsTheTunnel() {
        ScriptedPeer peer = ScriptedPeer.originating(config().secret(SECRET).challenge(true).build());
        peer.says(peer.sccrp().octets(AvpType.CHALLENGE_RESPONSE, new byte[16]));
        assertEquals(MessageType.STOPCCN, peer.last().type());
        assertEquals(StopResult.NOT_AUTHORIZED.code(), peer.last().resultCode().orElseThrow().result());
        assertEquals(PEER_ID, peer.last().tunnelId());
        assertEquals(CloseCause.Kind.AUTHENTICATION, peer.closed.kind());
        assertEquals(1, peer.count(Counter.AUTHENTICATION_FAILED));
    }

    @Test
    void aMissingResponseEndsTheTunnel() {
        ScriptedPeer peer = ScriptedPeer.answering(config().secret(SECRET).challenge(true).build(),
                sccrq().toBytes());
        peer.says(peer.message(MessageType.SCCCN, 0));
        assertEquals(CloseCause.Kind.AUTHENTICATION, peer.closed.kind());
        assertEquals(MessageType.STOPCCN, peer.last().type());
        assertFalse(peer.events.contains("established"));
    }

    @Test
    void aChallengeWithoutASecretOfOursIsRefused() {
        ScriptedPeer peer = ScriptedPeer.answering(config().build(),
                sccrq().octets(AvpType.CHALLENGE, new byte[16]).toBytes());
        assertRefused(peer, StopResult.NOT_AUTHORIZED.code());
        assertTrue(peer.closed.words().contains("no secret"));
    }

    @Test
    void aPeerThatMustChallengeIsRefusedWhenItDoesNot() {
        ScriptedPeer peer = ScriptedPeer.answering(config().secret(SECRET).requirePeerChallenge(true).build(),
                sccrq().toBytes());
        assertRefused(peer, StopResult.NOT_AUTHORIZED.code());
    }

    @Test
    void aChallengeOfOursThatComesBackIsRefusedAcrossTunnels() {
        ChallengeBook book = new ChallengeBook();
        TunnelConfigBuilder shared = config().secret(SECRET).challenge(true).challengeBook(book);
        ScriptedPeer outgoing = ScriptedPeer.originating(shared.build());
        byte[] ours = outgoing.last().octets(AvpType.CHALLENGE);

        ScriptedPeer attacker = ScriptedPeer.answering(shared.localTunnelId(77).build(),
                sccrq().octets(AvpType.CHALLENGE, ours).toBytes());
        assertRefused(attacker, StopResult.NOT_AUTHORIZED.code());
        assertEquals(1, attacker.count(Counter.CHALLENGE_REFLECTED));

        outgoing.says(outgoing.sccrp().octets(AvpType.CHALLENGE, ours));
        assertEquals(CloseCause.Kind.AUTHENTICATION, outgoing.closed.kind());
        assertEquals(0, book.size());
    }

    @Test
    void aChallengeReflectedWithARightResponseIsRefusedAllTheSame() {
        ScriptedPeer peer = ScriptedPeer.originating(config().secret(SECRET).challenge(true).build());
        byte[] ours = peer.last().octets(AvpType.CHALLENGE);
        peer.says(peer.sccrp().octets(AvpType.CHALLENGE, ours).octets(AvpType.CHALLENGE_RESPONSE,
                ChallengeResponse.of(MessageType.SCCRP, SECRET, ours)));
        assertEquals(1, peer.count(Counter.CHALLENGE_REFLECTED));
        assertEquals(CloseCause.Kind.AUTHENTICATION, peer.closed.kind());
    }

    // Reflection

    @Test
    void anSccrpIsNotRepeatedToWhoHasNotShownThatItIsThere() {
        ScriptedPeer peer = ScriptedPeer.answering(config().establishTimeoutMillis(60_000).build(),
                sccrq().toBytes());
        peer.passes(120_000);
        assertEquals(1, peer.sent.size());
        assertTrue(peer.sentOctets.get(0).length <= sccrq().size());
        assertEquals(List.of("closed", "finished"), peer.events);
        assertEquals(CloseCause.Kind.TIMEOUT, peer.closed.kind());
    }

    @Test
    void anSccrpIsRepeatedWhenTheSccrqIs() {
        ScriptedPeer peer = ScriptedPeer.answering(config().build(), sccrq().toBytes());
        peer.passes(1000);
        peer.sends(sccrq().toBytes(), 0, 0);
        assertEquals(List.of(MessageType.SCCRP, MessageType.SCCRP), peer.sentTypes());
        assertEquals(0, peer.last().ns());
        assertEquals(1, peer.count(Counter.REPLY_REPEATED));
        peer.sends(sccrq().toBytes(), 0, 0);
        assertEquals(2, peer.sent.size(), "not again within 100 ms");
        peer.sends(new MessageWriter(MessageType.SCCRQ, 0, 0).toBytes(), 0, 0);
        peer.passes(1000);
        assertEquals(2, peer.sent.size(), "only the same octets count as a repetition");
        peer.says(peer.message(MessageType.SCCCN, 0));
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @Test
    void aRepeatedSccrqOfARestartedPeerIsANewRequest() {
        ScriptedPeer peer = ScriptedPeer.established(config().build());
        ByteBuffer same = ByteBuffer.wrap(sccrq().toBytes());
        assertTrue(peer.tunnel.isRepeatedRequest(same, 2_000), "a copy that was late");
        assertFalse(peer.tunnel.isRepeatedRequest(same, 2_001));
        assertFalse(peer.tunnel.isRepeatedRequest(ByteBuffer.wrap(sccrq().text(AvpType.VENDOR_NAME, "x")
                .toBytes()), 2_000));
        peer.says(peer.message(MessageType.STOPCCN, 0).number(AvpType.ASSIGNED_TUNNEL_ID, PEER_ID));
        assertFalse(peer.tunnel.isRepeatedRequest(same, 100), "who ended the tunnel begins anew");
    }

    @Test
    void anSccrpShedsWhatIsOptionalUntilItIsNoLargerThanTheSccrq() {
        int full = sccrpFor(400).length;
        List<AvpType> order = List.of(AvpType.VENDOR_NAME, AvpType.FIRMWARE_REVISION, AvpType.BEARER_CAPABILITIES,
                AvpType.RECEIVE_WINDOW_SIZE);
        int budget = full;
        for (int shed = 0; shed < order.size(); shed++) {
            budget = sccrpFor(budget - 1).length;
            ControlMessage message = (ControlMessage) ControlMessage.decode(
                    ByteBuffer.wrap(sccrpFor(budget)), new byte[0]);
            for (int i = 0; i < order.size(); i++) {
                assertEquals(i > shed, message.has(order.get(i)), order.get(i) + " with " + budget);
            }
            assertEquals("host-näme", message.text(AvpType.HOST_NAME));
        }
        ControlMessage shortest = (ControlMessage) ControlMessage.decode(
                ByteBuffer.wrap(sccrpFor(budget - 4)), new byte[0]);
        assertEquals("host-n", shortest.text(AvpType.HOST_NAME), "no half character");
        ControlMessage least = (ControlMessage) ControlMessage.decode(ByteBuffer.wrap(sccrpFor(1)), new byte[0]);
        assertEquals("h", least.text(AvpType.HOST_NAME));
    }

    private static byte[] sccrpFor(int budget) {
        return new MessagesOfVersion2(config().hostName("host-näme").bearerCapabilities(3).build(), new Random(1), PEER_ID)
                .sccrp(new byte[16], new byte[16], OptionalInt.empty(), Optional.empty(), budget);
    }

    @Test
    void anSccrpThatCannotBeSmallEnoughIsReportedAndNotSentIfSoConfigured() {
        byte[] smallest = new MessageWriter(MessageType.SCCRQ, 0, 0).text(AvpType.HOST_NAME, "x")
                .number(AvpType.ASSIGNED_TUNNEL_ID, PEER_ID).toBytes();
        ScriptedPeer strict = ScriptedPeer.answering(config().secret(SECRET).challenge(true).build(),
                smallest);
        assertTrue(strict.sent.isEmpty());
        assertEquals(CloseCause.Kind.REPLY_TOO_LARGE, strict.closed.kind());
        assertEquals(1, strict.count(Counter.REPLY_OVER_BUDGET));
        assertEquals(0, strict.tunnel.config().challengeBook().size());

        ScriptedPeer lenient = ScriptedPeer.answering(config().secret(SECRET).challenge(true)
                .allowReplyOverBudget(true).build(), smallest);
        assertEquals(MessageType.SCCRP, lenient.last().type());
        assertEquals(1, lenient.count(Counter.REPLY_OVER_BUDGET));
    }

    @Test
    void closingBeforeAnAnswerSendsOneStopCcnThatIsNotRepeated() {
        ScriptedPeer peer = ScriptedPeer.originating(config().build());
        peer.tunnel.close(ResultCode.of(StopResult.SHUTTING_DOWN, ""), peer.now);
        peer.passes(100_000);
        assertEquals(List.of(MessageType.SCCRQ, MessageType.STOPCCN), peer.sentTypes());
        assertEquals(1, peer.last().ns());
        assertEquals(List.of("closed", "finished"), peer.events);
    }

    @Test
    void aRefusalOfThePeerIsTakenAndAcknowledged() {
        ScriptedPeer peer = ScriptedPeer.originating(config().build());
        peer.says(peer.message(MessageType.STOPCCN, 0).number(AvpType.ASSIGNED_TUNNEL_ID, PEER_ID)
                .resultCode(ResultCode.of(StopResult.NOT_AUTHORIZED, "go away")));
        assertEquals(CloseCause.Kind.PEER, peer.closed.kind());
        assertTrue(peer.closed.words().contains("go away"));
        peer.passes(1000);
        assertEquals(MessageType.ZLB, peer.last().type());
        assertEquals(PEER_ID, peer.last().tunnelId());
    }

    private static void assertRefused(ScriptedPeer peer, int result) {
        assertEquals(List.of(MessageType.STOPCCN), peer.sentTypes());
        assertEquals(result, peer.last().resultCode().orElseThrow().result());
        assertEquals(PEER_ID, peer.last().tunnelId());
        assertEquals(0, peer.last().ns());
        assertEquals(List.of("closed", "finished"), peer.events);
        assertEquals(Long.MAX_VALUE, peer.tunnel.nextTimeoutMillis());
    }
}
