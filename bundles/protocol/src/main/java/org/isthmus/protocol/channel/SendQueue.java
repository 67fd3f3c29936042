package org.isthmus.protocol.channel;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Messages in the order of their sequence numbers, the first being the oldest that is not acknowledged. */
final class SendQueue {

    /** One message, its name for an operator, and what to do once it is acknowledged. */
    static final class Entry {
        final byte[] datagram;
        final String name;
        final Runnable acknowledged;
        /** Retransmissions that its timer caused. */
        int retries;
        /** What is sent instead the first time, to probe the path; null when there is nothing, or it may have been lost. */
        private byte[] probe;

        Entry(byte[] datagram, String name, Runnable acknowledged) {
            this.datagram = datagram;
            this.name = name;
            this.acknowledged = acknowledged;
        }

        /** A message that was sent again so often. */
        Entry(byte[] datagram, String name, Runnable acknowledged, int retries) {
            this(datagram, name, acknowledged);
            this.retries = retries;
        }

        /** A message that is sent as a probe of the path first. */
        static Entry probing(byte[] datagram, byte[] probe, String name) {
            Entry entry = new Entry(datagram, name, () -> { });
            entry.probe = probe;
            return entry;
        }

        boolean isProbe() {
            return probe != null;
        }

        /** It is sent in its usual size from now on. */
        void endProbe() {
            probe = null;
        }

        /** What is sent now. */
        byte[] octets() {
            return probe == null ? datagram : probe;
        }
    }

    /** A ring; its length is a power of two. */
    private Entry[] ring = new Entry[4];
    private int head;
    private int size;

    int size() {
        return size;
    }

    List<ChannelCheckpoint.Message> checkpoint(ToLongFunction<Runnable> tagOf) {
        return IntStream.range(0, size).mapToObj(this::get).map(entry -> new ChannelCheckpoint.Message(entry.datagram, entry.name,
                entry.retries, tagOf.applyAsLong(entry.acknowledged))).toList();
    }

    Entry get(int index) {
        return ring[head + index & ring.length - 1];
    }

    void add(Entry entry) {
        if (size == ring.length) {
            Entry[] wider = new Entry[2 * size];
            for (int i = 0; i < size; i++) {
                wider[i] = get(i);
            }
            ring = wider;
            head = 0;
        }
        ring[head + size & ring.length - 1] = entry;
        size++;
    }

    Entry removeFirst() {
        Entry first = ring[head];
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        if (size == 0 && ring.length > 64) {
            ring = Arrays.copyOf(ring, 4);
            head = 0;
        }
        return first;
    }

    /** Keeps the first so many, drops the rest. */
    void truncate(int keep) {
        for (int i = keep; i < size; i++) {
            ring[head + i & ring.length - 1] = null;
        }
        size = Math.min(size, keep);
    }
}
