package org.isthmus.dataplane.kernel;

import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SystemThread;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Something that the kernel is asked to make, again and again while what had its number before is still being taken down: the kernel deletes
 * tunnels and sessions some time after it has said so.
 */
final class KernelTask<T> {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long RETRY_MILLIS = 20;

    /** Makes it. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws LinuxException;
    }

    private final SystemThread thread;
    private final String what;
    private final BooleanSupplier cancelled;
    private final Work<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;

    private KernelTask(SystemThread thread, String what, BooleanSupplier cancelled, Work<T> work) {
        this.thread = thread;
        this.what = what;
        this.cancelled = cancelled;
        this.work = work;
    }

    /**
     * Has it made on the thread. What is made although nobody wants it any more is taken down by whoever closes it.
     *
     * @param what      for messages
     * @param cancelled whether nobody wants it any more
     */
    static <T> CompletionStage<T> start(SystemThread thread, String what, BooleanSupplier cancelled, Work<T> work) {
        KernelTask<T> task = new KernelTask<>(thread, what, cancelled, work);
        if (!thread.run(task::attempt)) {
            task.done.completeExceptionally(new DataplaneException(what + ": the data plane 'kernel' is stopped"));
        }
        return task.done;
    }

    private void attempt() {
        if (cancelled.getAsBoolean()) {
            done.completeExceptionally(new DataplaneException(what + " is closed"));
            return;
        }
        try {
            done.complete(work.run());
        } catch (LinuxException | RuntimeException e) {
            if (e instanceof LinuxException refused && refused.errno() == Errno.EEXIST && System.nanoTime() - deadlineNanos < 0) {
                thread.later(this::attempt, RETRY_MILLIS);
            } else {
                done.completeExceptionally(SystemFailure.of(what, e));
            }
        }
    }
}
