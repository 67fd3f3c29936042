package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.Octets.control;
import static org.isthmus.protocol.wire.Octets.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.isthmus.protocol.wire.Rejection.Consequence;
import org.isthmus.protocol.wire.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ControlMessageTest {

    private static final byte[] NO_SECRET = {};
    private static final String HELLO = "8008000000000006";
    private static final String ICRQ = "800800000000000a";
    private static final String CDN = "800800000000000e";

    @Test
    void aMessageIsWrittenOctetByOctetAsTheRfcSays() {
        byte[] octets = new MessageWriter(MessageType.SCCRQ, 0, 0)
                .number(AvpType.PROTOCOL_VERSION, 0x0100)
                .text(AvpType.HOST_NAME, "lac")
                .number(AvpType.FRAMING_CAPABILITIES, 3)
                .number(AvpType.ASSIGNED_TUNNEL_ID, 0x1234)
                .number(AvpType.TIE_BREAKER, 0x0102030405060708L)
                .text(AvpType.VENDOR_NAME, "v")
                .toBytes();
        assertArrayEquals(hex("c802 004c 0000 0000 0000 0000"
                + "8008 0000 0000 0001"
                + "8008 0000 0002 0100"
                + "8009 0000 0007 6c6163"
                + "800a 0000 0003 00000003"
                + "8008 0000 0009 1234"
                + "000e 0000 0005 0102030405060708"
                + "0007 0000 0008 76"), octets);
    }

    @ParameterizedTest
    @EnumSource(value = AvpType.class, names = "MESSAGE_TYPE", mode = EnumSource.Mode.EXCLUDE)
    void everyAttributeIsWrittenAndReadBack(AvpType type) {
        byte[] value = new byte[switch (type.format()) {
            case UINT16 -> 2;
            case UINT32 -> 4;
            case UINT64 -> 8;
            case COMPOUND -> 26;
            default -> type == AvpType.ASSIGNED_COOKIE ? 8 : 17;
        }];
        value[0] = 0x41;
        byte[] octets = new MessageWriter(MessageType.HELLO, 1, 0).octets(type, value).toBytes();
        ControlMessage message = decode(ByteBuffer.wrap(octets));
        assertArrayEquals(value, message.octets(type));
        assertEquals(type.mandatory(), (octets[20] & 0x80) != 0);
    }

    @Test
    void resultCodesComeWithAndWithoutErrorAndMessage() {
        assertEquals(new ResultCode(ResultCode.Scope.SESSION, 3, 0, ""),
                decode(control(1, 2, CDN + "8008 0000 0001 0003")).resultCode().orElseThrow());
        assertEquals(new ResultCode(ResultCode.Scope.SESSION, 2, 6, ""),
                decode(control(1, 2, CDN + "800a 0000 0001 0002 0006")).resultCode().orElseThrow());
        ResultCode full = decode(control(1, 0, "8008000000000004 800e 0000 0001 0002 0004 66756c6c"))
                .resultCode().orElseThrow();
        assertEquals("general error (2/4): insufficient resources to handle this now, \"full\"", full.words());
    }

    @Test
    void aResultCodeIsWrittenAsShortAsItCanBe() {
        ResultCode plain = ResultCode.of(CallResult.ADMINISTRATIVE, "");
        ResultCode wordy = ResultCode.of(CallResult.ADMINISTRATIVE, "bye");
        assertEquals(8 + 8 + 12, new MessageWriter(MessageType.CDN, 1, 2).resultCode(plain).size());
        byte[] octets = new MessageWriter(MessageType.CDN, 1, 2).resultCode(wordy).toBytes();
        assertEquals(wordy, decode(ByteBuffer.wrap(octets)).resultCode().orElseThrow());
    }

    @Test
    void unknownCodesHaveWordsToo() {
        assertTrue(new ResultCode(ResultCode.Scope.TUNNEL, 65535, 65535, "").words().contains("unknown"));
        assertTrue(new DisconnectCause(65535, 0, 9, "").words().contains("unknown"));
        for (StopResult result : StopResult.values()) {
            assertEquals(result, WireCode.of(StopResult.class, result.code()).orElseThrow());
        }
        for (CallResult result : CallResult.values()) {
            assertEquals(result, WireCode.of(CallResult.class, result.code()).orElseThrow());
        }
        for (ErrorCode error : ErrorCode.values()) {
            assertEquals(error, WireCode.of(ErrorCode.class, error.code()).orElseThrow());
        }
    }

    @Test
    void theCausesOfADisconnectAreRead() {
        ControlMessage message = decode(control(1, 2, CDN + "8008 0000 0001 0001"
                + "800b 0000 000c 0010 45 6f6b" + "000d 0000 002e 0010 c223 01 6e6f"));
        assertEquals(new Q931Cause(16, 0x45, "ok"), message.q931Cause().orElseThrow());
        DisconnectCause cause = message.disconnectCause().orElseThrow();
        assertEquals(new DisconnectCause(16, 0xc223, 1, "no"), cause);
        assertEquals("authentication failed: bad name, password or secret, at its peer (16), \"no\"", cause.words());
    }

    @Test
    void theDraftFormOfTheDisconnectCauseIsTheSame() {
        ControlMessage message = decode(control(1, 2, CDN + "000b 002b 002e 0001 0000 00"));
        assertEquals(1, message.disconnectCause().orElseThrow().code());
        assertTrue(message.unknown().isEmpty());
    }

    @Test
    void wenAndSliAreRead() {
        ControlMessage wen = decode(control(1, 2, "800800000000000f 8020 0000 0022 0000"
                + "00000001 00000002 00000003 00000004 00000005 ffffffff"));
        assertEquals(new CallErrors(1, 2, 3, 4, 5, 0xffffffffL), wen.callErrors().orElseThrow());
        ControlMessage sli = decode(control(1, 2, "8008000000000010 8010 0000 0023 0000 ffffffff 000a0000"));
        assertEquals(new Accm(0xffffffff, 0x000a0000), sli.accm().orElseThrow());
    }

    // Tolerant

    @Test
    void theMBitOfAKnownAttributeIsNotJudged() {
        ControlMessage message = decode(control(0, 0, "8008000000000001 0008 0000 0002 0100 0009 0000 0007 6c6163"
                + "8007 0000 0008 76"));
        assertEquals(0x0100, message.integer(AvpType.PROTOCOL_VERSION, 0));
        assertEquals("v", message.text(AvpType.VENDOR_NAME));
    }

    @Test
    void aMessageTypeWithoutMBitIsTakenWhenKnown() {
        assertEquals(MessageType.HELLO, decode(control(1, 0, "0008000000000006")).type());
    }

    @Test
    void unknownAttributesWithoutMBitAreKeptAside() {
        ControlMessage message = decode(control(1, 0, HELLO + "0008 0009 0001 0102 0006 0000 4000"));
        assertEquals(2, message.unknown().size());
        assertEquals(9, message.unknown().get(0).vendorId());
        assertArrayEquals(hex("0102"), message.unknown().get(0).bytes());
    }

    @Test
    void whatIsMalformedAndNotEssentialCountsAsAbsent() {
        ControlMessage message = decode(control(1, 2, "800800000000000c"
                + "8008 0000 0018 0001" + "0008 0000 0026 0001" + "8006 0000 0013"));
        assertFalse(message.has(AvpType.TX_CONNECT_SPEED));
        assertFalse(message.has(AvpType.RX_CONNECT_SPEED));
        assertEquals(3, message.malformed());
    }

    @Test
    void theFirstOfTwoCounts() {
        ControlMessage message = decode(control(1, 0, ICRQ + "8008 0000 000e 0001 8008 0000 000e 0002"));
        assertEquals(1, message.integer(AvpType.ASSIGNED_SESSION_ID, 0));
        assertEquals(1, message.malformed());
    }

    @Test
    void textIsMadeSafeToShow() {
        ControlMessage message = decode(control(0, 0, "8008000000000001"
                + "8013 0000 0007 6c610a63 1b5b 32 e280ae 78 0000"));
        assertEquals("la?c?[2?x", message.text(AvpType.HOST_NAME));
    }

    @Test
    void octetsAfterTheMessageAreNotLookedAt() {
        ByteBuffer longer = ByteBuffer.allocate(40).put(control(1, 0, HELLO)).put((byte) 0xff).flip();
        assertEquals(MessageType.HELLO, decode(longer).type());
    }

    // Strict

    @ParameterizedTest
    @CsvSource({
        "80080000000000, AVP_BEYOND_MESSAGE",
        "8008000000000006 8005 0000 0007, AVP_TOO_SHORT",
        "8008000000000006 8000 0000 0007, AVP_TOO_SHORT",
        "8008000000000006 80, AVP_TOO_SHORT",
        "8008000000000006 8009 0000 0007 6161, AVP_BEYOND_MESSAGE",
        "8008000000000006 83ff 0000 0007 6161, AVP_BEYOND_MESSAGE",
        "8008000000000006 8008 0000, AVP_TOO_SHORT",
        "8009 0000 0007 6c6163, NO_MESSAGE_TYPE",
        "8009 0000 0000 000006, NO_MESSAGE_TYPE",
        "c008 0000 0000 0006, NO_MESSAGE_TYPE",
        "8408 0000 0000 0006, NO_MESSAGE_TYPE",
        "8008 0009 0000 0006, NO_MESSAGE_TYPE",
        "0008 0000 0000 0014, UNKNOWN_MESSAGE",
        "8008 0000 0000 0014, UNKNOWN_MANDATORY_MESSAGE",
        "8008 0000 0000 0005, UNKNOWN_MANDATORY_MESSAGE",
        "8008 0000 0000 0000, UNKNOWN_MANDATORY_MESSAGE",
        "8008 0000 0000 ffff, UNKNOWN_MANDATORY_MESSAGE",
        "8008000000000006 8008 0009 0001 0000, UNKNOWN_MANDATORY_AVP",
        "8008000000000006 8008 0000 0014 0000, UNKNOWN_MANDATORY_AVP",
        "8008000000000006 a00a 0000 0003 00000003, UNKNOWN_MANDATORY_AVP",
        "8008000000000001 8006 0000 0007, MALFORMED_AVP",
        "8008000000000001 8007 0000 0009 01, MALFORMED_AVP",
        "8008000000000003 8015 0000 000d 000102030405060708090a0b0c0d0e, MALFORMED_AVP",
    })
    void whatIsWrongIsNamed(String avps, Reason reason) {
        Rejection rejection = assertInstanceOf(Rejection.class,
                ControlMessage.decode(control(1, 0, avps), NO_SECRET));
        assertEquals(reason, rejection.reason());
        assertEquals(reason.consequence() == Consequence.DROP, rejection.rest().isEmpty());
        assertFalse(rejection.words().isEmpty());
    }

    @Test
    void aReservedBitWithoutMBitMakesAnAttributeUnknownOnly() {
        ControlMessage message = decode(control(1, 0, HELLO + "200a 0000 0003 00000003"));
        assertFalse(message.has(AvpType.FRAMING_CAPABILITIES));
        assertEquals(1, message.unknown().size());
    }

    @Test
    void whatCanBeReadOfARejectedMessageComesWithIt() {
        Rejection rejection = (Rejection) ControlMessage.decode(
                control(1, 0, ICRQ + "8008 0009 0001 0000 8008 0000 000e 0007"), NO_SECRET);
        assertEquals(7, rejection.rest().orElseThrow().integer(AvpType.ASSIGNED_SESSION_ID, 0));
    }

    @Test
    void aMessageMayHave256AvpsAnd4096Octets() {
        String avp = "0006 0000 4000";
        assertInstanceOf(ControlMessage.class,
                ControlMessage.decode(control(1, 0, HELLO + avp.repeat(255)), NO_SECRET));
        assertEquals(Reason.TOO_MANY_AVPS, ((Rejection) ControlMessage.decode(
                control(1, 0, HELLO + avp.repeat(256)), NO_SECRET)).reason());
        String large = "03fc 0000 4000" + "00".repeat(1014);
        assertInstanceOf(ControlMessage.class,
                ControlMessage.decode(control(1, 0, HELLO + large.repeat(3)), NO_SECRET));
        assertEquals(Reason.TOO_LONG, ((Rejection) ControlMessage.decode(
                control(1, 0, HELLO + large.repeat(5)), NO_SECRET)).reason());
    }

    @Test
    void aValueThatCannotBeSentIsTheCallersError() {
        MessageWriter writer = new MessageWriter(MessageType.ICRQ, 1, 0);
        assertThrows(IllegalArgumentException.class, () -> writer.octets(AvpType.CALLED_NUMBER, new byte[1018]));
        writer.octets(AvpType.CALLED_NUMBER, new byte[1017]);
    }

    // Octets of others

    static Stream<String[]> messages() {
        return Octets.vectors("messages.tsv").stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesOfOthersAreRead(String id, String what, String expected, String octets) {
        ByteBuffer message;
        if (what.equals("control message")) {
            message = Octets.datagram(octets);
        } else {
            boolean hasType = octets.length() >= 12 && octets.startsWith("00000000", 4);
            message = control(1, 0, (hasType ? "" : HELLO) + octets);
        }
        Decoded decoded = ControlMessage.decode(message, NO_SECRET);
        // L107 is an unknown mandatory AVP, which is an error to them as it is to us, but in good form too.
        boolean wellFormed = decoded instanceof ControlMessage
                || ((Rejection) decoded).reason().consequence() != Consequence.DROP;
        assertEquals(expected.equals("ok"), wellFormed && !id.equals("go-l2tp-avp-L107"), decoded::toString);
    }

    private static ControlMessage decode(ByteBuffer datagram) {
        return assertInstanceOf(ControlMessage.class, ControlMessage.decode(datagram, NO_SECRET));
    }
}
