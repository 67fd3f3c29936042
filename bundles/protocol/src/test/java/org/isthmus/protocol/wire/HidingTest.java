package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.Octets.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.isthmus.protocol.wire.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 2661 sections 4.3 and 4.4.3, against octets that other implementations made. */
class HidingTest {

    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

    static Stream<String[]> hiddenAvps() {
        return Octets.vectors("hidden-avps.tsv").stream();
    }

    static Stream<String[]> authentications() {
        return Octets.vectors("tunnel-authentication.tsv").stream();
    }

    @ParameterizedTest
    @MethodSource("hiddenAvps")
    void hiddenValuesOfOthersAreRevealedOrRefusedAsTheyDo(String id, int attribute, String secret, String vector,
            String hidden, boolean accept, String value) {
        ByteBuffer message = ByteBuffer.wrap(hex(vector + hidden));
        int vectorLength = vector.length() / 2;
        byte[] plain = AvpHiding.reveal(attribute, secret.getBytes(StandardCharsets.UTF_8), message.array(), 0,
                vectorLength, vectorLength, hidden.length() / 2);
        assertEquals(accept, plain != null);
        if (accept) {
            assertArrayEquals(value.equals("-") ? new byte[0] : hex(value), plain);
        }
    }

    @ParameterizedTest
    @MethodSource("authentications")
    void responsesAreThoseOfOthers(String id, int identifier, String secret, String challenge, String response) {
        MessageType carrier = MessageType.ofCode(identifier);
        byte[] secretOctets = secret.getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(hex(response), ChallengeResponse.of(carrier, secretOctets, hex(challenge)));
        assertTrue(ChallengeResponse.matches(hex(response), carrier, secretOctets, hex(challenge)));
        assertTrue(ChallengeResponse.matches(hex(response + "010203040506"), carrier, secretOctets, hex(challenge)),
                "22 octets, as some peers send");
        byte[] wrong = hex(response);
        wrong[15] ^= 1;
        assertFalse(ChallengeResponse.matches(wrong, carrier, secretOctets, hex(challenge)));
        assertFalse(ChallengeResponse.matches(hex(response.substring(2)), carrier, secretOctets, hex(challenge)));
    }

    @Property
    void whatIsHiddenInAMessageIsRevealedWithTheSameSecretOnly(@ForAll @Size(max = 1000) byte[] value,
            @ForAll long seed) {
        byte[] octets = new MessageWriter(MessageType.ICCN, 1, 2).hiding(SECRET, new Random(seed))
                .octets(AvpType.PROXY_AUTHEN_RESPONSE, value).number(AvpType.TX_CONNECT_SPEED, 0xfedcba98L)
                .flag(AvpType.SEQUENCING_REQUIRED).toBytes();

        ControlMessage message = (ControlMessage) ControlMessage.decode(ByteBuffer.wrap(octets), SECRET);
        assertArrayEquals(value, message.octets(AvpType.PROXY_AUTHEN_RESPONSE));
        assertEquals(0xfedcba98L, message.number(AvpType.TX_CONNECT_SPEED, 0));
        assertTrue(message.has(AvpType.SEQUENCING_REQUIRED));

        Rejection rejection = (Rejection) ControlMessage.decode(ByteBuffer.wrap(octets), new byte[0]);
        assertEquals(Reason.HIDDEN_WITHOUT_SECRET, rejection.reason());
    }

    @Test
    void aWrongSecretIsNoticed() {
        byte[] octets = new MessageWriter(MessageType.ICRQ, 1, 0).hiding(SECRET, new Random(1))
                .number(AvpType.ASSIGNED_SESSION_ID, 77).toBytes();
        Rejection rejection = (Rejection) ControlMessage.decode(ByteBuffer.wrap(octets), new byte[] {1});
        assertEquals(Reason.HIDDEN_UNREADABLE, rejection.reason());
        assertEquals(Rejection.Consequence.DROP, rejection.reason().consequence());
    }

    @Test
    void theSizeOfAHiddenNumberIsNotSeen() {
        byte[] octets = new MessageWriter(MessageType.ICRQ, 1, 0).hiding(SECRET, new Random(1))
                .number(AvpType.ASSIGNED_SESSION_ID, 77).text(AvpType.CALLED_NUMBER, "0123").toBytes();
        int headersAndType = 12 + 8;
        int randomVector = 6 + 16;
        assertEquals(headersAndType + randomVector + 2 * (6 + 16), octets.length);
    }

    @Test
    void aHiddenAvpNeedsARandomVectorBeforeIt() {
        Decoded decoded = ControlMessage.decode(
                Octets.control(1, 0, "800800000000000a c00a0000000e 11223344 80160000 0024"
                        + "00112233445566778899aabbccddeeff"), SECRET);
        assertEquals(Reason.HIDDEN_WITHOUT_RANDOM_VECTOR, assertInstanceOf(Rejection.class, decoded).reason());
    }

    @Test
    void eachHiddenAvpUsesTheRandomVectorBeforeIt() {
        byte[] first = new byte[16];
        byte[] second = hex("00112233445566778899aabbccddeeff");
        byte[] session = hidden(AvpType.ASSIGNED_SESSION_ID, first, "00020007");
        byte[] serial = hidden(AvpType.CALL_SERIAL_NUMBER, second, "000400000009");
        byte[] octets = new MessageWriter(MessageType.ICRQ, 1, 0).toBytes();
        ByteBuffer all = ByteBuffer.allocate(200).put(octets);
        avp(all, 0x8000, AvpType.RANDOM_VECTOR, first);
        avp(all, 0xc000, AvpType.ASSIGNED_SESSION_ID, session);
        avp(all, 0x8000, AvpType.RANDOM_VECTOR, second);
        avp(all, 0xc000, AvpType.CALL_SERIAL_NUMBER, serial);
        all.putShort(2, (short) all.position());

        ControlMessage message = (ControlMessage) ControlMessage.decode(all.flip(), SECRET);
        assertEquals(7, message.integer(AvpType.ASSIGNED_SESSION_ID, 0));
        assertEquals(9, message.number(AvpType.CALL_SERIAL_NUMBER, 0));
    }

    @Test
    void whatMustNotBeHiddenIsRefusedWhenItIs() {
        Decoded decoded = ControlMessage.decode(Octets.control(0, 0, "8008000000000001"
                + "8016 0000 0024 00112233445566778899aabbccddeeff c00b 0000 0007 1122334455"), SECRET);
        assertEquals(Reason.HIDDEN_FORBIDDEN, assertInstanceOf(Rejection.class, decoded).reason());
    }

    private static byte[] hidden(AvpType type, byte[] vector, String subformat) {
        byte[] octets = hex(subformat);
        AvpHiding.hide(type.attribute(), SECRET, vector, octets);
        return octets;
    }

    private static void avp(ByteBuffer to, int flags, AvpType type, byte[] value) {
        to.putShort((short) (flags | 6 + value.length)).putShort((short) 0).putShort((short) type.attribute())
                .put(value);
    }
}
