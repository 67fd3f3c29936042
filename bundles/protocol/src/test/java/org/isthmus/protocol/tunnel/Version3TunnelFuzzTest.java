package org.isthmus.protocol.tunnel;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.MessageAuthentication;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.PseudowireType;
import org.junit.jupiter.api.Tag;

/** Whatever a peer of version 3 sends, a tunnel throws nothing and ends in a defined way. */
@Tag("fuzz")
class Version3TunnelFuzzTest {

    private static final int FIRST = 1;
    private static final int MAX_STEPS = 64;

    private static TunnelConfig config(int id, DigestType digest, boolean fallback) {
        return TunnelConfig.builder().version(ProtocolVersion.V3).localTunnelId(id).secret(TunnelPair.SECRET)
                .challengeBook(new ChallengeBook()).sendQueueLimit(32).takeOutgoingCalls(true)
                .v3(V3Config.DEFAULT.withDigest(digest, false).withFallback(fallback)).build();
    }

    /** A peer that may be anybody, or one whose tunnel is up. */
    @FuzzTest(maxDuration = "30s")
    void anyConversation(FuzzedDataProvider data) {
        boolean fallback = data.consumeBoolean();
        DigestType digest = data.pickValue(DigestType.values());
        boolean up = data.consumeBoolean();
        TunnelPair pair = new TunnelPair(config(FIRST, up ? DigestType.NONE : digest, fallback),
                config(2, up ? DigestType.NONE : digest, fallback));
        if (up) {
            pair.settle();
            pair.first.tunnel.placeIncomingCall(new CallConfig(5, IncomingCall.numbered(1), ConnectedCall.ofSpeed(1),
                    PseudowireTerms.of(PseudowireType.ETHERNET)), pair.now);
        }
        // From here on the peer is whoever has these data.
        pair.lost = octets -> true;
        for (int i = 0; i < MAX_STEPS && data.remainingBytes() > 0; i++) {
            step(pair, up, data);
        }
        pair.passes(10_000_000);
        if (!pair.first.finished && pair.first.tunnel.state() != TunnelState.ESTABLISHED) {
            throw new AssertionError("the tunnel hangs: " + pair.first.tunnel);
        }
    }

    private static void step(TunnelPair pair, boolean up, FuzzedDataProvider data) {
        Tunnel tunnel = pair.first.tunnel;
        switch (data.consumeInt(0, 5)) {
            case 0 -> tunnel.receive(ByteBuffer.wrap(data.consumeBytes(200)), pair.now);
            case 1 -> pair.passes(data.consumeInt(0, 40_000));
            case 2 -> pair.first.up.forEach(s -> s.circuit(new CircuitStatus(data.consumeInt()), pair.now));
            case 3 -> Tunnel.accept(ByteBuffer.wrap(sccrq(data)), config(7, DigestType.MD5, data.consumeBoolean()),
                    pair.second, new Random(1), pair.now);
            default -> {
                byte[] avps = data.consumeBytes(200);
                int type = data.consumeInt(0, 30);
                byte[] message = ByteBuffer.allocate(20 + avps.length).putShort((short) (up ? 0xc803 : 0xc802))
                        .putShort((short) (20 + avps.length)).putInt(up ? FIRST : FIRST << 16)
                        .putShort((short) tunnel.channel().nr()).putShort((short) tunnel.channel().ns())
                        .putLong(0x8008000000000000L | type).put(avps).array();
                tunnel.receive(ByteBuffer.wrap(message), pair.now);
            }
        }
    }

    /** Well formed as far as the digest goes, so that what follows is read. */
    private static byte[] sccrq(FuzzedDataProvider data) {
        MessageWriter writer = data.consumeBoolean() ? MessageWriter.version3(MessageType.SCCRQ, 0)
                : MessageWriter.sccrqOfBothVersions();
        byte[] message = writer.digest(DigestType.MD5).number(AvpType.ASSIGNED_CONNECTION_ID, data.consumeInt())
                .pseudowireCapabilities(Set.of(PseudowireType.PPP))
                .octets(AvpType.AUTHENTICATION_NONCE, data.consumeBytes(20))
                .octets(AvpType.HOST_NAME, data.consumeBytes(40)).toBytes();
        new MessageAuthentication(TunnelPair.SECRET).sign(message, new byte[0], new byte[0]);
        return message;
    }
}
