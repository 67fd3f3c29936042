package org.isthmus.core.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What a worker is asked to do by others, and by itself. Any thread may ask; only the worker's own runs. */
final class WorkerTasks implements Executor {
    private static final int MOST_PER_TURN = 256;

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Consumer<RuntimeException> defect;
    private volatile Runnable waker = () -> { };
    private volatile Thread thread;
    private volatile boolean ended;

    /** @param defect is told what a task threw */
    WorkerTasks(Consumer<RuntimeException> defect) {
        this.defect = defect;
    }

    /** Something asked, and its answer. */
    private record Question<T>(Callable<T> asked, CompletableFuture<T> answer) implements Runnable {
        @Override
        public void run() {
            try {
                answer.complete(asked.call());
            } catch (Exception | Error failed) { // who asked must not wait for ever
                answer.completeExceptionally(failed);
            }
        }

        void reject() {
            answer.completeExceptionally(new IllegalStateException("the engine has stopped"));
        }
    }

    /**
     * Tells who runs them.
     *
     * @param driver the thread
     * @param wakeUp ends its wait, from any thread
     */
    void runOn(Thread driver, Runnable wakeUp) {
        thread = driver;
        waker = wakeUp;
    }

    /** Runs it at once on the worker's own thread, in its next turn from any other. */
    @Override
    public void execute(Runnable task) {
        if (Thread.currentThread() == thread) {
            runGuarded(task);
        } else {
            post(task);
        }
    }

    /** Runs it in one of the next turns, never at once. */
    void post(Runnable task) {
        waiting.add(task);
        if (ended) {
            reject();
        } else {
            waker.run();
        }
    }

    /** Has the worker do what may fail; fails when nobody drives it any more. */
    <T> CompletableFuture<T> attempt(Callable<T> attempt) {
        Question<T> question = new Question<>(attempt, new CompletableFuture<>());
        execute(question);
        return question.answer();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Runs what waits, but not for ever: packets and timers want their turn. */
    void runWaiting() {
        for (int i = 0; i < MOST_PER_TURN; i++) {
            Runnable task = waiting.poll();
            if (task == null) {
                return;
            }
            runGuarded(task);
        }
    }

    /** Runs something whose failure must not end the worker. */
    void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            defect.accept(bug);
        }
    }

    /** Nobody runs them any more: what waits is not done, and who asked is told so. */
    void end() {
        ended = true;
        reject();
    }

    private void reject() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            if (task instanceof Question<?> question) {
                question.reject();
            }
        }
    }
}
