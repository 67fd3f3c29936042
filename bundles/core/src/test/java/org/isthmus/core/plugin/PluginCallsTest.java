package org.isthmus.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plugins are asked away from who asks. */
@Timeout(60)
class PluginCallsTest {
    private final PluginBook book = new PluginBook(() -> 0);
    private final PluginThreads threads = new PluginThreads(book);
    private final PluginCalls calls = new PluginCalls(book, threads);
    private final Object one = new Object();
    private final Object other = new Object();

    @AfterEach
    void close() {
        threads.close();
    }

    private <R> CompletableFuture<R> ask(Object plugin, Supplier<CompletionStage<R>> call) {
        return calls.ask(plugin, call, IllegalArgumentException.class::isInstance, late -> { }).toCompletableFuture();
    }

    @Test
    void oneThatBlocksHoldsUpNobodyElse() {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Integer> blocked = ask(one, () -> {
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(1);
        });
        assertEquals(2, ask(other, () -> CompletableFuture.completedFuture(2)).join());
        assertFalse(blocked.isDone());
        release.countDown();
        assertEquals(1, blocked.join());
    }

    @Test
    void itIsAskedInOrder() {
        List<Integer> order = new ArrayList<>(); // of its thread
        CompletableFuture<Integer> last = null;
        for (int i = 0; i < 1000; i++) {
            int number = i;
            last = ask(one, () -> {
                order.add(number);
                return CompletableFuture.completedFuture(order.size());
            });
        }
        assertEquals(1000, last.join());
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, order.get(i));
        }
    }

    @Test
    void whateverItThrowsIsItsFailure() {
        for (Supplier<CompletionStage<Integer>> broken : List.<Supplier<CompletionStage<Integer>>>of(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                () -> {
                    throw new NoClassDefFoundError("its bundle is gone");
                },
                () -> null,
                () -> CompletableFuture.failedFuture(new IllegalStateException("later")))) {
            assertThrows(CompletionException.class, () -> ask(one, broken).join());
        }
        assertEquals(4, book.failures());
    }

    @Test
    void anExpectedFailureIsAnAnswer() {
        CompletionException refused = assertThrows(CompletionException.class,
                () -> ask(one, () -> CompletableFuture.failedFuture(new IllegalArgumentException("empty"))).join());
        assertTrue(refused.getCause() instanceof IllegalArgumentException);
        assertEquals(0, book.failures());
    }

    @Test
    void anAnswerThatComesTooLateIsGivenBack() {
        List<Runnable> due = new ArrayList<>();
        PluginCalls impatient = new PluginCalls(book, new PluginCalls.Threads() {
            @Override
            public boolean run(Object plugin, Runnable call) {
                return NONE.run(plugin, call);
            }

            @Override
            public void limit(CompletableFuture<?> answer, Runnable late) {
                due.add(late);
            }
        });
        CompletableFuture<String> lease = new CompletableFuture<>();
        List<String> back = new ArrayList<>();
        CompletableFuture<String> asked = impatient.ask(one, () -> lease, failure -> false, back::add).toCompletableFuture();
        due.forEach(Runnable::run);
        assertTrue(asked.isCompletedExceptionally());
        lease.complete("10.0.0.1");
        assertEquals(List.of("10.0.0.1"), back);
        assertEquals(1, book.failures());
    }

    @Test
    void whatHasGoneCanStillBeTold() {
        assertEquals(1, ask(one, () -> CompletableFuture.completedFuture(1)).join());
        threads.forget(one);
        assertEquals(2, ask(one, () -> CompletableFuture.completedFuture(2)).join(), "a last news reaches it all the same");
    }
}
