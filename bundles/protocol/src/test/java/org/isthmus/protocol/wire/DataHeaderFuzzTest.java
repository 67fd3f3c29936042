package org.isthmus.protocol.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;

/** Any octets are a data message whose payload lies within them, or are named for what they are. */
@Tag("fuzz")
class DataHeaderFuzzTest {

    private final DataHeader header = new DataHeader();

    @FuzzTest(maxDuration = "30s")
    void anyOctets(byte[] octets) {
        ByteBuffer datagram = ByteBuffer.wrap(octets);
        Datagram.kind(datagram);
        if (header.parse(datagram) == DatagramKind.DATA && (header.payloadPosition() < 6
                || header.payloadLength() < 0 || header.payloadPosition() + header.payloadLength() > octets.length)) {
            throw new AssertionError("the payload lies outside of the datagram");
        }
    }
}
