package org.isthmus.protocol.channel;

import java.util.Arrays;

/**
 * Which messages of the peer are taken: the one whose turn it is, and so many after it, which are held until theirs comes.
 *
 * @param <M> what is delivered
 */
final class ReceiveWindow<M> {
    /** As many as a peer may send that was not told our window, or more. */
    private final int size;
    /** By Ns modulo the length, a power of two. */
    private final Object[] held;
    /** Ns expected next. */
    private int nr;

    /** @param advertised how many a peer that was told may send ahead */
    ReceiveWindow(int advertised, int nr) {
        this.size = Math.max(advertised, ReliableChannel.DEFAULT_WINDOW);
        this.held = new Object[Integer.highestOneBit(2 * size - 1)];
        this.nr = nr;
    }

    int size() {
        return size;
    }

    int nr() {
        return nr;
    }

    void resume(int next) {
        nr = next;
    }

    /** Drops all that came ahead of its turn. */
    void reset(int next) {
        Arrays.fill(held, null);
        nr = next;
    }

    /** How far this one is ahead of what is expected; more than {@link Short#MAX_VALUE} for one that is old. */
    int ahead(int ns) {
        return ns - nr & 0xffff;
    }

    /** Whether a message may have this number now. */
    boolean admits(int ns) {
        return isOld(ns) || ahead(ns) < size;
    }

    /** The same of a ZLB, which carries the Ns of the message after it: that may be lost, or here already. */
    boolean admitsZlb(int ns) {
        return Math.abs((short) ahead(ns)) <= Math.max(size, 2 * ReliableChannel.DEFAULT_WINDOW);
    }

    /** Whether the message has come already. */
    boolean has(int ns) {
        return isOld(ns) || isHeld(ns);
    }

    boolean isHeld(int ns) {
        return held[index(ns)] != null;
    }

    void put(int ns, M message) {
        held[index(ns)] = message;
    }

    /** Takes out the message whose turn it is; null if it is not here. */
    @SuppressWarnings("unchecked") // only put fills the array
    M next() {
        M message = (M) held[index(nr)];
        if (message != null) {
            held[index(nr)] = null;
            nr = nr + 1 & 0xffff;
        }
        return message;
    }

    /** What was not seen before this message never comes: goes on with the first that is held, or with this one. */
    void skipTo(int ns) {
        if (ahead(ns) >= size) {
            reset(ns);
        }
        while (nr != ns && !isHeld(nr)) {
            nr = nr + 1 & 0xffff;
        }
    }

    private boolean isOld(int ns) {
        return ahead(ns) > Short.MAX_VALUE;
    }

    private int index(int ns) {
        return ns & held.length - 1;
    }
}
