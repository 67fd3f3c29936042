package org.isthmus.dataplane.user;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.RouteSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which interfaces, addresses and routes change, one task after the other, so that no worker ever waits for the kernel. It
 * is in the network namespace of who made it.
 */
final class SystemThread {

    private static final Logger LOG = LoggerFactory.getLogger(SystemThread.class);
    private static final long STOP_SECONDS = 5;

    private final ScheduledThreadPoolExecutor thread;
    private RouteSocket routes;

    SystemThread() {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "l2tp-system-network");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Now and not with the first task, for the sake of the namespace.
        thread.prestartCoreThread();
    }

    /** Runs a task behind those before it; false once this is closed. */
    boolean run(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Runs a task when the time has come, or never if this is closed before. */
    void later(Runnable task, long millis) {
        thread.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** The way to the kernel. On this thread only. */
    RouteSocket routes() throws LinuxException {
        if (routes == null) {
            routes = RouteSocket.open();
        }
        return routes;
    }

    /** Runs a last task and ends. */
    void close(Runnable last) {
        run(() -> {
            last.run();
            if (routes != null) {
                routes.close();
            }
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The interfaces of the data plane 'user' were not all removed within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
