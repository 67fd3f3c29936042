package org.isthmus.core.plugin;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks plugins away from the workers: one that throws, blocks or never answers costs whoever asked a failure after
 * {@link CallRecord#LIMIT}, and nobody else anything.
 */
public final class PluginCalls {

    /** Where calls run. */
    public interface Threads {
        /** On the caller's own, with no limit of time. */
        Threads NONE = new Threads() {
            @Override
            public boolean run(Object plugin, Runnable call) {
                call.run();
                return true;
            }

            @Override
            public void limit(CompletableFuture<?> answer, Runnable late) {
            }
        };

        /** Runs a call behind those before it of the same plugin; false if too many wait. */
        boolean run(Object plugin, Runnable call);

        /** Does this if there is no answer within {@link CallRecord#LIMIT}. */
        void limit(CompletableFuture<?> answer, Runnable late);
    }

    private final PluginBook book;
    private final Threads threads;

    public PluginCalls(PluginBook book, Threads threads) {
        this.book = book;
        this.threads = threads;
    }

    /**
     * Asks.
     *
     * @param expected which failures of the answer are answers too, such as that a pool is empty
     * @param late     what becomes of an answer that comes when nobody waits for it any more
     * @return completes on any thread, with the plugin's answer or why there is none
     */
    public <R> CompletionStage<R> ask(Object plugin, Supplier<? extends CompletionStage<R>> call, Predicate<Throwable> expected,
            Consumer<R> late) {
        CallRecord record = book.of(plugin);
        CompletableFuture<R> answer = new CompletableFuture<>();
        boolean taken = threads.run(plugin, () -> {
            try {
                Objects.requireNonNull(record.time(call::get), "no answer")
                        .whenComplete((result, failure) -> answered(record, answer, result, failure, expected, late));
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
                answered(record, answer, null, broken, expected, late);
            }
        });
        if (!taken) {
            answered(record, answer, null, new IllegalStateException("too many calls wait for it"), expected, late);
        }
        if (!answer.isDone()) {
            threads.limit(answer, () -> {
                if (answer.completeExceptionally(new IllegalStateException("no answer within " + CallRecord.LIMIT.toSeconds() + " s"))) {
                    record.late();
                }
            });
        }
        return answer;
    }

    private static <R> void answered(CallRecord record, CompletableFuture<R> answer, R result, Throwable failure,
            Predicate<Throwable> expected, Consumer<R> late) {
        if (failure == null) {
            record.succeeded();
            if (!answer.complete(result)) {
                late.accept(result);
            }
            return;
        }
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (expected.test(cause)) {
            record.succeeded();
        } else {
            record.failed(cause);
        }
        answer.completeExceptionally(cause);
    }
}
