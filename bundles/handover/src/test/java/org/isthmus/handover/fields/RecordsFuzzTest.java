package org.isthmus.handover.fields;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Tag;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Octets that nobody of us wrote are refused, whatever they are. */
@Tag("fuzz")
class RecordsFuzzTest {
    private record Tree(String name, Optional<InetSocketAddress> at, Optional<Instant> since, Set<Thread.State> states,
            Map<String, Long> numbers, List<Tree> trees) {
    }

    @FuzzTest(maxDuration = "30s")
    void foreignOctetsAreRefused(byte[] octets) {
        try {
            Records.read(Tree.class, ByteBuffer.wrap(octets));
        } catch (UnreadableException refused) {
            // as it should be
        }
    }
}
