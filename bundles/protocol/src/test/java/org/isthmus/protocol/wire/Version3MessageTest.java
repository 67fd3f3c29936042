package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.Octets.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.isthmus.protocol.wire.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages of version 3 say and how they can be wrong (RFC 3931 sections 3.2.1, 5.1, 5.2, 5.4 and 7.1). */
class Version3MessageTest {

    private static final byte[] NO_SECRET = {};

    private static Decoded decode(String avps) {
        byte[] body = hex(avps);
        return ControlMessage.decode(ByteBuffer.allocate(12 + body.length).putShort((short) 0xc803)
                .putShort((short) (12 + body.length)).putInt(0xfedcba98).putInt(0x00050006).put(body).flip(), NO_SECRET);
    }

    private static ControlMessage message(String avps) {
        return assertInstanceOf(ControlMessage.class, decode(avps));
    }

    @Test
    void aMessageIsOctetForOctetWhatTheRfcSays() {
        byte[] octets = MessageWriter.version3(MessageType.ICRQ, 0xfedcba98).number(AvpType.LOCAL_SESSION_ID, 0x81020304L)
                .octets(AvpType.ASSIGNED_COOKIE, hex("01020304")).circuitStatus(CircuitStatus.UP)
                .pseudowireCapabilities(Set.of(PseudowireType.ETHERNET)).toBytes();
        assertArrayEquals(hex("c803 0038 fedcba98 0000 0000 8008 0000 0000 000a 800a 0000 003f 81020304"
                + "800a 0000 0041 01020304 8008 0000 0047 0003 8008 0000 003e 0005"), octets);
    }

    @Test
    void whatAMessageNamesIsReadInTheWayOfVersion3() {
        ControlMessage icrp = message("8008 0000 0000 000b 800a 0000 003f 81020304 800a 0000 0040 f1020304"
                + "8008 0000 0047 fff4 800e 0000 004a 0000000200000001");
        assertEquals(ProtocolVersion.V3, icrp.version());
        assertEquals(0xfedcba98, icrp.tunnelId());
        assertEquals(0xf1020304, icrp.sessionId());
        assertEquals(0x81020304, icrp.assignedSessionId());
        assertEquals(5, icrp.ns());
        assertEquals(6, icrp.nr());
        assertEquals(0x74, icrp.circuitStatus().orElseThrow().bits());
        assertEquals(0x2_0000_0001L, icrp.number(AvpType.TX_CONNECT_SPEED_64, 0));
        assertEquals(List.of(), icrp.missing());
    }

    @Test
    void pseudowiresThatAreNotKnownAreLeftAside() {
        assertEquals(Set.of(PseudowireType.PPP, PseudowireType.ETHERNET),
                message("8008000000000001 800e 0000 003e 0007 0001 0005 ffff").pseudowireCapabilities());
        assertEquals(Set.of(), message("8008000000000001 8006 0000 003e").pseudowireCapabilities());
    }

    @ParameterizedTest
    @CsvSource({
        "8008000000000006 8008 0009 0001 0000, UNKNOWN_MANDATORY_AVP",
        "8008000000000006 8008 0000 0014 0000, UNKNOWN_MANDATORY_AVP",
        "8008 0009 0000 0001, UNKNOWN_MANDATORY_MESSAGE",
        "0008 0009 0000 0001, UNKNOWN_MESSAGE",
        "8008 0000 0000 001f, UNKNOWN_MANDATORY_MESSAGE",
        "c008 0000 0000 0006, NO_MESSAGE_TYPE",
        // The M bit of a malformed AVP counts as that of an unknown one.
        "800800000000000a 800a 0000 004b 00000000, MALFORMED_AVP",
        "800800000000000a 8007 0000 0048 41 8009 0000 0041 010203, MALFORMED_AVP",
        "800800000000000a c00e 0000 0041 0102030405060708, HIDDEN_WITHOUT_SECRET",
        "800800000000000a c01a 0000 0049 00000000000000000000000000000000 00000000, HIDDEN_FORBIDDEN",
    })
    void whatIsWrongIsNamed(String avps, Reason reason) {
        assertEquals(reason, assertInstanceOf(Rejection.class, decode(avps)).reason());
    }

    @Test
    void whatIsMalformedAndNotMandatoryCountsAsAbsent() {
        ControlMessage icrq = message("800800000000000a 000a 0000 004b 00000000 0008 0000 0047 0001");
        assertEquals(0, icrq.number(AvpType.RX_CONNECT_SPEED_64, 0));
        assertEquals(1, icrq.malformed());
        assertEquals(true, icrq.circuitStatus().orElseThrow().active());
    }

    @Test
    void reservedBitsAreIgnored() {
        // Of the header, which version 2 would refuse, and of an AVP, which version 2 would not know.
        ByteBuffer message = ByteBuffer.wrap(hex("cff3 0016 00000001 0000 0000 bc0a 0000 0000 0006")).putShort(2, (short) 20)
                .putShort(12, (short) 0xbc08);
        assertEquals(MessageType.HELLO, assertInstanceOf(ControlMessage.class,
                ControlMessage.decode(message, NO_SECRET)).type());
    }

    @Test
    void attributesOfVendorsWithLongNumbersAreTaken() {
        assertEquals(0, message("8008000000000006 000e 0000 003a 00010000 0001 0000").malformed());
    }

    @Test
    void faultsMeanThatACircuitIsNotActive() {
        assertEquals(0x0c, new CircuitStatus(0x0d).bits());
        assertEquals("down: circuit receive fault, circuit transmit fault", new CircuitStatus(0xffffff8d).words());
        assertEquals("up, standby", new CircuitStatus(0x41).words());
        assertEquals("down", CircuitStatus.DOWN.words());
    }
}
