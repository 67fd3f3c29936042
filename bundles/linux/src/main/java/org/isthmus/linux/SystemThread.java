package org.isthmus.linux;

import org.isthmus.linux.netlink.RouteSocket;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread on which things of the system are changed, such as interfaces, addresses and routes, one task after the other, so that whoever asks
 * for it never waits for the kernel. It is in the network namespace of who made it.
 */
public final class SystemThread {

    private final ScheduledThreadPoolExecutor thread;
    private RouteSocket routes;

    /** @param name the thread's name */
    public SystemThread(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Now and not with the first task, for the sake of the namespace.
        thread.prestartCoreThread();
    }

    /** Runs a task behind those before it; false once this is closed. */
    public boolean run(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Runs a task when the time has come, or never if this is closed before. */
    public void later(Runnable task, long millis) {
        try {
            thread.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // never, then
        }
    }

    /** The way to links, addresses and routes. On this thread only. */
    public RouteSocket routes() throws LinuxException {
        if (routes == null) {
            routes = RouteSocket.open();
        }
        return routes;
    }

    /**
     * Runs a last task and ends; waits for that.
     *
     * @return false if it was not done in time
     */
    public boolean close(Runnable last, long limitSeconds) {
        run(() -> {
            last.run();
            if (routes != null) {
                routes.close();
            }
        });
        thread.shutdown();
        try {
            return thread.awaitTermination(limitSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
