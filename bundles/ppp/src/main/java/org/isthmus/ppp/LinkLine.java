package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.negotiation.Line;

/**
 * What the protocols of one link stand on: time, randomness, the way out, the counters, and the order of events. A
 * call that comes while another one runs, from an observer or from deep inside of a state machine, waits until that
 * one has ended.
 */
final class LinkLine implements Line {
    private final PppObserver observer;
    private final RandomGenerator random;
    private final long[] counts = new long[PppCounter.values().length];
    private final Queue<Runnable> waiting = new ArrayDeque<>(4);
    private IntSupplier peerMru = () -> 1500;
    private boolean running;
    private long now;

    LinkLine(PppObserver observer, RandomGenerator random) {
        this.observer = observer;
        this.random = random;
    }

    /** Who knows the peer's MRU. */
    void peerMruFrom(IntSupplier source) {
        peerMru = source;
    }

    boolean isRunning() {
        return running;
    }

    /** Runs an entry into the link, at once or after the one that is running. */
    void enter(long nowMillis, Runnable call) {
        later(() -> {
            now = nowMillis;
            call.run();
        });
        if (running) {
            return;
        }
        running = true;
        try {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
        } finally {
            running = false;
        }
    }

    /** Runs something after the call that is running. */
    void later(Runnable call) {
        waiting.add(call);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void send(int protocol, byte[] packet) {
        count(PppCounter.TX_FRAMES);
        observer.send(ByteBuffer.allocate(2 + packet.length).putShort((short) protocol).put(packet).flip());
    }

    @Override
    public int peerMru() {
        return peerMru.getAsInt();
    }

    @Override
    public void count(PppCounter counter) {
        counts[counter.ordinal()]++;
    }

    PppCounters counters() {
        return new PppCounters(counts.clone());
    }
}
