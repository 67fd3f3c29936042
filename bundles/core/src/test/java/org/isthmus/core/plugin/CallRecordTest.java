package org.isthmus.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;

import org.isthmus.api.PluginStatus;
import org.junit.jupiter.api.Test;

/** How the calls of a plugin are counted, and when it is set aside. */
class CallRecordTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final RuntimeException BROKEN = new IllegalStateException("broken");

    private final Object plugin = new Object();
    private long now = 1_000;
    private final PluginBook book = new PluginBook(() -> now);
    private final CallRecord record = added();

    private CallRecord added() {
        book.add(plugin, "authenticator", "vendor", new Owner("com.example.judge", "1.2.0"),
                CallRecord.LIMIT);
        return book.of(plugin);
    }

    private PluginStatus status() {
        return book.status(NOON).get(0);
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            record.failed(BROKEN);
        }
    }

    @Test
    void callsFailuresAndTimesAreCounted() {
        assertEquals(7, record.time(() -> 7));
        assertThrows(IllegalStateException.class, () -> record.time(() -> {
            throw BROKEN;
        }));
        record.failed(BROKEN);
        PluginStatus status = status();
        assertEquals(2, status.calls());
        assertEquals(1, status.failures());
        assertEquals("broken", status.lastFailure());
        assertEquals("com.example.judge", status.bundle());
        assertTrue(status.busy().compareTo(status.longest()) >= 0 && !status.longest().isZero(), status.toString());
        assertEquals(1, book.failures());
    }

    @Test
    void afterFailuresInARowItIsSetAsideForTwiceAsLongEachTime() {
        fails(CallRecord.MOST_IN_A_ROW - 1);
        assertFalse(record.isSetAside());
        long[] seconds = {30, 60, 120, 240, 480, 900, 900};
        for (long aside : seconds) {
            record.failed(BROKEN);
            assertEquals(Optional.of(NOON.plusSeconds(aside)), status().setAside());
            now += aside * 1000 - 1;
            assertTrue(record.isSetAside());
            now += 1;
            assertFalse(record.isSetAside());
        }
    }

    @Test
    void oneThatGoesWellMakesUpForAll() {
        fails(CallRecord.MOST_IN_A_ROW);
        now += 30_000;
        record.succeeded();
        fails(CallRecord.MOST_IN_A_ROW - 1);
        assertFalse(record.isSetAside());
        record.failed(BROKEN);
        assertEquals(Optional.of(NOON.plusSeconds(30)), status().setAside());
    }

    @Test
    void aCallThatDoesNotReturnIsNoticedOnce() {
        record.time(() -> {
            now += CallRecord.LIMIT.toMillis() - 1;
            book.watch();
            assertEquals(0, status().overdue());
            now += 1;
            book.watch();
            book.watch();
            assertEquals(1, status().overdue());
            return null;
        });
        now += CallRecord.LIMIT.toMillis();
        book.watch();
        assertEquals(1, status().overdue());
    }

    @Test
    void whoHasGoneIsForgotten() {
        book.remove(plugin);
        assertEquals(0, book.status(NOON).size());
        book.of(plugin).failed(BROKEN);
        assertEquals(1, book.failures(), "and its failures are counted");
    }
}
