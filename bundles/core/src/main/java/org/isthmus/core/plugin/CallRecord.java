package org.isthmus.core.plugin;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.isthmus.api.PluginStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the calls of one plugin went. After {@link #MOST_IN_A_ROW} that failed it is set aside: for half a minute at first, each time
 * for twice as long, up to a quarter of an hour. One that goes well makes up for all. Any thread.
 */
public final class CallRecord {
    /** How many calls in a row may fail. */
    public static final int MOST_IN_A_ROW = 5;
    /** How long a call may take to return, and an answer to come: less than sessions wait for it, so that another plugin can be asked. */
    public static final Duration LIMIT = Duration.ofSeconds(15);
    /** How long a call may take to return that holds up a worker, and with it all of its tunnels. */
    public static final Duration WORKER_LIMIT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(CallRecord.class);
    private static final long FIRST_ASIDE_MILLIS = 30_000;
    private static final long LONGEST_ASIDE_MILLIS = 900_000;
    private static final int FRAMES_SHOWN = 8;

    private final String kind;
    private final String name;
    private final Owner owner;
    private final Duration limit;
    private final LongSupplier millis;
    private final LongAdder allFailures;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder overdue = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();
    private final LongAccumulator longestNanos = new LongAccumulator(Long::max, 0);
    private final Map<Thread, Running> running = new ConcurrentHashMap<>();
    private final AtomicLong inARow = new AtomicLong();
    private volatile long asideMillis;
    private volatile long asideUntilMillis = Long.MIN_VALUE;
    private volatile String lastFailure = "";

    /** A call that has not returned. */
    private static final class Running {
        private final long sinceMillis;
        private boolean told; // of the thread that watches

        Running(long sinceMillis) {
            this.sinceMillis = sinceMillis;
        }
    }

    /**
     * @param limit       how long a call may take to return
     * @param allFailures counts those of all plugins
     */
    CallRecord(String kind, String name, Owner owner, Duration limit, LongSupplier millis, LongAdder allFailures) {
        this.kind = kind;
        this.name = name;
        this.owner = owner;
        this.limit = limit;
        this.millis = millis;
        this.allFailures = allFailures;
    }

    /** Runs a call and takes its time; what it throws goes on to the caller, who says whether that is a failure. */
    public <R> R time(Supplier<R> call) {
        Thread here = Thread.currentThread();
        Running outer = running.put(here, new Running(millis.getAsLong()));
        long began = System.nanoTime();
        calls.increment();
        try {
            return call.get();
        } finally {
            long took = System.nanoTime() - began;
            busyNanos.add(took);
            longestNanos.accumulate(took);
            if (outer == null) {
                running.remove(here);
            } else {
                running.put(here, outer);
            }
        }
    }

    /**
     * Makes a call on the caller's thread and notes if it fails.
     *
     * @throws PluginFailure if it throws
     */
    public <R> R call(Supplier<R> call) {
        try {
            return time(call);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
            failed(broken);
            throw new PluginFailure(broken);
        }
    }

    /** The same, of a call without an answer. */
    public void run(Runnable call) {
        call(() -> {
            call.run();
            return null;
        });
    }

    /**
     * The same, of a call whose answer comes later; one that is a failure is noted too.
     *
     * @param expected a failure of this kind is an answer as well
     */
    public <R> CompletionStage<R> ask(Supplier<CompletionStage<R>> call, Class<? extends Throwable> expected) {
        return call(() -> Objects.requireNonNull(call.get(), "no answer")).whenComplete((answer, failure) -> {
            Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause != null && !expected.isInstance(cause)) {
                failed(cause);
            }
        });
    }

    /** Notes what a call threw that says nothing of the next one. */
    PluginFailure noted(Throwable failure) {
        failures.increment();
        allFailures.increment();
        lastFailure = text(failure);
        return new PluginFailure(failure);
    }

    /** A call went well. */
    public void succeeded() {
        if (inARow.get() != 0) {
            inARow.set(0);
        }
        asideMillis = 0;
    }

    /** A call threw, or its answer was a failure. */
    public void failed(Throwable failure) {
        failures.increment();
        if (!isSetAside()) {
            LOG.error("{} failed and is passed over: {}", this, text(failure), failure);
        }
        oneMore(text(failure));
    }

    /** An answer has not come within {@link #LIMIT}. */
    public void late() {
        overdue.increment();
        String why = "no answer within " + LIMIT.toSeconds() + " s";
        LOG.error("{} is passed over: {}", this, why);
        oneMore(why);
    }

    private void oneMore(String why) {
        allFailures.increment();
        lastFailure = why;
        if (inARow.incrementAndGet() >= MOST_IN_A_ROW && !isSetAside()) {
            asideMillis = Math.min(LONGEST_ASIDE_MILLIS, Math.max(FIRST_ASIDE_MILLIS, 2 * asideMillis));
            asideUntilMillis = millis.getAsLong() + asideMillis;
            LOG.error("{} is set aside for {} s: {} calls in a row failed, the last one with: {}. Update or stop its bundle; l2tp:plugins"
                    + " shows how its calls go", this, asideMillis / 1000, inARow.get(), why);
        }
    }

    /** Whether it is not to be asked for now. */
    public boolean isSetAside() {
        return millis.getAsLong() < asideUntilMillis;
    }

    /** Complains of calls that have not returned for too long, once each. */
    void watch() {
        long now = millis.getAsLong();
        running.forEach((thread, call) -> {
            if (!call.told && now - call.sinceMillis >= limit.toMillis()) {
                call.told = true;
                overdue.increment();
                String why = "a call has not returned for " + limit.toSeconds() + " s";
                LOG.error("{}: {}, and holds up thread {}: {}", this, why, thread.getName(), where(thread));
                oneMore(why);
            }
        });
    }

    private static String where(Thread thread) {
        StringBuilder frames = new StringBuilder();
        StackTraceElement[] stack = thread.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES_SHOWN, stack.length); i++) {
            frames.append(i == 0 ? "at " : ", ").append(stack[i]);
        }
        return frames.toString();
    }

    static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getName() : message;
    }

    PluginStatus status(Instant now) {
        long aside = asideUntilMillis - millis.getAsLong();
        return new PluginStatus(kind, name, owner.bundle(), owner.version(), calls.sum(), failures.sum(), overdue.sum(),
                Duration.ofNanos(busyNanos.sum()), Duration.ofNanos(longestNanos.get()),
                isSetAside() ? Optional.of(now.plusMillis(aside)) : Optional.empty(), lastFailure);
    }

    @Override
    public String toString() {
        return kind + " \"" + name + "\" of " + owner;
    }
}
