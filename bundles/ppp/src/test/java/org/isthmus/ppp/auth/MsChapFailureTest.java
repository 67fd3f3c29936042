package org.isthmus.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The failure text of MS-CHAP, ours and theirs. */
class MsChapFailureTest {

    @Test
    void isWrittenAsTheRfcSays() {
        byte[] challenge = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, (byte) 0x88, (byte) 0x99, (byte) 0xaa,
            (byte) 0xbb, (byte) 0xcc, (byte) 0xdd, (byte) 0xee, (byte) 0xff};
        assertEquals("E=691 R=0 C=00112233445566778899AABBCCDDEEFF V=3 M=Go away",
                new MsChapFailure(691, false, challenge, 3, "Go away").encode());
        assertEquals("E=648 R=1 C=0011223344556677 V=2",
                new MsChapFailure(648, true, java.util.Arrays.copyOf(challenge, 8), 2, "not sent").encode());
    }

    @Test
    void isReadBack() {
        MsChapFailure failure = MsChapFailure.parse("E=649 R=1 C=00ff V=3 M=No M=dial in = today");
        assertEquals(649, failure.errorCode());
        assertTrue(failure.retryAllowed());
        assertArrayEquals(new byte[] {0, (byte) 0xff}, failure.challenge());
        assertEquals(3, failure.version());
        assertEquals("No M=dial in = today", failure.message());
        assertEquals("no permission to dial in (E=649): No M=dial in = today", failure.explanation());
    }

    @Test
    void isReadEvenIfItIsNoSuchText() {
        for (String text : new String[] {"", "E=", "E=99999999999 R=7 C=xyz V=-1", "go away", "M=", "E=691 R=0 C= V= "}) {
            MsChapFailure failure = MsChapFailure.parse(text);
            assertEquals(691, failure.errorCode(), text);
            assertFalse(failure.retryAllowed(), text);
            assertEquals(0, failure.challenge().length, text);
        }
    }

    @Property(tries = 2_000)
    void nothingMakesItThrow(@ForAll String text) {
        MsChapFailure.parse(text).explanation();
        MsChapFailure.parse("E=691 R=1 C=" + text + " V=3 M=" + text).encode();
    }
}
