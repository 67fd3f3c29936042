package org.isthmus.dataplane.kernel;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that close what the kernel takes its time for: with each session it waits until no processor looks at it any more, some 20 ms in
 * which whoever closes it can do nothing else. Those that wait at once wait together. Idle threads end.
 */
final class Closer {

    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), task -> {
        Thread made = new Thread(task, "l2tp-kernel-closer");
        made.setDaemon(true);
        return made;
    });

    Closer() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Closes something, soon. */
    void close(Runnable closing) {
        try {
            threads.execute(closing);
        } catch (RejectedExecutionException stopped) {
            closing.run();
        }
    }

    /** Takes nothing more, and waits until all is closed; false if that was not so in time. */
    boolean stop(long limitSeconds) {
        threads.shutdown();
        try {
            return threads.awaitTermination(limitSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
