package org.isthmus.protocol.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.isthmus.protocol.wire.MessageAuthentication.Verdict;
import org.junit.jupiter.api.Tag;

/** Any octets are read, judged and signed as a message of version 3 without an exception. */
@Tag("fuzz")
class Version3MessageFuzzTest {

    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NONCE = {1, 2, 3};

    private final MessageAuthentication authentication = new MessageAuthentication(SECRET);

    @FuzzTest(maxDuration = "30s")
    void anyOctets(byte[] octets) {
        readAll(ByteBuffer.wrap(octets));
        if (octets.length <= ControlMessage.MAX_BYTES) {
            ByteBuffer message = ByteBuffer.allocate(12 + octets.length).putShort((short) 0xc803)
                    .putShort((short) (12 + octets.length)).putLong(0xfedcba9800030004L).put(octets).flip();
            readAll(message);
            signed(message);
        }
    }

    private void readAll(ByteBuffer datagram) {
        SccrqSummary.of(datagram);
        if (Datagram.kind(datagram).isControl()) {
            Datagram.isAcknowledgement(datagram);
            MessageAuthentication.nonceOf(datagram);
            authentication.check(datagram, NONCE, NONCE);
        }
        if (ControlMessage.decode(datagram, SECRET) instanceof ControlMessage message) {
            message.assignedTunnelId();
            message.assignedSessionId();
            message.pseudowireCapabilities();
            message.circuitStatus().map(CircuitStatus::words);
            message.missing();
            message.misplaced();
        }
    }

    /** What was signed is valid, if there was a place for a digest; and only then. */
    private void signed(ByteBuffer message) {
        boolean hasPlace = authentication.check(message, NONCE, NONCE) != Verdict.ABSENT;
        authentication.sign(message.array(), NONCE, NONCE);
        Verdict verdict = authentication.check(message, NONCE, NONCE);
        if (!hasPlace && verdict != Verdict.ABSENT) {
            throw new AssertionError("signed without a place");
        }
    }
}
