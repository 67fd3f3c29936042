package org.isthmus.protocol.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** Any octets are read as a control message, or rejected, without an exception. */
@Tag("fuzz")
class ControlMessageFuzzTest {

    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

    @FuzzTest(maxDuration = "30s")
    void anyOctets(byte[] octets) {
        readAll(ByteBuffer.wrap(octets));
        // Most octets do not get past the header: give them a right one.
        if (octets.length <= ControlMessage.MAX_BYTES) {
            readAll(ByteBuffer.allocate(12 + octets.length).putShort((short) 0xc802)
                    .putShort((short) (12 + octets.length)).putLong(0x0001000200030004L).put(octets).flip());
        }
    }

    private static void readAll(ByteBuffer datagram) {
        SccrqSummary.of(datagram);
        if (ControlMessage.decode(datagram, SECRET) instanceof ControlMessage message) {
            message.connectSpeedUpdates();
            message.accessLine().words();
            message.resultCode().map(ResultCode::words);
            message.disconnectCause().map(DisconnectCause::words);
            message.q931Cause();
            message.callErrors();
            message.accm();
            message.unknown().forEach(Avp::bytes);
            for (AvpType type : AvpType.values()) {
                message.octets(type);
                message.text(type);
            }
        }
    }
}
