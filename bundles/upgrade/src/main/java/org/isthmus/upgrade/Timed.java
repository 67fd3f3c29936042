package org.isthmus.upgrade;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls what may never return. */
final class Timed {
    private Timed() {
    }

    /**
     * Calls it on a thread of its own, which is interrupted when the time is over, and left alone if it does not mind.
     *
     * @param what it does, for messages
     * @throws UpgradeException if it throws, or does not return in time
     */
    static <T> T call(String what, Duration limit, Callable<T> call) throws UpgradeException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "isthmus-upgrade: " + what);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new UpgradeException(what + " failed: " + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
        } catch (TimeoutException hangs) {
            thread.interrupt();
            throw new UpgradeException(what + " did not end within " + limit.toSeconds() + " s", hangs);
        } catch (InterruptedException hurried) {
            thread.interrupt();
            throw new UpgradeException(what + " was interrupted", hurried);
        }
    }
}
