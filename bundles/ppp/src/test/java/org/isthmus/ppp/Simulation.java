package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Two links back to back in virtual time. Frames take {@link #delayMillis}; from a seed they are lost, duplicated and
 * overtaken. The same seed gives the same run.
 */
final class Simulation {
    private record Event(long at, long order, Runnable action) {
    }

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Random random;
    private long order;
    private long now = 1_000;

    int lossPercent;
    int duplicatePercent;
    int reorderPercent;
    long delayMillis = 10;
    boolean cut;

    final Side client;
    Side server;

    Simulation(long seed, PppConfig clientConfig, PppConfig serverConfig) {
        random = new Random(seed);
        client = new Side(this, "client", clientConfig, new Random(seed ^ 0x5555));
        server = new Side(this, "server", serverConfig, new Random(seed ^ 0xaaaa));
        client.peer = server;
        server.peer = client;
    }

    /** From now on the client's frames go to another end, which is not opened; the one before hears nothing more. */
    void replaceServer(PppConfig config) {
        server = new Side(this, "next server", config, new Random(random.nextLong()));
        server.peer = client;
        client.peer = server;
    }

    long now() {
        return now;
    }

    void at(long when, Runnable action) {
        events.add(new Event(when, order++, action));
    }

    void after(long millis, Runnable action) {
        at(now + millis, action);
    }

    void carry(ByteBuffer frame, Side to) {
        if (cut || random.nextInt(100) < lossPercent) {
            return;
        }
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        int copies = random.nextInt(100) < duplicatePercent ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long extra = random.nextInt(100) < reorderPercent ? random.nextInt(500) : 0;
            after(delayMillis + extra, () -> to.link.receive(ByteBuffer.wrap(bytes), now));
        }
    }

    void open() {
        client.link.open(now);
        server.link.open(now);
    }

    /** Runs for so many milliseconds of virtual time. */
    void run(long millis) {
        long end = now + millis;
        int steps = 0;
        while (true) {
            long next = Math.min(client.link.nextTimeoutMillis(), server.link.nextTimeoutMillis());
            Event event = events.peek();
            long at = event == null ? next : Math.min(next, event.at());
            if (at > end) {
                now = end;
                return;
            }
            if (++steps > 1_000_000) {
                throw new AssertionError("the links never rest");
            }
            now = Math.max(now, at);
            if (event != null && event.at() <= now) {
                events.remove();
                event.action().run();
            } else {
                tick(client);
                tick(server);
            }
        }
    }

    private void tick(Side side) {
        if (side.link.nextTimeoutMillis() <= now) {
            side.link.timeout(now);
            if (side.link.nextTimeoutMillis() <= now) {
                throw new AssertionError(side.name + " asks to be called again at once");
            }
        }
    }
}
