package org.isthmus.linux;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few message headers that the threads which send through one socket take turns with: without a lock, without an allocation, and
 * without a place per thread that would have to be cleaned up.
 */
final class MessageHeaders {

    private static final int COUNT = 16;

    private final MessageHeader[] headers = new MessageHeader[COUNT];
    private final AtomicInteger free = new AtomicInteger((1 << COUNT) - 1);

    MessageHeaders() {
        for (int i = 0; i < COUNT; i++) {
            headers[i] = new MessageHeader();
        }
    }

    /** Takes a header; with more than 16 threads within a send at once, waits for one of them. */
    int claim() {
        while (true) {
            int bits = free.get();
            int lowest = Integer.lowestOneBit(bits);
            if (bits != 0 && free.compareAndSet(bits, bits & ~lowest)) {
                return Integer.numberOfTrailingZeros(lowest);
            }
            Thread.onSpinWait();
        }
    }

    MessageHeader get(int claimed) {
        return headers[claimed];
    }

    void release(int claimed) {
        int bit = 1 << claimed;
        int bits = free.get();
        while (!free.compareAndSet(bits, bits | bit)) {
            bits = free.get();
        }
    }
}
