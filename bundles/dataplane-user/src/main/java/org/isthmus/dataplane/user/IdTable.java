package org.isthmus.dataplane.user;

import java.util.ArrayList;
import java.util.List;

/** A hash table from session ids to values, for one thread: no boxing, and a look-up of one or few probes. */
final class IdTable<V> {

    private static final int SMALLEST = 16;

    private int[] ids = new int[SMALLEST];
    private Object[] values = new Object[SMALLEST];
    private int size;

    /** The value of an id, or null. */
    @SuppressWarnings("unchecked")
    V get(int id) {
        int at = find(id);
        return (V) values[at];
    }

    /** Sets the value of an id and returns the one before, or null. */
    @SuppressWarnings("unchecked")
    V put(int id, V value) {
        int at = find(id);
        V before = (V) values[at];
        ids[at] = id;
        values[at] = value;
        if (before == null && ++size * 2 > ids.length) {
            grow();
        }
        return before;
    }

    /** Removes an id. */
    void remove(int id) {
        int hole = find(id);
        if (values[hole] == null) {
            return;
        }
        size--;
        values[hole] = null;
        // Those behind the hole move up if they could not be found across it.
        int mask = ids.length - 1;
        for (int at = hole + 1 & mask; values[at] != null; at = at + 1 & mask) {
            int home = hash(ids[at]) & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                ids[hole] = ids[at];
                values[hole] = values[at];
                values[at] = null;
                hole = at;
            }
        }
    }

    int size() {
        return size;
    }

    /** All values, in no order. */
    @SuppressWarnings("unchecked")
    List<V> values() {
        List<V> all = new ArrayList<>(size);
        for (Object value : values) {
            if (value != null) {
                all.add((V) value);
            }
        }
        return all;
    }

    /** Where the id stands, or the free place where it would. */
    private int find(int id) {
        int mask = ids.length - 1;
        int at = hash(id) & mask;
        while (values[at] != null && ids[at] != id) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        int[] oldIds = ids;
        Object[] oldValues = values;
        ids = new int[2 * oldIds.length];
        values = new Object[ids.length];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldValues[i] != null) {
                int at = find(oldIds[i]);
                ids[at] = oldIds[i];
                values[at] = oldValues[i];
            }
        }
    }

    private static int hash(int id) {
        int mixed = id * 0x9e3779b9;
        return mixed ^ mixed >>> 16;
    }
}
