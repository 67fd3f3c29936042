package org.isthmus.protocol.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.Rejection;

/** Virtual time, the network, and the hosts on it. */
public final class World {

    private static final int TRACE_LINES = 400;

    private record Event(long at, long order, Runnable action) {
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final ArrayDeque<String> trace = new ArrayDeque<>();
    private final List<Host> hosts = new ArrayList<>();
    private final SplittableRandom random;
    private final boolean tracing;
    private Impairment impairment = Impairment.NONE;
    private boolean corrupting;
    private long now;
    private long order;

    public World(long seed) {
        this(seed, true);
    }

    /** Writing the trace takes most of the time: it can be left out, and the run repeated with it. */
    World(long seed, boolean tracing) {
        this.random = new SplittableRandom(seed);
        this.tracing = tracing;
    }

    public long now() {
        return now;
    }

    public SplittableRandom random() {
        return random;
    }

    public List<Host> hosts() {
        return hosts;
    }

    public Host host(String name) {
        Host host = new Host(this, name, hosts.size());
        hosts.add(host);
        return host;
    }

    public void impair(Impairment next) {
        impairment = next;
        corrupting |= next.corruptPercent() > 0;
        trace(() -> "the network is now " + next);
    }

    /** Whether any datagram may have been corrupted: then what a peer says need not be what it said. */
    public boolean isCorrupting() {
        return corrupting;
    }

    public void at(long time, Runnable action) {
        events.add(new Event(Math.max(now, time), order++, action));
    }

    public void after(long millis, Runnable action) {
        at(now + millis, action);
    }

    /** Runs until this time, or until nothing is left to happen. */
    public void runUntil(long time) {
        while (!events.isEmpty() && events.peek().at() <= time) {
            Event event = events.poll();
            now = event.at();
            event.action().run();
        }
        now = Math.max(now, time);
    }

    public void runFor(long millis) {
        runUntil(now + millis);
    }

    /** Events that wait, stale timers included. */
    public int pending() {
        return events.size();
    }

    /** Puts a datagram on the network. */
    void send(Host from, Host to, ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        trace(() -> from.name() + " > " + to.name() + ": " + describe(bytes));
        if (impairment.parts(from, to) || random.nextInt(100) < impairment.lossPercent()) {
            trace(() -> "    lost");
            return;
        }
        deliver(from, to, bytes);
        if (random.nextInt(100) < impairment.duplicatePercent()) {
            trace(() -> "    duplicated");
            deliver(from, to, bytes);
        }
    }

    private void deliver(Host from, Host to, byte[] bytes) {
        byte[] arriving = bytes.clone();
        if (random.nextInt(100) < impairment.corruptPercent()) {
            trace(() -> "    corrupted");
            int bits = 1 + random.nextInt(4);
            for (int i = 0; i < bits; i++) {
                int bit = random.nextInt(arriving.length * 8);
                arriving[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        long delay = impairment.delayMillis() + random.nextLong(impairment.jitterMillis() + 1);
        after(delay, () -> to.receive(from, ByteBuffer.wrap(arriving)));
    }

    void trace(Supplier<String> line) {
        if (!tracing) {
            return;
        }
        if (trace.size() == TRACE_LINES) {
            trace.removeFirst();
        }
        trace.add(String.format("%10.3f %s", now / 1000.0, line.get()));
    }

    /** The last lines of what happened. */
    public String trace() {
        return String.join(System.lineSeparator(), trace);
    }

    private static String describe(byte[] bytes) {
        var decoded = ControlMessage.decode(ByteBuffer.wrap(bytes), Host.SECRET);
        return decoded instanceof Rejection rejection
                ? rejection.reason() + " " + rejection.words() : decoded.toString();
    }
}
