package org.isthmus.core.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        String page = Files.readString(manual());
        Set<String> labels = new HashSet<>();
        StringBuilder missing = new StringBuilder();
        for (Counter counter : Counter.values()) {
            assertTrue(labels.add(counter.label()), "two counters " + counter.label());
            String row = "| `" + counter.label() + "` | " + counter.description() + " |";
            if (!page.contains(row + "\n")) {
                missing.append(row).append('\n');
            }
        }
        assertEquals("", missing.toString(), "rows that docs/counters.md lacks");
        long rows = page.lines().dropWhile(line -> !line.startsWith("## The appliance")).skip(1)
                .takeWhile(line -> !line.startsWith("## ")).filter(line -> line.startsWith("| `")).count();
        assertEquals(Counter.values().length, rows, "docs/counters.md lists a counter that does not exist");
    }

    /** The page in the source tree, which the test runs in. */
    private static Path manual() {
        return Path.of("..", "..", "docs", "counters.md");
    }
}
