package org.isthmus.protocol.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class SessionHeaderFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void anyMessage(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes);
        for (int cookie = 0; cookie <= 8; cookie += 4) {
            for (int options = 0; options < 4; options++) {
                boolean udp = (options & 1) != 0;
                SessionHeader header = new SessionHeader(udp, SessionHeader.sessionId(message, udp), new byte[cookie], options > 1);
                if (header.fits(message)) {
                    header.hasCookie(message);
                    int number = header.number(message);
                    if (number < SessionHeader.UNNUMBERED || number > 0xffffff) {
                        throw new AssertionError("number " + number);
                    }
                }
            }
        }
        if (message.position() != 0 || message.limit() != bytes.length) {
            throw new AssertionError("the message was moved");
        }
    }
}
