package org.isthmus.core.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.isthmus.protocol.trace.MessageTrace;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.DatagramKind;

/** Virtual time, the network, and who is on it. One thread drives all. */
public final class World {
    private static final int TRACE_LINES = 400;

    private record Event(long at, long order, Runnable action) {
    }

    private record Link(InetAddress from, InetAddress to) {
    }

    /** Takes datagrams that are for an address. */
    interface Receiver {
        void receive(InetSocketAddress from, InetSocketAddress to, byte[] datagram);
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<InetAddress, Receiver> receivers = new HashMap<>();
    private final Map<Link, Impairment> links = new HashMap<>();
    private final List<Appliance> appliances = new ArrayList<>();
    private final ArrayDeque<String> trace = new ArrayDeque<>();
    private final long seed;
    private final SplittableRandom random;
    private Impairment everywhere = Impairment.NONE;
    private Predicate<byte[]> swallowed = datagram -> false;
    private int takes = Integer.MAX_VALUE;
    private boolean says;
    private boolean tracing = true;
    private long now = 1_000_000;
    private long order;

    public World(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    public long seed() {
        return seed;
    }

    public long now() {
        return now;
    }

    public SplittableRandom random() {
        return random;
    }

    /** Writing the trace takes most of the time of a flood. */
    public void withoutTrace() {
        tracing = false;
    }

    void add(Appliance appliance) {
        appliances.add(appliance);
    }

    void attach(InetAddress address, Receiver receiver) {
        receivers.put(address, receiver);
    }

    void detach(InetAddress address) {
        receivers.remove(address);
    }

    // ---- the network's mood

    public void impair(Impairment next) {
        everywhere = next;
        links.clear();
        trace(() -> "the network is now " + next);
    }

    /** What happens between two addresses, both ways. */
    public void impair(InetAddress one, InetAddress other, Impairment next) {
        links.put(new Link(one, other), next);
        links.put(new Link(other, one), next);
        trace(() -> "between " + one.getHostAddress() + " and " + other.getHostAddress() + ": " + next);
    }

    // ---- time

    /** Loses every datagram of which this is true. */
    public void swallow(Predicate<byte[]> datagrams) {
        swallowed = datagrams;
    }

    public void after(long millis, Runnable action) {
        events.add(new Event(now + Math.max(0, millis), order++, action));
    }

    public void runFor(long millis) {
        runUntil(now + millis);
    }

    public void runSeconds(long seconds) {
        runFor(seconds * 1000);
    }

    public void runUntil(long time) {
        runUntil(() -> false, time - now);
    }

    /** Runs until this holds, for at most so long; false if it never did. */
    public boolean runUntil(BooleanSupplier condition, long atMostMillis) {
        long end = now + atMostMillis;
        long next = turn();
        while (!condition.getAsBoolean()) {
            next = events.isEmpty() ? next : Math.min(next, events.peek().at());
            if (next > end) {
                now = end;
                turn();
                return condition.getAsBoolean();
            }
            now = Math.max(now, next);
            while (!events.isEmpty() && events.peek().at() <= now) {
                events.poll().action().run();
            }
            next = turn();
        }
        return true;
    }

    /** Gives every worker its turn; answers when the next one wants one. */
    private long turn() {
        long next = Long.MAX_VALUE;
        for (Appliance appliance : List.copyOf(appliances)) {
            next = Math.min(next, appliance.turn());
        }
        return next;
    }

    // ---- datagrams

    /**
     * From now on routers lose larger packets that may not be fragmented.
     *
     * @param bytes  the largest that they take, IP header included
     * @param byIcmp whether they say so
     */
    void narrow(int bytes, boolean byIcmp) {
        takes = bytes;
        says = byIcmp;
    }

    boolean takes(int bytes) {
        return bytes <= takes;
    }

    /** The largest packet that routers take, as they say it; 0 if they say nothing. */
    int said() {
        return says ? takes : 0;
    }

    void send(InetSocketAddress from, InetSocketAddress to, ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        trace(() -> from + " > " + to + ": " + describe(bytes));
        Impairment link = links.getOrDefault(new Link(from.getAddress(), to.getAddress()), everywhere);
        if (random.nextInt(100) < link.lossPercent() || swallowed.test(bytes)) {
            trace(() -> "    lost");
            return;
        }
        deliver(link, from, to, bytes);
        if (random.nextInt(100) < link.duplicatePercent()) {
            deliver(link, from, to, bytes);
        }
    }

    private void deliver(Impairment link, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
        after(link.delayMillis() + random.nextLong(link.jitterMillis() + 1), () -> {
            Receiver receiver = receivers.get(to.getAddress());
            if (receiver != null) {
                receiver.receive(from, to, bytes);
            }
        });
    }

    void trace(Supplier<String> line) {
        if (tracing) {
            if (trace.size() == TRACE_LINES) {
                trace.removeFirst();
            }
            trace.add(String.format("%10.3f %s", now / 1000.0, line.get()));
        }
    }

    /** The seed and the last lines of what happened. */
    public String trace() {
        return "seed " + seed + System.lineSeparator() + String.join(System.lineSeparator(), trace);
    }

    private static String describe(byte[] bytes) {
        return Datagram.kind(ByteBuffer.wrap(bytes)) == DatagramKind.DATA ? "data, " + bytes.length + " bytes"
                : MessageTrace.of(ByteBuffer.wrap(bytes)).summary();
    }
}
