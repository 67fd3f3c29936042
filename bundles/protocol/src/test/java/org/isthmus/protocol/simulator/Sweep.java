package org.isthmus.protocol.simulator;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Runs many seeds, on every processor, and keeps what went wrong. */
final class Sweep {

    /** Broken seeds after which it stops: the rest would say the same. */
    private static final int MOST_BROKEN = 10;

    private final Weather weather;
    private final long first;
    private final long count;
    private final AtomicLong next = new AtomicLong();
    private final Map<Long, String> broken = new TreeMap<>();
    private Tally tally = Tally.NOTHING;

    Sweep(Weather weather, long first, long count) {
        this.weather = weather;
        this.first = first;
        this.count = count;
    }

    Sweep run() {
        IntStream.range(0, Runtime.getRuntime().availableProcessors()).parallel().forEach(worker -> work());
        return this;
    }

    private void work() {
        Tally mine = Tally.NOTHING;
        for (long done = next.getAndIncrement(); done < count && mayGoOn(); done = next.getAndIncrement()) {
            RandomRun run = new RandomRun(first + done, weather);
            try {
                run.run();
            } catch (AssertionError | RuntimeException e) {
                fail(first + done, e);
            }
            mine = mine.plus(run.tally());
        }
        synchronized (this) {
            tally = tally.plus(mine);
        }
    }

    private synchronized boolean mayGoOn() {
        return broken.size() < MOST_BROKEN;
    }

    private synchronized void fail(long seed, Throwable why) {
        broken.put(seed, why instanceof AssertionError ? why.getMessage() : why.toString());
    }

    /** What broke, by seed; empty when all is well. */
    synchronized Map<Long, String> broken() {
        return broken;
    }

    synchronized Tally tally() {
        return tally;
    }
}
