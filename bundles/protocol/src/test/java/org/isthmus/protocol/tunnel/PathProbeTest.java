package org.isthmus.protocol.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.junit.jupiter.api.Test;

/** HELLOs that probe the path (RFC 4821): of any size, understood by every peer, and without harm when they are lost. */
class PathProbeTest {

    private static TunnelConfigBuilder version2(int id) {
        return TunnelConfig.builder().localTunnelId(id).hostName("end").ackDelayMillis(100).bearerCapabilities(3);
    }

    private static TunnelConfigBuilder version3(int id, DigestType digest) {
        return TunnelConfig.builder().version(ProtocolVersion.V3).localTunnelId(id).hostName("end").ackDelayMillis(100).secret(TunnelPair.SECRET)
                .v3(V3Config.DEFAULT.withDigest(digest, digest != DigestType.NONE));
    }

    private static List<TunnelPair> pairs() {
        return List.of(TunnelPair.up(version2(1).build(), version2(2).build()),
                TunnelPair.up(version3(1, DigestType.NONE).build(), version3(2, DigestType.NONE).build()),
                TunnelPair.up(version3(1, DigestType.SHA1).build(), version3(2, DigestType.SHA1).build()));
    }

    @Test
    void anArrivedProbeIsAHelloOfItsSize() {
        for (TunnelPair pair : pairs()) {
            for (int octets : new int[] {100, 1_023 + 64, 1_460, ControlMessage.MAX_BYTES}) {
                pair.wire.clear();
                assertTrue(pair.first.tunnel.probe(octets, pair.now));
                assertEquals(octets, pair.wire.get(0).length);
                assertEquals(MessageType.HELLO, TunnelPair.typeOf(pair.wire.get(0)));
                pair.settle();
                assertEquals(2, pair.wire.size(), "it, and its acknowledgement");
            }
            assertEquals(Collections.nCopies(4, ProbeOutcome.ARRIVED), pair.first.probes);
            assertEquals(0, pair.second.tunnel.counters().get(Counter.AVPS_MALFORMED));
        }
    }

    @Test
    void onAWayThatLosesLargePacketsTheTunnelStaysUpHoweverManyAreLost() {
        for (TunnelPair pair : pairs()) {
            pair.lost = datagram -> datagram.length > 1_000;
            for (int i = 0; i < 20; i++) {
                assertTrue(pair.first.tunnel.probe(1_400, pair.now));
                pair.passes(2_000);
            }
            assertEquals(20, pair.first.probes.stream().filter(ProbeOutcome.LOST::equals).count());
            assertEquals(TunnelState.ESTABLISHED, pair.first.tunnel.state());
            assertEquals(20, pair.second.tunnel.counters().received(MessageType.HELLO));
            assertTrue(pair.first.tunnel.probe(900, pair.now));
            pair.settle();
            assertEquals(ProbeOutcome.ARRIVED, pair.first.probes.get(20));
        }
    }

    @Test
    void aCallDoesNotWaitForALostProbe() {
        TunnelPair pair = pairs().get(0);
        pair.lost = datagram -> datagram.length > 1_000;
        assertTrue(pair.first.tunnel.probe(1_400, pair.now));
        pair.first.tunnel.placeOutgoingCall(0, new OutgoingCall(1, 0, 0, 0, 3, "", ""), pair.now);
        pair.passes(500);
        assertEquals(1, pair.second.tunnel.counters().received(MessageType.OCRQ));
        assertEquals(List.of(ProbeOutcome.UNKNOWN), pair.first.probes);
    }

    @Test
    void beforeATunnelIsUpAndWhenItIsOverThereIsNone() {
        TunnelPair pair = new TunnelPair(version2(1).build(), version2(2).build());
        assertFalse(pair.first.tunnel.probe(1_400, pair.now));
        pair.settle();
        pair.first.tunnel.close(ResultCode.of(StopResult.CLEAR, ""), pair.now);
        assertFalse(pair.first.tunnel.probe(1_400, pair.now));
    }

    @Test
    void paddingGivesEveryLengthThatCanBe() {
        int plain = new MessageWriter(MessageType.HELLO, 1, 0).size();
        for (int octets = plain + 6; octets <= ControlMessage.MAX_BYTES; octets++) {
            byte[] message = new MessageWriter(MessageType.HELLO, 1, 0).padding(octets).toBytes();
            assertEquals(octets, message.length);
            assertEquals(MessageType.HELLO, TunnelPair.typeOf(message));
        }
    }
}
