package org.isthmus.linux;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Threads that close what the kernel takes its time for: with each network interface it waits until no processor looks at it any more,
 * some 20 ms in which whoever closes it can do nothing else. Those that wait at once wait together. Idle threads end. For any thread.
 */
@ProviderType
public final class Closer {

    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), this::thread);
    private final String name;

    /** @param name of its threads */
    public Closer(String name) {
        this.name = name;
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable task) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    /** Closes something, soon; at once and here when it has stopped. */
    public void close(Runnable closing) {
        try {
            threads.execute(closing);
        } catch (RejectedExecutionException stopped) {
            closing.run();
        }
    }

    /** Takes nothing more, and waits until all is closed; false if that was not so in time. */
    public boolean stop(long limitSeconds) {
        threads.shutdown();
        try {
            return threads.awaitTermination(limitSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
