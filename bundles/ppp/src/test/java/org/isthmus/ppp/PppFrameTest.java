package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The head of a frame in its four forms, and what is none. */
class PppFrameTest {

    @ParameterizedTest
    @CsvSource({
        "ff03c02101, 0xc021, 1", "c02101, 0xc021, 1", "ff030021, 0x21, 0", "0021aa, 0x21, 1", "21aabb, 0x21, 2",
        "ff0321aa, 0x21, 1", "57, 0x57, 0", "ff03, -1, 0", "ff, 0xff, 0", "c0, -1, 0", "'', -1, 0", "7e80aa, -1, 0",
        "ff03c022, -1, 0"})
    void isRead(String hex, int protocol, int remaining) {
        ByteBuffer frame = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        assertEquals(protocol, PppFrame.readProtocol(frame));
        if (protocol >= 0) {
            assertEquals(remaining, frame.remaining());
        }
    }
}
