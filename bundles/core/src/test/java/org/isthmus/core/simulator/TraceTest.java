package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.AdminException;
import org.isthmus.api.TracedDatagram;
import org.isthmus.api.TunnelTrace;
import org.isthmus.protocol.trace.MessageTrace;
import org.junit.jupiter.api.Test;

/** A trace shows what a tunnel sends and receives, in order, and nothing of it is left when it ends. */
class TraceTest {
    private final Pair pair = new Pair(1).up();

    @Test
    void showsAllControlMessagesOfATunnelThatComesUpAgain() throws Exception {
        try (TunnelTrace trace = pair.lac.admin().trace("office", false)) {
            assertEquals("office", trace.tunnel());
            pair.lac.admin().deleteSession("office/alice", "enough");
            pair.world.runSeconds(1);
            assertEquals(List.of("to CDN", "from ZLB"), words(trace));
        }
    }

    @Test
    void followsATunnelByItsNameFromItsFirstMessage() throws Exception {
        String peers = pair.lns.admin().tunnels().get(0).name();
        pair.lns.admin().trace(peers, false).close();
        try (TunnelTrace trace = pair.lac.admin().trace("office", true)) {
            pair.lac.admin().deleteTunnel("office", "for the test");
            pair.world.runSeconds(60);
            words(trace);
            pair.lac.apply("system {\n host_name lac\n}\n");
            pair.lac.apply(Pair.LAC);
            pair.settle();
            List<String> words = words(trace);
            assertEquals(List.of("to SCCRQ", "from SCCRP", "to SCCCN"), words.subList(0, 3), words::toString);
            assertTrue(words.contains("to ICRQ") && words.contains("from ICRP") && words.contains("to ICCN"), words::toString);
            assertTrue(words.contains("to data") && words.contains("from data"), words::toString);
        }
    }

    @Test
    void showsDataOnlyWhereItIsAskedFor() throws Exception {
        try (TunnelTrace control = pair.lac.admin().trace("office", false);
                TunnelTrace all = pair.lac.admin().trace("office", true)) {
            pair.assertPackets();
            assertEquals(List.of(), words(control).stream().filter(line -> line.endsWith("data")).toList());
            assertEquals(List.of("to data", "from data"), words(all).stream().filter(line -> line.endsWith("data")).toList());
        }
    }

    @Test
    void saysFromWhereToWhere() throws Exception {
        try (TunnelTrace trace = pair.lac.admin().trace("office", true)) {
            pair.assertPackets();
            InetSocketAddress lns = new InetSocketAddress("10.0.0.2", 1701);
            List<TracedDatagram> passed = datagrams(trace);
            assertEquals(2, passed.size());
            passed.forEach(datagram -> assertEquals(lns, datagram.sent() ? datagram.destination() : datagram.source()));
        }
    }

    @Test
    void leavesOutWhatNobodyReadsAndCountsIt() throws Exception {
        try (TunnelTrace trace = pair.lac.admin().trace("office", true)) {
            SimDataplane.Session session = pair.lac.dataplane().session("office/alice").orElseThrow();
            for (int i = 0; i < 10_000; i++) {
                session.sendPacket("ping");
            }
            assertTrue(trace.dropped() >= 10_000 - 8_192, () -> "dropped " + trace.dropped());
            assertEquals(8_192, words(trace).size());
            pair.world.runSeconds(2);
        }
        pair.assertNothingLeft();
    }

    @Test
    void refusesATunnelThatIsNotThere() {
        assertThrows(AdminException.class, () -> pair.lac.admin().trace("nowhere", false));
    }

    private static List<String> words(TunnelTrace trace) throws InterruptedException {
        return datagrams(trace).stream().map(datagram -> {
            String summary = MessageTrace.of(ByteBuffer.wrap(datagram.payload())).summary();
            return (datagram.sent() ? "to " : "from ") + summary.split(" ")[0];
        }).toList();
    }

    private static List<TracedDatagram> datagrams(TunnelTrace trace) throws InterruptedException {
        List<TracedDatagram> all = new ArrayList<>();
        for (Optional<TracedDatagram> next = trace.next(Duration.ZERO); next.isPresent(); next = trace.next(Duration.ZERO)) {
            all.add(next.get());
        }
        return all;
    }
}
