package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.ScriptedPeer.config;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.isthmus.protocol.wire.FailoverCapability;
import org.junit.jupiter.api.Tag;

/** Whatever a peer sends, in whatever order, a tunnel throws nothing and ends in a defined way. */
@Tag("fuzz")
class TunnelFuzzTest {

    private static final int MAX_DATAGRAMS = 64;
    private static final Optional<FailoverCapability> CAPABLE = Optional.of(new FailoverCapability(true, true, 60_000));

    @FuzzTest(maxDuration = "30s")
    void anyConversation(FuzzedDataProvider data) {
        TunnelConfig config = config().secret("s".getBytes(StandardCharsets.UTF_8)).challenge(data.consumeBoolean())
                .acceptZeroTunnelId(true).sendQueueLimit(32).failover(CAPABLE).build();
        ScriptedPeer peer = new ScriptedPeer();
        peer.secret = config.secret();
        switch (data.consumeInt(0, 3)) {
            case 0 -> peer.tunnel = Tunnel.open(config, peer, new Random(1), 0);
            case 1 -> peer.tunnel = Tunnel.accept(ByteBuffer.wrap(data.consumeBytes(300)), config, peer,
                    new Random(1), 0);
            case 2 -> {
                peer.tunnel = Tunnel.recover(new TunnelSnapshot(ScriptedPeer.TUNNEL_ID, new PeerFacts("there", "", 0, 0x0100,
                        ScriptedPeer.PEER_ID, 8, 3, 0, false, CAPABLE, Optional.empty()), CAPABLE), List.of(), config, peer,
                        new Random(1), 0);
            }
            default -> {
                peer = ScriptedPeer.establishedWithLac(config().sendQueueLimit(32).takeOutgoingCalls(true).build());
                peer.tunnel.placeOutgoingCall(6, new OutgoingCall(2, 0, 0, 1, 3, "", ""), 0);
                peer.tunnel.placeIncomingCall(new CallConfig(5, IncomingCall.numbered(1),
                        ConnectedCall.ofSpeed(1)), 0);
                peer.acknowledges();
            }
        }
        for (int i = 0; i < MAX_DATAGRAMS && data.remainingBytes() > 0; i++) {
            step(peer, data);
        }
        peer.passes(10_000_000);
        if (!peer.events.contains("finished") && peer.tunnel.state() != TunnelState.ESTABLISHED) {
            throw new AssertionError("the tunnel hangs: " + peer.tunnel);
        }
    }

    private static void step(ScriptedPeer peer, FuzzedDataProvider data) {
        switch (data.consumeInt(0, 5)) {
            case 5 -> peer.tunnel.takeRecovery(ByteBuffer.wrap(data.consumeBytes(200)), peer.now);
            case 0 -> peer.tunnel.receive(ByteBuffer.wrap(data.consumeBytes(200)), peer.now);
            case 1 -> peer.passes(data.consumeInt(0, 40_000));
            case 2 -> peer.offered.forEach(session -> {
                session.accept(0);
                session.connect(ConnectedCall.ofSpeed(1), 0);
                session.updateSpeed(2, 3, 0);
            });
            default -> {
                byte[] avps = data.consumeBytes(200);
                byte[] message = ByteBuffer.allocate(12 + avps.length).putShort((short) 0xc802)
                        .putShort((short) (12 + avps.length)).putShort((short) ScriptedPeer.TUNNEL_ID)
                        .putShort(data.consumeShort()).putInt(0).put(avps).array();
                peer.sends(message, peer.ns, peer.nr);
                if (data.consumeBoolean()) {
                    peer.ns++;
                }
            }
        }
    }
}
