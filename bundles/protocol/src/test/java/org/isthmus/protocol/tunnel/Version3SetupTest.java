package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.TunnelPair.SECRET;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How tunnels of version 3 come up (RFC 3931 sections 3.3.1, 4.3 and 4.7.3) and what is refused. */
class Version3SetupTest {

    private static final int FIRST_ID = 0xfedcba98;

    private static TunnelConfigBuilder first() {
        return TunnelConfig.builder().version(ProtocolVersion.V3).localTunnelId(FIRST_ID).hostName("first");
    }

    private static TunnelConfigBuilder second() {
        return TunnelConfig.builder().version(ProtocolVersion.V3).localTunnelId(0x81000002).hostName("second")
                .v3(V3Config.DEFAULT.withRouterId(0xc0000202).withPseudowires(Set.of(PseudowireType.ETHERNET)));
    }

    private static TunnelConfigBuilder signed(TunnelConfigBuilder config, DigestType digest) {
        return config.secret(SECRET).v3(V3Config.DEFAULT.withDigest(digest, digest != DigestType.NONE));
    }

    @Test
    void threeMessagesBringATunnelUp() {
        TunnelPair pair = TunnelPair.up(first().build(), second().build());

        assertEquals(TunnelState.ESTABLISHED, pair.first.tunnel.state());
        assertEquals(TunnelState.ESTABLISHED, pair.second.tunnel.state());
        assertEquals(ProtocolVersion.V3, pair.first.facts.version());
        assertEquals(0x81000002, pair.first.tunnel.remoteId());
        assertEquals("second", pair.first.facts.hostName());
        V3Facts facts = pair.first.facts.v3().orElseThrow();
        assertEquals(0xc0000202, facts.routerId());
        assertEquals(Set.of(PseudowireType.ETHERNET), facts.pseudowires());
        assertFalse(facts.authenticated());
        List<ControlMessage> messages = pair.messages();
        assertEquals(List.of(MessageType.SCCRQ, MessageType.SCCRP, MessageType.SCCCN, MessageType.ZLB),
                messages.stream().map(ControlMessage::type).toList());
        for (ControlMessage message : messages) {
            assertEquals(ProtocolVersion.V3, message.version());
            assertEquals(List.of(), message.missing(), message::toString);
            assertEquals(List.of(), message.misplaced(), message::toString);
        }
        assertEquals(List.of(0, FIRST_ID, 0x81000002, FIRST_ID),
                messages.stream().map(ControlMessage::tunnelId).toList());
    }

