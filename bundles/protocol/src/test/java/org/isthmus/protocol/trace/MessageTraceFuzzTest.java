package org.isthmus.protocol.trace;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;

/** Any octets can be told in words, without an exception and without a character that drives a terminal. */
@Tag("fuzz")
class MessageTraceFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void anyOctets(byte[] octets) {
        check(ByteBuffer.wrap(octets));
        int length = 12 + octets.length & 0xffff;
        check(ByteBuffer.allocate(12 + octets.length).putShort((short) 0xc802).putShort((short) length)
                .putLong(0x0001000200030004L).put(octets).flip());
        check(ByteBuffer.allocate(12 + octets.length).putShort((short) 0xc803).putShort((short) length)
                .putLong(0x0001000200030004L).put(octets).flip());
    }

    private static void check(ByteBuffer datagram) {
        String words = MessageTrace.of(datagram).toString();
        if (words.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))) {
            throw new AssertionError("a control character: " + words);
        }
    }
}
