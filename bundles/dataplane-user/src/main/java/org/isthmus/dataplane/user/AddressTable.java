package org.isthmus.dataplane.user;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A hash table from 128-bit addresses to values that any number of threads read without a lock while one thread changes it. Open
 * addressing; a removed entry leaves a mark that the next growth clears away. A reader allocates nothing.
 */
final class AddressTable<V> {

    private static final int SMALLEST = 8;

    /** Both halves of the key stand beside the value, so a reader never sees the key of one with the value of another. */
    private static final class Entry<V> {
        private final long high;
        private final long low;
        private final V value;

        private Entry(long high, long low, V value) {
            this.high = high;
            this.low = low;
            this.value = value;
        }

        private boolean is(long otherHigh, long otherLow) {
            return low == otherLow && high == otherHigh;
        }
    }

    private volatile AtomicReferenceArray<Entry<V>> entries = new AtomicReferenceArray<>(SMALLEST);
    private int used;
    private int size;

    /** The value of an address, or null. */
    V get(long high, long low) {
        AtomicReferenceArray<Entry<V>> table = entries;
        int mask = table.length() - 1;
        int at = hash(high, low) & mask;
        Entry<V> entry = table.get(at);
        while (entry != null) {
            if (entry.is(high, low)) {
                return entry.value;
            }
            at = at + 1 & mask;
            entry = table.get(at);
        }
        return null;
    }

    /** Sets the value of an address; null removes it. Only for the one thread that changes the table. */
    void put(long high, long low, V value) {
        AtomicReferenceArray<Entry<V>> table = entries;
        int mask = table.length() - 1;
        int at = hash(high, low) & mask;
        Entry<V> entry = table.get(at);
        while (entry != null && !entry.is(high, low)) {
            at = at + 1 & mask;
            entry = table.get(at);
        }
        if (entry == null && value == null) {
            return;
        }
        boolean wasThere = entry != null && entry.value != null;
        size += (value != null ? 1 : 0) - (wasThere ? 1 : 0);
        // An entry without a value is the mark that keeps those behind it within reach.
        table.set(at, new Entry<>(high, low, value));
        if (entry == null && ++used * 2 > table.length()) {
            rebuild();
        }
    }

    int size() {
        return size;
    }

    private void rebuild() {
        AtomicReferenceArray<Entry<V>> from = entries;
        int length = SMALLEST;
        while (length < size * 4) {
            length *= 2;
        }
        AtomicReferenceArray<Entry<V>> to = new AtomicReferenceArray<>(length);
        used = 0;
        for (int i = 0; i < from.length(); i++) {
            Entry<V> entry = from.get(i);
            if (entry != null && entry.value != null) {
                int at = hash(entry.high, entry.low) & length - 1;
                while (to.get(at) != null) {
                    at = at + 1 & length - 1;
                }
                to.set(at, entry);
                used++;
            }
        }
        entries = to;
    }

    private static int hash(long high, long low) {
        long mixed = (high * 0x9e3779b97f4a7c15L ^ low) * 0xc2b2ae3d27d4eb4fL;
        return (int) (mixed ^ mixed >>> 32);
    }
}
