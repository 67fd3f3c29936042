package org.isthmus.core.admission;

/** A list whose links belong to its elements: joining at the end and leaving from anywhere take constant time. */
final class Chain<E> {
    private final Link<E> ends = new Link<>(null);
    private int size;

    Chain() {
        ends.previous = ends;
        ends.next = ends;
    }

    /** An element's place in a chain. */
    static final class Link<E> {
        private final E element;
        private Link<E> previous;
        private Link<E> next;

        Link(E element) {
            this.element = element;
        }

        private boolean joined() {
            return next != null;
        }
    }

    /** Moves to the end; joins if need be. */
    void toEnd(Link<E> link) {
        leave(link);
        link.previous = ends.previous;
        link.next = ends;
        ends.previous.next = link;
        ends.previous = link;
        size++;
    }

    /** Does nothing when it has left already. */
    void leave(Link<E> link) {
        if (link.joined()) {
            link.previous.next = link.next;
            link.next.previous = link.previous;
            link.previous = null;
            link.next = null;
            size--;
        }
    }

    /** The element that joined first, or null. */
    E first() {
        return ends.next.element;
    }

    int size() {
        return size;
    }
}
