package org.isthmus.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.protocol.trace.MessageTrace;
import org.isthmus.protocol.wire.EveryMessage.Sample;
import org.junit.jupiter.api.Test;

/** What we write is what we read and can tell, for each message with each attribute that it may have. */
class EveryMessageTest {

    private final List<Sample> samples = EveryMessage.all();

    @Test
    void thereIsEachTypeOfEachVersion() {
        Set<MessageType> inVersion2 = EnumSet.complementOf(EnumSet.of(MessageType.ACK));
        Set<MessageType> inVersion3 = EnumSet.complementOf(EnumSet.of(MessageType.ZLB, MessageType.CSUN, MessageType.CSURQ));
        assertEquals(inVersion2, types(ProtocolVersion.V2));
        assertEquals(inVersion3, types(ProtocolVersion.V3));
    }

    private Set<MessageType> types(ProtocolVersion version) {
        return samples.stream().filter(sample -> sample.version() == version).map(Sample::type).collect(Collectors.toSet());
    }

    @Test
    void theTraceKnowsEveryWordOfThem() {
        for (Sample sample : samples) {
            String words = MessageTrace.of(ByteBuffer.wrap(sample.bytes())).toString();
            assertTrue(words.startsWith(sample.type() == MessageType.STOPCCN ? "StopCCN" : sample.type().name()), words);
            assertFalse(words.matches("(?s).*(malformed|unknown|Attribute|Vendor \\d).*"), words);
            // Random Vector itself is not: it is what hides the rest.
            assertEquals(sample.hidden() && words.contains("Random Vector"), words.contains("hidden, "), words);
        }
    }
}
