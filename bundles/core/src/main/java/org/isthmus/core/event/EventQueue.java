package org.isthmus.core.event;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A queue with a fixed number of places for many writers and one reader. Nobody ever waits: a full queue refuses, an
 * empty one answers null. What one writer puts in comes out in its order.
 *
 * @param <E> what is queued
 */
final class EventQueue<E> {
    private final AtomicReferenceArray<E> places;
    private final AtomicLong tail = new AtomicLong(); // the number of the next to be put in
    private final AtomicLong head = new AtomicLong(); // the number of the next to be taken out

    EventQueue(int capacity) {
        places = new AtomicReferenceArray<>(capacity);
    }

    /** False if it is full. Any thread. */
    boolean offer(E element) {
        long number;
        do {
            number = tail.get();
            if (number - head.get() >= places.length()) {
                return false;
            }
        } while (!tail.compareAndSet(number, number + 1));
        // The place is empty: the reader clears it before it moves the head, and the head has passed it.
        places.setRelease(place(number), element);
        return true;
    }

    /** Null if it is empty, or if the next writer has its number but not yet put its element. The reader only. */
    E poll() {
        long number = head.get();
        E element = places.getAcquire(place(number));
        if (element != null) {
            places.setPlain(place(number), null);
            head.set(number + 1);
        }
        return element;
    }

    /** Whether there is something, or is about to be. Any thread. */
    boolean isEmpty() {
        return head.get() == tail.get();
    }

    int size() {
        return (int) (tail.get() - head.get());
    }

    private int place(long number) {
        return (int) (number % places.length());
    }
}
