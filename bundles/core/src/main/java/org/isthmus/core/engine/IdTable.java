package org.isthmus.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Things by their identifier, found without making an object: the sessions of a tunnel are looked up here for a data
 * packet while one of them is still coming up. Open addressing with linear probing, at most half full.
 *
 * @param <T> the things
 */
final class IdTable<T> {
    private static final int FEWEST = 8;
    /** 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9e37_79b9;

    private final ToIntFunction<T> idOf;
    private T[] slots = slots(FEWEST);
    private int size;

    /** @param idOf the identifier of a thing, which never changes */
    IdTable(ToIntFunction<T> idOf) {
        this.idOf = idOf;
    }

    @SuppressWarnings("unchecked") // nobody else sees the array
    private T[] slots(int length) {
        return (T[]) new Object[length];
    }

    /** The thing with this identifier, or null. */
    T get(int id) {
        for (int i = home(id);; i = i + 1 & slots.length - 1) {
            T found = slots[i];
            if (found == null || idOf.applyAsInt(found) == id) {
                return found;
            }
        }
    }

    /** Adds one; none with its identifier may be there. */
    void put(T thing) {
        if (2 * (size + 1) > slots.length) {
            T[] old = slots;
            slots = slots(2 * old.length);
            for (T moved : old) {
                if (moved != null) {
                    slots[free(idOf.applyAsInt(moved))] = moved;
                }
            }
        }
        slots[free(idOf.applyAsInt(thing))] = thing;
        size++;
    }

    /** Takes out the thing with this identifier; null if there is none. */
    T remove(int id) {
        int gap = home(id);
        while (slots[gap] != null && idOf.applyAsInt(slots[gap]) != id) {
            gap = gap + 1 & slots.length - 1;
        }
        T removed = slots[gap];
        if (removed == null) {
            return null;
        }
        size--;
        slots[gap] = null;
        // Those behind it may have been pushed there by it: each is put where it belongs now.
        for (int i = gap + 1 & slots.length - 1; slots[i] != null; i = i + 1 & slots.length - 1) {
            T moved = slots[i];
            slots[i] = null;
            slots[free(idOf.applyAsInt(moved))] = moved;
        }
        return removed;
    }

    int size() {
        return size;
    }

    /** All of them, as a list of its own. */
    List<T> all() {
        List<T> all = new ArrayList<>(size);
        for (T thing : slots) {
            if (thing != null) {
                all.add(thing);
            }
        }
        return all;
    }

    private int free(int id) {
        int i = home(id);
        while (slots[i] != null) {
            i = i + 1 & slots.length - 1;
        }
        return i;
    }

    /** Identifiers of one worker have low bits in common, so all bits are mixed first. */
    private int home(int id) {
        int mixed = id * SPREAD;
        return (mixed ^ mixed >>> 15) & slots.length - 1;
    }
}
