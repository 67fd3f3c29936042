package org.isthmus.examples.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts texts to a web server, one after the other, on a thread of its own. Each is tried again for a while when the server does not take
 * it; who posts never waits, and a text that finds the queue full is dropped and counted.
 */
final class Poster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Poster.class);
    private static final long LAST_MILLIS = 2_000;

    private final URI url;
    private final Limits limits;
    private final BlockingQueue<String> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final HttpClient client;
    private final Thread thread = new Thread(this::run, "webhook");
    private volatile boolean closed;
    private boolean failing; // of its thread

    /**
     * How long and how much.
     *
     * @param waiting  texts that may wait
     * @param tries    how often one is tried
     * @param first    how long after the first try the second one comes; each of the next ones twice as long after the one before
     * @param patience how long the server may take for one
     */
    record Limits(int waiting, int tries, Duration first, Duration patience) {
        static final Limits USUAL = new Limits(1_000, 5, Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    Poster(URI url, Limits limits) {
        this.url = url;
        this.limits = limits;
        this.queue = new ArrayBlockingQueue<>(limits.waiting());
        this.client = HttpClient.newBuilder().connectTimeout(limits.patience()).version(HttpClient.Version.HTTP_1_1).build();
        thread.setDaemon(true);
        thread.start();
    }

    /** Any thread; never waits. */
    void post(String json) {
        if (!queue.offer(json) && dropped.incrementAndGet() == 1) {
            LOG.warn("{} is too slow: {} events wait, what comes now is dropped", url, limits.waiting());
        }
    }

    /** How many were dropped: the queue was full, or the server never took them. */
    long dropped() {
        return dropped.get();
    }

    private void run() {
        try {
            while (!closed || !queue.isEmpty()) {
                String next = queue.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    deliver(next);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(String json) throws InterruptedException {
        long wait = limits.first().toMillis();
        String why = "";
        for (int i = 0; i < limits.tries(); i++) {
            if (i > 0) {
                Thread.sleep(wait);
                wait *= 2;
            }
            why = send(json);
            if (why.isEmpty()) {
                if (failing) {
                    failing = false;
                    LOG.info("{} takes events again; {} were lost", url, dropped.get());
                }
                return;
            }
        }
        dropped.incrementAndGet();
        if (!failing) {
            failing = true;
            LOG.error("{} does not take events: {}. They are lost until it does", url, why);
        }
    }

    /** Why it was not taken, or empty. */
    private String send(String json) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(url).timeout(limits.patience()).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json)).build();
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "it answers " + status;
        } catch (IOException unreachable) {
            return unreachable.toString();
        }
    }

    /** What waits is still posted, for as long as the server may take for one, and for 2 s at most. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Math.min(LAST_MILLIS, limits.patience().toMillis()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
