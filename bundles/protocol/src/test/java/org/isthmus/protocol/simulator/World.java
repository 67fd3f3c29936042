package org.isthmus.protocol.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.isthmus.protocol.capture.CapturedDatagram;
import org.isthmus.protocol.trace.MessageTrace;

/** Virtual time, the network, and the hosts on it. */
public final class World {

    private static final long MOST_HELD_BACK_MILLIS = 400;
    private static final int L2TP_PORT = 1701;

    private record Event(long at, long order, Runnable action) {
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final List<Host> hosts = new ArrayList<>();
    private final SplittableRandom random;
    private Consumer<String> trace;
    private Consumer<CapturedDatagram> capture;
    private Impairment impairment = Impairment.NONE;
    private boolean corrupting;
    private int handsOverPercent;
    private long now;
    private long order;

    public World(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Writing the trace takes most of the time, so it is left out unless somebody wants it: runs can be repeated. */
    void traceTo(Consumer<String> lines) {
        trace = lines;
    }

    /** Hands over every datagram that is sent, lost or not, with made-up addresses. */
    void captureTo(Consumer<CapturedDatagram> datagrams) {
        capture = datagrams;
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

    Impairment impairment() {
        return impairment;
    }

    public void impair(Impairment next) {
        impairment = next;
        corrupting |= next.corruptPercent() > 0;
        trace(() -> "the network is now " + next);
    }

    /** From now on so many of all steps of a tunnel are followed by another object going on with it. */
    void handsOver(int percent) {
        handsOverPercent = percent;
    }

    boolean handsOver() {
        return handsOverPercent > 0 && random.nextInt(100) < handsOverPercent;
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
        trace(() -> from.name() + " > " + to.name() + "  " + MessageTrace.of(ByteBuffer.wrap(bytes)));
        if (capture != null) {
            capture.accept(new CapturedDatagram(now * 1000, true, from.address(L2TP_PORT), to.address(L2TP_PORT), false,
                    ByteBuffer.wrap(bytes)));
        }
        if (impairment.parts(from, to) || random.nextInt(100) < impairment.lossPercent()) {
            trace(() -> "        lost");
            return;
        }
        deliver(from, to, bytes);
        if (random.nextInt(100) < impairment.duplicatePercent()) {
            trace(() -> "        duplicated");
            deliver(from, to, bytes);
        }
    }

    private void deliver(Host from, Host to, byte[] bytes) {
        byte[] arriving = bytes.clone();
        if (random.nextInt(100) < impairment.corruptPercent()) {
            trace(() -> "        corrupted");
            int bits = 1 + random.nextInt(4);
            for (int i = 0; i < bits; i++) {
                int bit = random.nextInt(arriving.length * 8);
                arriving[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        long delay = impairment.delayMillis() + random.nextLong(impairment.jitterMillis() + 1);
        if (random.nextInt(100) < impairment.reorderPercent()) {
            delay += random.nextLong(MOST_HELD_BACK_MILLIS);
        }
        after(delay, () -> to.receive(from, ByteBuffer.wrap(arriving)));
    }

    void trace(Supplier<String> line) {
        if (trace != null) {
            trace.accept(String.format("%10.3f  %s", now / 1000.0, line.get()));
        }
    }
}
