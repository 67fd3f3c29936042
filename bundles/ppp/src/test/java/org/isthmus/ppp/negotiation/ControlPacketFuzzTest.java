package org.isthmus.ppp.negotiation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.isthmus.ppp.PppFrame;
import org.junit.jupiter.api.Tag;

/** Frame, packet and options: what is read fits into what was received, and is written back as it was. */
@Tag("fuzz")
class ControlPacketFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void parse(byte[] data) {
        ByteBuffer frame = ByteBuffer.wrap(data);
        if (PppFrame.readProtocol(frame) == PppFrame.MALFORMED) {
            return;
        }
        ControlPacket.parse(frame).ifPresent(packet -> {
            assertTrue(packet.data().remaining() + 4 <= data.length);
            assertTrue(packet.text().length() <= 255);
            assertTrue(packet.quote(10).length <= 10);
            Option.parse(packet.data()).ifPresent(options -> {
                assertTrue(options.size() <= Option.MAX_OPTIONS);
                assertArrayEquals(packet.bytes(), Option.encode(options));
            });
        });
    }
}
