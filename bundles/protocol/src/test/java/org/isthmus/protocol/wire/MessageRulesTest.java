package org.isthmus.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each message must and may have (RFC 2661 section 6), and the AVPs of later RFCs. */
class MessageRulesTest {

    @Test
    void whatAMessageLacksIsNamed() {
        ControlMessage icrq = decode(new MessageWriter(MessageType.ICRQ, 1, 0)
                .number(AvpType.ASSIGNED_SESSION_ID, 7));
        assertEquals(List.of(AvpType.CALL_SERIAL_NUMBER), icrq.missing());
        ControlMessage ocrq = decode(new MessageWriter(MessageType.OCRQ, 1, 0));
        assertEquals(Set.of(AvpType.ASSIGNED_SESSION_ID, AvpType.CALL_SERIAL_NUMBER, AvpType.MINIMUM_BPS,
                AvpType.MAXIMUM_BPS, AvpType.BEARER_TYPE, AvpType.FRAMING_TYPE, AvpType.CALLED_NUMBER),
                Set.copyOf(ocrq.missing()));
        assertEquals(List.of(), decode(new MessageWriter(MessageType.HELLO, 1, 0)).missing());
    }

    @Test
    void whatHasNoPlaceInAMessageIsNamed() {
        ControlMessage hello = decode(new MessageWriter(MessageType.HELLO, 1, 0)
                .octets(AvpType.RANDOM_VECTOR, new byte[16]).number(AvpType.ASSIGNED_SESSION_ID, 7));
        assertEquals(List.of(AvpType.ASSIGNED_SESSION_ID), hello.misplaced());
        // Proxy AVPs belong to ICCN alone.
        assertEquals(List.of(AvpType.PROXY_AUTHEN_TYPE), decode(new MessageWriter(MessageType.OCCN, 1, 2)
                .number(AvpType.TX_CONNECT_SPEED, 1).number(AvpType.FRAMING_TYPE, 1)
                .number(AvpType.PROXY_AUTHEN_TYPE, 2)).misplaced());
    }

    @Test
    void aWrongMBitIsNamed() {
        ControlMessage icrq = decode(Octets.control(1, 0,
                "800800000000000a 0008 0000 000e 0007 800a 0000 000f 00000001"));
        assertEquals(List.of(AvpType.ASSIGNED_SESSION_ID), icrq.wrongMandatoryBits());
        assertEquals(7, icrq.integer(AvpType.ASSIGNED_SESSION_ID, 0));
    }

    @Test
    void everyMessageThatWeKnowHasItsRules() {
        for (MessageType type : MessageType.values()) {
            boolean any = !MessageRules.of(type).optional().isEmpty();
            assertEquals(type != MessageType.ZLB && type != MessageType.ACK, any, type.name());
            boolean anyInVersion3 = !MessageRules.of(ProtocolVersion.V3, type).optional().isEmpty();
            assertEquals(type != MessageType.ZLB && type != MessageType.CSUN && type != MessageType.CSURQ,
                    anyInVersion3, type.name());
        }
    }

    @Test
    void theAccessLineIsWrittenUnderTheNumberOfTheForum() {
        AccessLine line = AccessLine.NONE.with(AvpType.AGENT_CIRCUIT_ID, "dslam atm 3/0:100.33")
                .with(AvpType.ACTUAL_RATE_DOWN, 0x1_0000_0000L).with(AvpType.ACCESS_LINE_TYPE, 0x05000000L);
        MessageWriter writer = new MessageWriter(MessageType.ICRQ, 1, 0);
        line.values().forEach(writer::octets);
        byte[] octets = writer.toBytes();
        assertEquals(0x0de9, ByteBuffer.wrap(octets).getShort(22));
        ControlMessage icrq = decode(writer);
        assertEquals(line, icrq.accessLine());
        assertEquals(OptionalLong.of(0x1_0000_0000L), icrq.accessLine().number(AvpType.ACTUAL_RATE_DOWN));
        assertEquals("Agent-Circuit-Id dslam atm 3/0:100.33, Actual-Data-Rate-Downstream 4294967296, "
                + "ANCP Access Line Type 83886080", line.words());
        assertTrue(icrq.misplaced().isEmpty() && icrq.wrongMandatoryBits().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> line.with(AvpType.HOST_NAME, "no line"));
    }

    @Test
    void aSpeedUpdateMayConcernSeveralSessions() {
        ConnectSpeedUpdate one = new ConnectSpeedUpdate(40_000, 0xffff_ffffL, 2);
        ConnectSpeedUpdate two = new ConnectSpeedUpdate(2, 3, 4);
        MessageWriter writer = new MessageWriter(MessageType.CSUN, 1, 0).connectSpeedUpdate(one)
                .connectSpeedUpdate(two);
        assertFalse((writer.toBytes()[12] & 0x80) != 0, "a peer that does not know CSUN may ignore it");
        ControlMessage csun = decode(writer);
        assertEquals(List.of(one, two), csun.connectSpeedUpdates());
        assertEquals(0, csun.malformed());
        assertEquals(List.of(new ConnectSpeedUpdate(0x00010002, 0x1_0000_0000L, 1)), decode(Octets.control(1, 0,
                "000800000000001c 001a 0000 0061 00010002 0000000100000000 0000000000000001")).connectSpeedUpdates());
    }

    @Test
    void wenSliAndQ931AreWrittenAsTheyAreRead() {
        CallErrors errors = new CallErrors(1, 2, 3, 4, 5, 0xffff_ffffL);
        assertEquals(errors, decode(new MessageWriter(MessageType.WEN, 1, 2).callErrors(errors)).callErrors()
                .orElseThrow());
        Accm accm = new Accm(0xa0000, 0xffffffff);
        assertEquals(accm, decode(new MessageWriter(MessageType.SLI, 1, 2).accm(accm)).accm().orElseThrow());
        Q931Cause cause = new Q931Cause(16, 0x45, "bye");
        assertEquals(cause, decode(new MessageWriter(MessageType.CDN, 1, 2).q931Cause(cause)).q931Cause()
                .orElseThrow());
    }

    private static ControlMessage decode(MessageWriter writer) {
        return decode(ByteBuffer.wrap(writer.toBytes()));
    }

    private static ControlMessage decode(ByteBuffer octets) {
        return (ControlMessage) ControlMessage.decode(octets, new byte[0]);
    }
}
