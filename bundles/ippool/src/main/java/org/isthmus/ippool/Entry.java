package org.isthmus.ippool;

/** An address that is lent, or was. Free ones are linked in the order in which they came back. */
final class Entry {
    /** As an unsigned 32-bit number. */
    final long address;
    /** The pool to which it comes back. */
    Pool pool;
    /** Who had it last; empty if unknown. */
    String user = "";
    /** Who has it now; null while it is free. */
    String holder;
    Entry previous;
    Entry next;

    Entry(long address, Pool pool) {
        this.address = address;
        this.pool = pool;
        this.previous = this;
        this.next = this;
    }

    boolean lent() {
        return holder != null;
    }

    void linkBefore(Entry other) {
        previous = other.previous;
        next = other;
        previous.next = this;
        other.previous = this;
    }

    void unlink() {
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }
}