    @ParameterizedTest
    @EnumSource(value = DigestType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void everyMessageCarriesADigestAndAcksTakeThePlaceOfZlbs(DigestType digest) {
        TunnelPair pair = TunnelPair.up(signed(first(), digest).build(), signed(second(), digest).build());

        assertTrue(pair.first.facts.v3().orElseThrow().authenticated());
        assertTrue(pair.second.facts.v3().orElseThrow().authenticated());
        assertEquals(List.of(MessageType.SCCRQ, MessageType.SCCRP, MessageType.SCCCN, MessageType.ACK),
                pair.messages().stream().map(ControlMessage::type).toList());
        pair.messages().forEach(m -> assertEquals(1 + digest.bytes(), m.octets(AvpType.MESSAGE_DIGEST).length));
        assertEquals(1, pair.first.tunnel.counters().get(Counter.ZLBS_RECEIVED));
        pair.first.tunnel.close(ResultCode.of(StopResult.CLEAR, ""), pair.now);
        pair.settle();
        assertEquals(CloseCause.Kind.PEER, pair.second.closed.kind());
        pair.passes(100_000);
        assertTrue(pair.first.finished && pair.second.finished);
    }

    @Test
    void whoHasASecretSignsForAPeerThatAsks() {
        TunnelPair pair = TunnelPair.up(signed(first(), DigestType.SHA1).build(), second().secret(SECRET).build());
        assertEquals(TunnelState.ESTABLISHED, pair.second.tunnel.state());
        assertEquals(17, pair.messages().get(1).octets(AvpType.MESSAGE_DIGEST).length);
    }

    @Test
    void aWrongSecretIsDroppedWithoutAWord() {
        TunnelPair pair = new TunnelPair(signed(first(), DigestType.MD5).build(),
                signed(second(), DigestType.MD5).secret("other".getBytes(StandardCharsets.UTF_8)).build());
        pair.passes(1);
        assertEquals(1, pair.wire.size());
        assertEquals(1, pair.second.tunnel.counters().get(Counter.DIGEST_FAILED));
        assertEquals(CloseCause.Kind.AUTHENTICATION, pair.second.closed.kind());
        assertTrue(pair.second.finished);
    }

    @Test
    void whatHasNoDigestOrAWrongOneHasNoEffect() {
        TunnelPair pair = TunnelPair.up(signed(first(), DigestType.MD5).build(),
                signed(second(), DigestType.MD5).build());
        byte[] forged = MessageWriter.version3(MessageType.STOPCCN, FIRST_ID)
                .resultCode(ResultCode.of(StopResult.CLEAR, "")).toBytes();
        ByteBuffer.wrap(forged).putShort(8, (short) 1).putShort(10, (short) 2);
        pair.first.tunnel.receive(ByteBuffer.wrap(forged), pair.now);
        byte[] zlb = MessageWriter.version3(MessageType.ZLB, FIRST_ID).toBytes();
        ByteBuffer.wrap(zlb).putShort(8, (short) 1).putShort(10, (short) 2);
        pair.first.tunnel.receive(ByteBuffer.wrap(zlb), pair.now);

        assertEquals(2, pair.first.tunnel.counters().get(Counter.DIGEST_FAILED));
        assertEquals(TunnelState.ESTABLISHED, pair.first.tunnel.state());
    }

    @Test
    void aPeerWithoutDigestsIsRefusedWhereTheyAreDemanded() {
        TunnelPair pair = new TunnelPair(first().secret(SECRET).vendorName("a name that makes room").build(),
                signed(second(), DigestType.MD5).build());
        pair.settle();
        assertEquals(CloseCause.Kind.AUTHENTICATION, pair.second.closed.kind());
        assertEquals(StopResult.NOT_AUTHORIZED.code(), pair.first.closed.result().orElseThrow().result());
    }

    @Test
    void aPeerThatAsksForDigestsIsRefusedWhereThereIsNoSecret() {
        TunnelPair pair = new TunnelPair(signed(first(), DigestType.MD5).build(), second().build());
        pair.passes(1);
        assertEquals(CloseCause.Kind.AUTHENTICATION, pair.second.closed.kind());
        // What cannot be authenticated is not believed.
        assertNull(pair.first.closed);
        assertEquals(1, pair.first.tunnel.counters().get(Counter.DIGEST_FAILED));
        pair.passes(200_000);
        assertTrue(pair.first.closed.words().contains("secrets may differ"), pair.first.closed.words());
    }

    @Test
    void aNonceOfOursThatComesBackIsRefused() {
        ChallengeBook book = new ChallengeBook();
        TunnelConfig here = signed(first(), DigestType.MD5).challengeBook(book).build();
        TunnelPair pair = new TunnelPair(here, here.toBuilder().localTunnelId(5).build());
        pair.passes(1);
        assertEquals(1, pair.second.tunnel.counters().get(Counter.CHALLENGE_REFLECTED));
        pair.first.tunnel.abandon("", pair.now);
        assertEquals(0, book.size());
    }

    @Test
    void aChecksumWithoutASecretFindsCorruption() {
        TunnelConfigBuilder sums = first().v3(V3Config.DEFAULT.withDigest(DigestType.MD5, false));
        TunnelPair pair = TunnelPair.up(sums.build(), second().build());
        assertEquals(TunnelState.ESTABLISHED, pair.second.tunnel.state());
        byte[] hello = MessageWriter.version3(MessageType.HELLO, 0x81000002).digest(DigestType.MD5).toBytes();
        ByteBuffer.wrap(hello).putShort(8, (short) 2).putShort(10, (short) 1);
        pair.second.tunnel.receive(ByteBuffer.wrap(hello), pair.now);
        assertEquals(1, pair.second.tunnel.counters().get(Counter.DIGEST_FAILED));
    }

    // Versions

    @Test
    void aPeerOfVersion2GetsVersion2() {
        TunnelConfig falling = first().localTunnelId(11).secret(SECRET).challenge(true)
                .v3(V3Config.DEFAULT.withFallback(true).withDigest(DigestType.MD5, false)).build();
        TunnelPair pair = TunnelPair.up(falling,
                TunnelConfig.builder().localTunnelId(22).secret(SECRET).challenge(true).build());
        assertEquals(TunnelState.ESTABLISHED, pair.second.tunnel.state());
        assertEquals(ProtocolVersion.V2, pair.first.tunnel.version());
        assertEquals(ProtocolVersion.V2, pair.first.facts.version());
        ControlMessage sccrq = pair.messages().get(0);
        assertEquals(ProtocolVersion.V2, sccrq.version());
        assertEquals(0, pair.second.tunnel.counters().get(Counter.MANDATORY_UNKNOWN));
        assertTrue(sccrq.has(AvpType.CHALLENGE) && sccrq.has(AvpType.AUTHENTICATION_NONCE));
    }

    @Test
    void anSccrqOfBothVersionsIsNoHarmToWhoKnowsVersion2Only() {
        byte[] sccrq = MessageWriter.sccrqOfBothVersions().digest(DigestType.MD5)
                .number(AvpType.ROUTER_ID, 1).number(AvpType.ASSIGNED_CONNECTION_ID, 1).toBytes();
        // M bits of what version 2 does not have.
        assertEquals(0, sccrq[20] & 0x80);
        assertEquals(0, sccrq[20 + 23] & 0x80);
        assertEquals(0, sccrq[20 + 23 + 10] & 0x80);
    }

    @Test
    void aPeerOfVersion3GetsVersion3() {
        for (boolean fallback : List.of(true, false)) {
            TunnelPair pair = TunnelPair.up(signed(first(), DigestType.MD5).localTunnelId(11)
                    .v3(V3Config.DEFAULT.withFallback(true).withDigest(DigestType.MD5, true)).build(),
                    signed(second(), DigestType.MD5).localTunnelId(22)
                    .v3(V3Config.DEFAULT.withFallback(fallback).withDigest(DigestType.MD5, true)).build());
            assertEquals(ProtocolVersion.V3, pair.first.tunnel.version());
            assertEquals(TunnelState.ESTABLISHED, pair.second.tunnel.state());
            assertEquals(ProtocolVersion.V3, pair.messages().get(1).version());
        }
    }

    @Test
    void whoMayFallBackTakesCallersOfBothVersions() {
        TunnelConfig either = second().localTunnelId(22).v3(V3Config.DEFAULT.withFallback(true)).build();
        assertEquals(ProtocolVersion.V2, TunnelPair.up(TunnelConfig.builder().localTunnelId(1).build(), either)
                .second.facts.version());
        assertEquals(ProtocolVersion.V3, TunnelPair.up(first().build(), either).second.facts.version());
    }

    @Test
    void aVersionThatIsNotConfiguredIsRefusedInThatVersion() {
        TunnelPair third = TunnelPair.up(first().build(), TunnelConfig.builder().localTunnelId(22).build());
        assertEquals(new ResultCode(ResultCode.Scope.TUNNEL, 5, 2, ""), third.first.closed.result().orElseThrow());
        TunnelPair second = TunnelPair.up(TunnelConfig.builder().localTunnelId(1).build(), second().build());
        assertEquals(new ResultCode(ResultCode.Scope.TUNNEL, 5, 3, ""), second.first.closed.result().orElseThrow());
        assertEquals(1, second.second.tunnel.counters().get(Counter.WRONG_VERSION));
    }

    @Test
    void anEstablishedTunnelKeepsItsVersion() {
        TunnelPair pair = TunnelPair.up(first().localTunnelId(11).v3(V3Config.DEFAULT.withFallback(true)).build(),
                second().build());
        byte[] hello = new MessageWriter(MessageType.HELLO, 11, 0).toBytes();
        // The header of version 2 names the same tunnel only where the identifier fits; the version is looked at first.
        pair.first.tunnel.receive(ByteBuffer.wrap(hello), pair.now);
        assertEquals(1, pair.first.tunnel.counters().get(Counter.WRONG_VERSION));
    }

    // What is due to strangers

    @Test
    void noAnswerIsLargerThanTheRequest() {
        for (DigestType digest : DigestType.values()) {
            byte[] sccrq = MessageWriter.version3(MessageType.SCCRQ, 0).digest(DigestType.NONE)
                    .text(AvpType.HOST_NAME, "x").number(AvpType.ROUTER_ID, 1)
                    .number(AvpType.ASSIGNED_CONNECTION_ID, 7)
                    .pseudowireCapabilities(Set.of(PseudowireType.PPP, PseudowireType.ETHERNET,
                            PseudowireType.ETHERNET_VLAN)).toBytes();
            List<byte[]> answers = new ArrayList<>();
            ScriptedPeer peer = new ScriptedPeer() {
                @Override
                public void send(ByteBuffer datagram) {
                    answers.add(new byte[datagram.remaining()]);
                }
            };
            TunnelConfig config = second().hostName("a rather long name of a host").vendorName("vendor")
                    .v3(V3Config.DEFAULT.withDigest(digest, false)).build();
            peer.tunnel = Tunnel.accept(ByteBuffer.wrap(sccrq), config, peer, new Random(1), 0);
            answers.forEach(answer -> assertTrue(answer.length <= sccrq.length, answer.length + " > " + sccrq.length));
            assertEquals(digest == DigestType.NONE ? 1 : 0, answers.size());
        }
    }

    @Test
    void aRepeatedSccrqGetsTheSameSccrp() {
        TunnelPair pair = new TunnelPair(signed(first(), DigestType.MD5).build(),
                signed(second(), DigestType.MD5).build());
        pair.lost = octets -> TunnelPair.typeOf(octets) == MessageType.SCCRP && pair.wire.size() < 4;
        pair.passes(5_000);
        assertEquals(TunnelState.ESTABLISHED, pair.first.tunnel.state());
        List<byte[]> replies = pair.wire.stream().filter(o -> TunnelPair.typeOf(o) == MessageType.SCCRP).toList();
        assertArrayEquals(replies.get(0), replies.get(1));
        assertEquals(1, pair.second.tunnel.counters().get(Counter.REPLY_REPEATED));
    }

    @Test
    void aRefusalWithoutATunnelIsOfTheVersionOfTheRequest() {
        byte[] sccrq = MessageWriter.version3(MessageType.SCCRQ, 0).text(AvpType.HOST_NAME, "a name of some length")
                .number(AvpType.ASSIGNED_CONNECTION_ID, FIRST_ID).toBytes();
        List<ControlMessage> answers = new ArrayList<>();
        Tunnel.refuse(ByteBuffer.wrap(sccrq), ResultCode.of(StopResult.NOT_AUTHORIZED, "nobody knows you"),
                second().build(), new Random(1), d -> answers.add((ControlMessage) ControlMessage.decode(d, SECRET)));
        assertEquals(ProtocolVersion.V3, answers.get(0).version());
        assertEquals(FIRST_ID, answers.get(0).tunnelId());
        assertEquals(1, answers.get(0).nr());
    }

    @Test
    void aQuietTunnelIsKeptUpByHellos() {
        TunnelPair pair = TunnelPair.up(signed(first(), DigestType.MD5).build(),
                signed(second(), DigestType.MD5).build());
        pair.passes(200_000);
        assertTrue(pair.first.tunnel.counters().received(MessageType.HELLO)
                + pair.second.tunnel.counters().received(MessageType.HELLO) >= 3);
        assertEquals(TunnelState.ESTABLISHED, pair.first.tunnel.state());
        pair.lost = octets -> true;
        pair.passes(200_000);
        assertEquals(CloseCause.Kind.UNREACHABLE, pair.first.closed.kind());
    }
}
