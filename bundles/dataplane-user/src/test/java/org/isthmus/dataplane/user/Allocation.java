package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/** What a hot path costs the garbage collector. */
final class Allocation {

    private Allocation() {
    }

    /** Does something many times; the second half, when classes are loaded and code is compiled, allocates nothing each time. */
    static void assertNone(int times, IntConsumer step) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int half = times / 2;
        for (int i = 0; i < half; i++) {
            step.accept(i);
        }
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = half; i < times; i++) {
            step.accept(i);
        }
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(bytes < times - half, bytes + " bytes for " + (times - half) + " times");
    }
}
