package org.isthmus.console;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.karaf.shell.support.CommandException;

/** Waits a bounded time for what the engine does by itself; Ctrl-C ends it. */
final class Waiting {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private Waiting() {
    }

    /** What was seen when {@code done} held, or the last that was seen; empty once there is nothing to see. */
    static <T> Optional<T> until(Supplier<Optional<T>> look, Predicate<T> done, Duration atMost) throws CommandException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isEmpty() || done.test(seen.get()) || System.nanoTime() - end >= 0) {
                return seen;
            }
            try {
                Thread.sleep(LOOK_EVERY.toMillis());
            } catch (InterruptedException stopped) {
                throw new CommandException("Stopped waiting. What was asked for goes on.", stopped);
            }
        }
    }
}
