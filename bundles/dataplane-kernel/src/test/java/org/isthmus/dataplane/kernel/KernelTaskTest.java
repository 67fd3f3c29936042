package org.isthmus.dataplane.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SystemThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the kernel is asked to make while it still takes down what had the number before. */
class KernelTaskTest {
    private final SystemThread thread = new SystemThread("test");

    @AfterEach
    void end() {
        thread.close(() -> { }, 5);
    }

    private static <T> T wait(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void isTriedAgainWhileTheNumberIsInUse() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        assertEquals("made", wait(KernelTask.start(thread, "it", () -> false, () -> {
            if (tries.incrementAndGet() < 3) {
                throw new LinuxException("make it", Errno.EEXIST);
            }
            return "made";
        })));
        assertEquals(3, tries.get());
    }

    @Test
    void anyOtherRefusalIsToldWithWhatToDo() {
        Throwable failure = assertThrows(ExecutionException.class, () -> wait(KernelTask.start(thread, "it", () -> false, () -> {
            throw new LinuxException("make it", Errno.EPERM);
        }))).getCause();
        assertInstanceOf(DataplaneException.class, failure);
        assertTrue(failure.getMessage().contains("CAP_NET_ADMIN"), failure.getMessage());
    }

    @Test
    void isNotMadeOnceNobodyWantsIt() {
        assertThrows(ExecutionException.class, () -> wait(KernelTask.start(thread, "it", () -> true, () -> "made")));
    }

    @Test
    void aThreadThatHasEndedMakesNothing() {
        thread.close(() -> { }, 5);
        assertThrows(ExecutionException.class, () -> wait(KernelTask.start(thread, "it", () -> false, () -> "made")));
    }
}
