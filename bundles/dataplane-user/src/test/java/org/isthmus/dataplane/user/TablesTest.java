package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The look-up tables of the hot path agree with the plain collections of Java. */
class TablesTest {


    @Property(tries = 300)
    void addresses(@ForAll @Size(max = 300) List<@IntRange(max = 80) Integer> changes) {
        AddressTable<Integer> table = new AddressTable<>();
        Map<Integer, Integer> model = new HashMap<>();
        int step = 0;
        for (int change : changes) {
            int key = change / 2;
            boolean set = change % 2 == 0;
            table.put(key % 3, key, set ? Integer.valueOf(++step) : null);
            if (set) {
                model.put(key, step);
            } else {
                model.remove(key);
            }
            assertEquals(model.size(), table.size());
            for (int any = 0; any <= 40; any++) {
                assertEquals(model.get(any), table.get(any % 3, any));
            }
        }
    }

    @Property(tries = 300)
    void sessionIds(@ForAll @Size(max = 300) List<@IntRange(max = 80) Integer> changes) {
        IdTable<Integer> table = new IdTable<>();
        Map<Integer, Integer> model = new HashMap<>();
        int step = 0;
        for (int change : changes) {
            // Ids that differ in their high bits only, so that many meet in one place.
            int id = change / 2 << 8 & 0xffff;
            if (change % 2 == 0) {
                assertEquals(model.put(id, ++step), table.put(id, step));
            } else {
                model.remove(id);
                table.remove(id);
            }
            assertEquals(model.size(), table.size());
            assertEquals(new HashSet<>(model.values()), new HashSet<>(table.values()));
            for (int any = 0; any <= 40; any++) {
                int look = any << 8 & 0xffff;
                assertEquals(model.get(look), table.get(look));
            }
        }
    }

    @Test
    void allSessionIdsAtOnce() {
        IdTable<Integer> table = new IdTable<>();
        for (int id = 1; id < 65_536; id++) {
            table.put(id, id);
        }
        for (int id = 1; id < 65_536; id++) {
            assertEquals(id, table.get(id));
        }
    }

    @Property(tries = 100)
    void theLongestPrefixWins(@ForAll @Size(max = 60) List<@LongRange(min = 0, max = 0xfffff) Long> changes) {
        PrefixTable<Integer> table = new PrefixTable<>();
        Map<List<Long>, Integer> model = new HashMap<>();
        int step = 0;
        for (long change : changes) {
            // A few bits in both halves of the address and a few lengths, so that prefixes lie within each other.
            long high = (change & 0xf) << 60;
            long low = (change >> 4 & 0xf) << 60;
            int length = List.of(0, 1, 2, 4, 63, 64, 65, 67, 68, 128).get((int) (change >> 8 & 0xff) % 10);
            long maskedHigh = mask(high, Math.min(length, 64));
            long maskedLow = mask(low, Math.max(length - 64, 0));
            boolean set = change >> 16 < 11;
            table.put(high, low, length, set ? Integer.valueOf(++step) : null);
            if (set) {
                model.put(List.of((long) length, maskedHigh, maskedLow), step);
            } else {
                model.remove(List.of((long) length, maskedHigh, maskedLow));
            }
            for (int any = 0; any < 256; any += 5) {
                long h = (long) (any & 0xf) << 60;
                long l = (long) (any >> 4) << 60;
                assertEquals(find(model, h, l), table.find(h, l));
            }
            assertEquals(model.isEmpty(), table.isEmpty());
        }
    }

    @Test
    @Timeout(30)
    void aReaderAlwaysFindsWhatStaysWhileAnotherThreadChangesTheRest() throws Exception {
        PrefixTable<Long> table = new PrefixTable<>();
        for (long i = 0; i < 100; i++) {
            table.put(7, i, 128, i);
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        AtomicLong looked = new AtomicLong();
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                for (long i = 0; i < 100; i++) {
                    Long value = table.find(7, i);
                    if (value == null || value != i) {
                        wrong.incrementAndGet();
                    }
                    Long other = table.find(9, i);
                    if (other != null && other != -i) {
                        wrong.incrementAndGet();
                    }
                    looked.incrementAndGet();
                }
            }
        });
        reader.start();
        for (int round = 0; round < 200 || looked.get() < 100_000; round++) {
            for (long i = 0; i < 200; i++) {
                table.put(9, i, 128, -i);
                table.put(i + 1 << 32, 0, 32, -1L);
            }
            for (long i = 0; i < 200; i++) {
                table.put(9, i, 128, null);
                table.put(i + 1 << 32, 0, 32, null);
            }
        }
        stop.set(true);
        reader.join();
        assertEquals(0, wrong.get());
        assertNull(table.find(9, 1));
        assertTrue(looked.get() > 0);
    }

    private static Integer find(Map<List<Long>, Integer> model, long high, long low) {
        for (long length = 128; length >= 0; length--) {
            Integer value = model.get(List.of(length, mask(high, (int) Math.min(length, 64)), mask(low, (int) Math.max(length - 64, 0))));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static long mask(long half, int bits) {
        return bits == 0 ? 0 : half & -1L << 64 - bits;
    }
}
