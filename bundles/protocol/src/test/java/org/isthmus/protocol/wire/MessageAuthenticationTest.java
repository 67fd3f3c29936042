package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.Octets.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.isthmus.protocol.wire.MessageAuthentication.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 3931 sections 4.3, 5.3 and 5.4.1, against vectors that Wireshark accepts. */
class MessageAuthenticationTest {

    private static final byte[] NONE = {};
    private static final byte[] HERE = hex("00112233");
    private static final byte[] THERE = hex("44556677");
    private static final byte[] SECRET = octets("l2tpv3-secret");

    private final MessageAuthentication authentication = new MessageAuthentication(SECRET);

    static Stream<String[]> digests() {
        return Octets.vectors("v3-digests.tsv").stream();
    }

    static Stream<String[]> hiddenAvps() {
        return Octets.vectors("v3-hidden-avps.tsv").stream();
    }

    @ParameterizedTest
    @MethodSource("digests")
    void digestsOfOthersAreValidAndMadeAsTheyAre(String id, String secret, String sender, String receiver,
            String message) {
        byte[] octets = hex(message);
        MessageAuthentication keys = new MessageAuthentication(octets(secret));

        assertEquals(Verdict.VALID, keys.check(ByteBuffer.wrap(octets), hex(receiver), hex(sender)));
        assertEquals(Verdict.INVALID, new MessageAuthentication(octets("other"))
                .check(ByteBuffer.wrap(octets), hex(receiver), hex(sender)));
        byte[] signed = octets.clone();
        signed[30] ^= 1;
        keys.sign(signed, hex(sender), hex(receiver));
        assertArrayEquals(octets, signed);
    }

    @ParameterizedTest
    @MethodSource("hiddenAvps")
    void valuesAreHiddenWithAKeyOfTheirOwn(String id, int attribute, String secret, String vector, String hidden,
            String value) {
        byte[] message = hex(vector + hidden);
        int vectorLength = vector.length() / 2;
        assertArrayEquals(hex(value), AvpHiding.reveal(attribute, MessageAuthentication.hidingKey(octets(secret)),
                message, 0, vectorLength, vectorLength, hidden.length() / 2));
    }

    @Test
    void hiddenAvpsOfAMessageAreRevealed() {
        byte[] message = MessageWriter.version3(MessageType.ICRQ, 7)
                .hiding(MessageAuthentication.hidingKey(SECRET), new Random(1))
                .number(AvpType.LOCAL_SESSION_ID, 0xfedcba98L).octets(AvpType.ASSIGNED_COOKIE, hex("0123456789abcdef"))
                .toBytes();
        ControlMessage read = assertInstanceOf(ControlMessage.class,
                ControlMessage.decode(ByteBuffer.wrap(message), SECRET));
        assertEquals(0xfedcba98, read.assignedSessionId());
        assertArrayEquals(hex("0123456789abcdef"), read.octets(AvpType.ASSIGNED_COOKIE));
        Rejection rejection = assertInstanceOf(Rejection.class,
                ControlMessage.decode(ByteBuffer.wrap(message), octets("another")));
        assertEquals(Rejection.Consequence.DROP, rejection.reason().consequence());
    }

    @Test
    void oneOfTwoDigestsIsEnough() {
        byte[] message = twoDigests();
        int second = 20 + 7 + 16 + 7;
        byte[] firstOnly = message.clone();
        authentication.sign(firstOnly, HERE, THERE);
        assertEquals(Verdict.VALID, authentication.check(ByteBuffer.wrap(firstOnly), THERE, HERE));
        byte[] secondOnly = twoDigests();
        System.arraycopy(hmacSha1(secondOnly), 0, secondOnly, second, 20);
        assertEquals(Verdict.VALID, authentication.check(ByteBuffer.wrap(secondOnly), THERE, HERE));
        secondOnly[second] ^= 1;
        assertEquals(Verdict.INVALID, authentication.check(ByteBuffer.wrap(secondOnly), THERE, HERE));
    }

    private static byte[] twoDigests() {
        return MessageWriter.version3(MessageType.HELLO, 7).digest(DigestType.MD5).digest(DigestType.SHA1).toBytes();
    }

    /** The digest of the whole message with both digests zero, made another way. */
    private static byte[] hmacSha1(byte[] zeroed) {
        try {
            Mac md5 = Mac.getInstance("HmacMD5");
            md5.init(new SecretKeySpec(SECRET, "HmacMD5"));
            Mac sha1 = Mac.getInstance("HmacSHA1");
            sha1.init(new SecretKeySpec(md5.doFinal(new byte[] {2}), "HmacSHA1"));
            sha1.update(HERE);
            sha1.update(THERE);
            return sha1.doFinal(zeroed);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noncesCountInTheirOrder() {
        byte[] message = MessageWriter.version3(MessageType.HELLO, 7).digest(DigestType.SHA1).toBytes();
        authentication.sign(message, HERE, THERE);
        assertEquals(Verdict.VALID, authentication.check(ByteBuffer.wrap(message), THERE, HERE));
        assertEquals(Verdict.INVALID, authentication.check(ByteBuffer.wrap(message), HERE, THERE));
        assertEquals(Verdict.INVALID, authentication.check(ByteBuffer.wrap(message), NONE, NONE));
    }

    @Test
    void aDigestHasOnePlaceAndOneLength() {
        assertEquals(Verdict.ABSENT, check(MessageWriter.version3(MessageType.HELLO, 7)));
        assertEquals(Verdict.ABSENT, check(MessageWriter.version3(MessageType.ZLB, 7)));
        assertEquals(Verdict.ABSENT, check(MessageWriter.version3(MessageType.HELLO, 7)
                .octets(AvpType.RANDOM_VECTOR, HERE).digest(DigestType.MD5)));
        assertEquals(Verdict.INVALID, check(MessageWriter.version3(MessageType.HELLO, 7)
                .octets(AvpType.MESSAGE_DIGEST, new byte[18])));
        assertEquals(Verdict.INVALID, check(MessageWriter.version3(MessageType.HELLO, 7)
                .octets(AvpType.MESSAGE_DIGEST, hex("02" + "00".repeat(16)))));
    }

    private Verdict check(MessageWriter writer) {
        return authentication.check(ByteBuffer.wrap(writer.toBytes()), THERE, HERE);
    }

    @Test
    void withoutASecretADigestFindsCorruption() {
        MessageAuthentication checksum = new MessageAuthentication(NONE);
        byte[] message = MessageWriter.version3(MessageType.HELLO, 7).digest(DigestType.MD5).toBytes();
        checksum.sign(message, NONE, NONE);
        assertEquals(Verdict.VALID, checksum.check(ByteBuffer.wrap(message), NONE, NONE));
        message[9] ^= 1;
        assertEquals(Verdict.INVALID, checksum.check(ByteBuffer.wrap(message), NONE, NONE));
    }

    @Property
    void anyChangedBitIsFound(@ForAll int at, @ForAll @Size(max = 30) byte[] name) {
        byte[] message = MessageWriter.version3(MessageType.SCCRQ, 7).digest(DigestType.SHA1)
                .octets(AvpType.VENDOR_NAME, name).toBytes();
        authentication.sign(message, HERE, THERE);
        int bit = Math.floorMod(at, message.length * 8);
        message[bit / 8] ^= (byte) (1 << bit % 8);
        ByteBuffer changed = ByteBuffer.wrap(message);
        if (Datagram.kind(changed).isControl()) {
            assertNotEquals(Verdict.VALID, authentication.check(changed, THERE, HERE));
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
