package org.isthmus.dataplane.user;

import java.util.Arrays;

/**
 * Finds the value of the longest prefix that holds an address. Any number of threads look up without a lock while one thread
 * changes it.
 *
 * <p>There is one hash table for each prefix length in use, longest first: a look-up of a host route takes one probe, and never more than
 * there are lengths. Of one family only: see {@link IpPacket} for addresses; an IPv4 prefix is 96 bits longer here.
 */
final class PrefixTable<V> {

    private record Level<T>(int length, AddressTable<T> table) {
    }

    private volatile Level<V>[] levels = none();

    /** The value of the longest prefix around this address, or null. */
    V find(long high, long low) {
        for (Level<V> level : levels) {
            V value = level.table.get(high & highMask(level.length), low & lowMask(level.length));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Sets the value of a prefix of 0 to 128 bits; null removes it. Only for the one thread that changes the table. */
    void put(long high, long low, int length, V value) {
        AddressTable<V> table = table(length, value != null);
        if (table == null) {
            return;
        }
        table.put(high & highMask(length), low & lowMask(length), value);
        if (table.size() == 0) {
            drop(length);
        }
    }

    boolean isEmpty() {
        return levels.length == 0;
    }

    private AddressTable<V> table(int length, boolean make) {
        Level<V>[] now = levels;
        int at = 0;
        while (at < now.length && now[at].length > length) {
            at++;
        }
        if (at < now.length && now[at].length == length) {
            return now[at].table;
        }
        if (!make) {
            return null;
        }
        Level<V>[] more = Arrays.copyOf(now, now.length + 1);
        System.arraycopy(now, at, more, at + 1, now.length - at);
        more[at] = new Level<>(length, new AddressTable<>());
        levels = more;
        return more[at].table;
    }

    private void drop(int length) {
        levels = Arrays.stream(levels).filter(level -> level.length != length).toArray(PrefixTable::array);
    }

    private static long highMask(int length) {
        return length >= 64 ? -1L : length == 0 ? 0 : -1L << 64 - length;
    }

    private static long lowMask(int length) {
        return length <= 64 ? 0 : -1L << 128 - length;
    }

    private static <T> Level<T>[] none() {
        return array(0);
    }

    @SuppressWarnings("unchecked")
    private static <T> Level<T>[] array(int length) {
        return (Level<T>[]) new Level<?>[length];
    }
}
