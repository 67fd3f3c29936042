package org.isthmus.core.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class CountersTest {
    private final Counters first = new Counters();
    private final Counters second = new Counters();
    private final CounterTotals totals = new CounterTotals(List.of(first, second));

    @Test
    void totalsAreTheSumsOverWorkersByName() {
        first.count(Counter.TUNNELS_CREATED);
        second.add(Counter.TUNNELS_CREATED, 4);
        assertEquals(5, totals.get(Counter.TUNNELS_CREATED));
        assertEquals(5L, totals.byName().get("tunnels_created"));
        assertEquals(Counter.values().length, totals.byName().size());
    }

    @Test
    void aResetTakesOffWhatWasAndTheWorkersCountOn() {
        first.add(Counter.RX_PACKETS, 10);
        totals.reset();
        assertEquals(0, totals.get(Counter.RX_PACKETS));
        first.count(Counter.RX_PACKETS);
        assertEquals(1L, totals.byName().get("rx_packets"));
        assertEquals(11, first.get(Counter.RX_PACKETS));
    }

    @Test
    void aReaderSeesEverythingThatWasCountedBeforeTheWriterEnded() throws InterruptedException {
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 1_000_000; i++) {
                first.count(Counter.RX_PACKETS);
            }
        });
        writer.start();
        long last = 0;
        while (writer.isAlive()) {
            long seen = totals.get(Counter.RX_PACKETS);
            assertTrue(seen >= last, "a counter never goes back");
            last = seen;
        }
        writer.join();
        assertEquals(1_000_000, totals.get(Counter.RX_PACKETS));
    }

    @Test
    void theManualListsEveryCounterWithItsMeaning() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            rows.add(row(counter.label(), counter.description()));
        }
        assertEquals(String.join("\n", rows), section("## The appliance", ""));
    }

    @Test
    void theManualListsWhatATunnelCounts() throws IOException {
        List<String> rows = new ArrayList<>();
        for (org.isthmus.protocol.tunnel.Counter counter : org.isthmus.protocol.tunnel.Counter.values()) {
            rows.add(row(counter.name().toLowerCase(Locale.ROOT), counter.words()));
        }
        assertEquals(String.join("\n", rows), section("## A tunnel", "| `rx_sccrq`"));
    }

    private static String row(String label, String meaning) {
        return "| `" + label + "` | " + meaning + " |";
    }

    /** The rows of the manual's table under a heading, up to one that begins with {@code end}. */
    private static String section(String heading, String end) throws IOException {
        return Files.readString(manual()).lines().dropWhile(line -> !line.equals(heading)).skip(1)
                .takeWhile(line -> !line.startsWith("## ") && (end.isEmpty() || !line.startsWith(end)))
                .filter(line -> line.startsWith("| `")).collect(Collectors.joining("\n"));
    }

    /** The page in the source tree, which the test runs in. */
    private static Path manual() {
        return Path.of("..", "..", "docs", "counters.md");
    }
}
