package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.Octets.datagram;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** RFC 3931 sections 4.1 and 4.6. */
class SessionHeaderTest {

    private static final byte[] NO_COOKIE = {};

    @Property
    void whatIsWrittenIsRead(@ForAll boolean udp, @ForAll int sessionId, @ForAll @IntRange(max = 2) int cookieWords,
            @ForAll long cookie, @ForAll boolean sublayer, @ForAll @IntRange(min = -1, max = 0xffffff) int number) {
        byte[] bytes = new byte[4 * cookieWords];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (cookie >> 8 * i);
        }
        SessionHeader header = new SessionHeader(udp, sessionId, bytes, sublayer);
        ByteBuffer message = ByteBuffer.allocate(40).position(30).limit(33);

        header.prepend(message, number);

        assertEquals(30 - header.bytes(), message.position());
        assertEquals(sessionId, SessionHeader.sessionId(message, udp));
        assertTrue(header.fits(message));
        assertTrue(header.hasCookie(message));
        assertEquals(sublayer ? number : SessionHeader.UNNUMBERED, header.number(message));
        for (int i = 0; i < bytes.length; i++) {
            int at = message.position() + (udp ? 8 : 4) + i;
            message.put(at, (byte) (message.get(at) ^ 1 << i));
            assertFalse(header.hasCookie(message), "octet " + i + " of the cookie");
            message.put(at, (byte) (message.get(at) ^ 1 << i));
        }
    }

    @Test
    void theOctetsAreThoseOfTheRfc() {
        byte[] four = HexFormat.of().parseHex("c0c1c2c3");
        byte[] eight = HexFormat.of().parseHex("c0c1c2c3c4c5c6c7");
        assertEquals("00030000" + "fedcba98" + "c0c1c2c3c4c5c6c7" + "40000005", write(true, eight, true, 5));
        assertEquals("00030000" + "fedcba98" + "c0c1c2c3" + "00000000", write(true, four, true, SessionHeader.UNNUMBERED));
        assertEquals("fedcba98" + "40ffffff", write(false, NO_COOKIE, true, 0xffffff));
        assertEquals("fedcba98" + "40000000", write(false, NO_COOKIE, true, 0x1000000));
        assertEquals("fedcba98", write(false, NO_COOKIE, false, 7));
    }

    @Test
    void reservedBitsAreNotLookedAt() {
        SessionHeader header = new SessionHeader(true, 7, NO_COOKIE, true);
        assertEquals(7, SessionHeader.sessionId(datagram("7ff3 ffff 00000007 ff000001"), true));
        assertEquals(1, header.number(datagram("7ff3 ffff 00000007 ff000001")));
        assertEquals(SessionHeader.UNNUMBERED, header.number(datagram("0003 0000 00000007 bf000001")));
    }

    @Test
    void whatIsNoDataMessageOfVersion3HasNoSession() {
        for (String other : new String[] {"", "0003", "00030000 000000", "80030000 00000001", "00020000 00000001", "00030000 00000000"}) {
            assertEquals(0, SessionHeader.sessionId(datagram(other), true), other);
        }
        assertEquals(0, SessionHeader.sessionId(datagram("000001"), false));
        assertFalse(new SessionHeader(true, 7, NO_COOKIE, true).fits(datagram("00030000 00000007 400000")));
    }

    @Test
    void aCookieOfAnotherLengthIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new SessionHeader(true, 7, new byte[5], false));
    }

    private static String write(boolean udp, byte[] cookie, boolean sublayer, int number) {
        ByteBuffer message = ByteBuffer.allocate(SessionHeader.MAX_BYTES).position(SessionHeader.MAX_BYTES);
        new SessionHeader(udp, 0xfedcba98, cookie, sublayer).prepend(message, number);
        byte[] written = new byte[message.remaining()];
        message.get(written);
        return HexFormat.of().formatHex(written);
    }
}
