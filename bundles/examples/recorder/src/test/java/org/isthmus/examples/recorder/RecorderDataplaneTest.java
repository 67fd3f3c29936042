package org.isthmus.examples.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderDataplaneTest {
    private static final int HEADERS = 20 + 8;

    @TempDir
    Path folder;
    private final Echo user = new Echo();

    /** Sends back whatever it is handed. */
    private static final class Echo implements Dataplane, TunnelPath {
        private TunnelPort port;
        private int closed;

        @Override
        public String name() {
            return "user";
        }

        @Override
        public Set<Ability> abilities() {
            return EnumSet.allOf(Ability.class);
        }

        @Override
        public void configure(DataplaneSettings settings) {
        }

        @Override
        public CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort given) {
            port = given;
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public CompletionStage<SessionPath> openSession(SessionSpec spec, SessionPort sessionPort) {
            return CompletableFuture.failedFuture(new DataplaneException("not here"));
        }

        @Override
        public void receive(ByteBuffer packet, long nowMillis) {
            port.send(packet, 0);
        }

        @Override
        public void peerMoved(TunnelSpec spec) {
        }

        @Override
        public TunnelDataCounters counters() {
            return new TunnelDataCounters(1, 2);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static TunnelSpec tunnel() {
        return new TunnelSpec("office", 2, 1, 2, Encapsulation.UDP, new InetSocketAddress("192.0.2.1", 1701),
                new InetSocketAddress("192.0.2.2", 1702), -1);
    }

    private ByteBuffer recorded(long mostBytes, int packets) throws IOException {
        Path path = folder.resolve("recorded");
        RecorderDataplane recorder = new RecorderDataplane(user, new PcapFile(path, mostBytes));
        int[] sent = {0};
        TunnelPath opened = recorder.openTunnel(tunnel(), (packet, dscp) -> {
            sent[0]++;
            return 0;
        }).toCompletableFuture().join();
        ByteBuffer packet = ByteBuffer.allocateDirect(4).putInt(0xcafe).flip();
        for (int i = 0; i < packets; i++) {
            opened.receive(packet, 0);
        }
        assertEquals(packets, sent[0], "packets pass whatever becomes of the file");
        assertEquals(4, packet.remaining(), "the buffer is the engine's");
        assertSame(user.abilities().size(), recorder.abilities().size());
        assertEquals(2, opened.counters().unknownSession());
        opened.close();
        assertEquals(1, user.closed);
        recorder.close();
        return ByteBuffer.wrap(Files.readAllBytes(path));
    }

    @Test
    void bothDirectionsAreInTheFileAsIpPackets() throws IOException {
        ByteBuffer file = recorded(1_000_000, 1);
        assertEquals(0xa1b2c3d4, file.getInt());
        assertEquals(101, file.getInt(20));
        assertEquals(24 + 2 * (16 + HEADERS + 4), file.limit());
        int first = 24 + 16;
        assertEquals(HEADERS + 4, file.getInt(first - 4));
        assertEquals(0xc0000202, file.getInt(first + 12), "the peer's");
        assertEquals(0xc0000201, file.getInt(first + 16));
        assertEquals(1702, file.getShort(first + 20));
        assertEquals(1701, file.getShort(first + 22));
        assertEquals(0xcafe, file.getInt(first + HEADERS));
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += file.getShort(first + i) & 0xffff;
        }
        assertEquals(0xffff, (sum & 0xffff) + (sum >>> 16), "the header's checksum");
        assertEquals(0xc0000201, file.getInt(first + HEADERS + 4 + 16 + 12), "ours");
    }

    @Test
    void aFileThatIsAsLargeAsItMayBeGrowsNoMore() throws IOException {
        assertTrue(recorded(200, 50).limit() <= 200);
    }

    @Test
    void aFileThatCannotBeWrittenStopsNothing() throws IOException {
        RecorderDataplane recorder = new RecorderDataplane(user, new PcapFile(folder.resolve("nowhere/recorded"), 1_000));
        TunnelPath opened = recorder.openTunnel(tunnel(), (packet, dscp) -> 0).toCompletableFuture().join();
        for (int i = 0; i < 10_000; i++) {
            opened.receive(ByteBuffer.allocateDirect(4), 0);
        }
        recorder.close();
    }
}
