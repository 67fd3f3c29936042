package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.Octets.control;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SccrqSummaryTest {

    @Test
    void anSccrqTellsWhoAsks() {
        byte[] octets = new MessageWriter(MessageType.SCCRQ, 0, 0).text(AvpType.HOST_NAME, "lac7")
                .number(AvpType.ASSIGNED_TUNNEL_ID, 4711).number(AvpType.FIRMWARE_REVISION, 0x0690)
                .text(AvpType.VENDOR_NAME, "Acme").octets(AvpType.CHALLENGE, new byte[16])
                .number(AvpType.TIE_BREAKER, -1).toBytes();
        assertEquals(new SccrqSummary("lac7", "Acme", 0x0690, 4711, true, OptionalLong.of(-1),
                Set.of(ProtocolVersion.V2), 0, Optional.empty(), octets.length),
                SccrqSummary.of(ByteBuffer.wrap(octets)).orElseThrow());
    }

    @Test
    void anSccrqTellsWhichVersionsItOffers() {
        byte[] both = MessageWriter.sccrqOfBothVersions().text(AvpType.HOST_NAME, "lac7")
                .number(AvpType.ASSIGNED_TUNNEL_ID, 4711).number(AvpType.ASSIGNED_CONNECTION_ID, 4711).toBytes();
        assertEquals(Set.of(ProtocolVersion.V2, ProtocolVersion.V3),
                SccrqSummary.of(ByteBuffer.wrap(both)).orElseThrow().offers());
        SccrqSummary third = SccrqSummary.of(ByteBuffer.wrap(MessageWriter.version3(MessageType.SCCRQ, 0)
                .number(AvpType.ROUTER_ID, 0xc0000201L).number(AvpType.ASSIGNED_CONNECTION_ID, 0x81122334L)
                .octets(AvpType.AUTHENTICATION_NONCE, new byte[16]).toBytes())).orElseThrow();
        assertEquals(Set.of(ProtocolVersion.V3), third.offers());
        assertEquals(0x81122334, third.assignedTunnelId());
        assertEquals(0xc0000201, third.routerId());
        assertTrue(third.challenged());
    }

    @Test
    void whatThePeerHidIsAbsent() {
        byte[] octets = new MessageWriter(MessageType.SCCRQ, 0, 0).text(AvpType.HOST_NAME, "lac7")
                .hiding(new byte[] {1}, new Random(1)).number(AvpType.ASSIGNED_TUNNEL_ID, 4711).toBytes();
        SccrqSummary summary = SccrqSummary.of(ByteBuffer.wrap(octets)).orElseThrow();
        assertEquals("lac7", summary.hostName());
        assertEquals(0, summary.assignedTunnelId());
    }

    @Test
    void anSccrqThatWillBeRefusedStillTellsWhoAsks() {
        assertEquals("lac", SccrqSummary.of(control(0, 0, "8008000000000001 8009 0000 0007 6c6163"
                + "8006 0009 0001")).orElseThrow().hostName());
    }

    @Test
    void anythingElseHasNoSummary() {
        assertTrue(SccrqSummary.of(control(0, 0, "8008000000000006")).isEmpty());
        assertTrue(SccrqSummary.of(control(0, 0, "")).isEmpty());
        assertTrue(SccrqSummary.of(control(0, 0, "8008000000000001 8005 0000 0007")).isEmpty());
        assertTrue(SccrqSummary.of(ByteBuffer.allocate(3)).isEmpty());
    }
}
