package org.isthmus.protocol.channel;

import java.util.Arrays;

/**
 * Messages that came ahead of their turn, by their Ns.
 *
 * @param <M> what is delivered
 */
final class HeldMessages<M> {
    /** By Ns modulo the length, a power of two. */
    private final Object[] slots;

    /** @param window how many a peer may send ahead at most */
    HeldMessages(int window) {
        slots = new Object[Integer.highestOneBit(2 * window - 1)];
    }

    boolean has(int ns) {
        return slots[index(ns)] != null;
    }

    void put(int ns, M message) {
        slots[index(ns)] = message;
    }

    /** Takes out the message whose turn it is; null if it is not here. */
    @SuppressWarnings("unchecked") // only put fills the array
    M take(int ns) {
        M message = (M) slots[index(ns)];
        slots[index(ns)] = null;
        return message;
    }

    void clear() {
        Arrays.fill(slots, null);
    }

    private int index(int ns) {
        return ns & slots.length - 1;
    }
}
