package org.isthmus.protocol.channel;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Messages in the order of their sequence numbers, the first being the oldest that is not acknowledged: which of them were sent, and which
 * count as being on their way.
 */
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
        /** Who is told what became of the probe; null when there never was one. */
        private ProbeListener told;

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
        static Entry probing(byte[] datagram, byte[] probe, String name, ProbeListener told) {
            Entry entry = new Entry(datagram, name, () -> { });
            entry.probe = probe;
            entry.told = told;
            return entry;
        }

        boolean isProbe() {
            return probe != null;
        }

        /** It is sent in its usual size from now on; who waits to be told why is returned. */
        ProbeListener endProbe() {
            probe = null;
            return told;
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
    /** Ns of the first message: all before it is acknowledged. */
    private int una;
    /** Messages, from the first, that were sent at least once. */
    private int sent;
    /** Messages, from the first, that count as being on their way. */
    private int flight;
    /** How far back the Nr of a delayed message may lie: as many messages as the peer acknowledged, at most a window. */
    private int behind;

    int size() {
        return size;
    }

    int una() {
        return una;
    }

    int sent() {
        return sent;
    }

    int flight() {
        return flight;
    }

    int behind() {
        return behind;
    }

    /** The sequence number of the message at an index, or of one that is not there yet. */
    int ns(int index) {
        return una + index & 0xffff;
    }

    /** How many messages an Nr acknowledges; more than were sent when it is old, or wrong. */
    int acknowledgedBy(int nr) {
        return nr - una & 0xffff;
    }

    /** Whether the peer may say this Nr: of what was sent, or of what it acknowledged lately. */
    boolean admits(int nr) {
        return (nr - una + behind & 0xffff) <= behind + sent;
    }

    /** So many messages, from the first, count as sent and as being on their way, or more. */
    void markInFlight(int count) {
        flight = Math.max(flight, count);
        sent = Math.max(sent, flight);
    }

    /** The first was lost: only that one, which is sent again, counts as being on its way. */
    void lost() {
        flight = 1;
    }

    /** Takes out so many, which the peer has. */
    Entry[] acknowledge(int count, int mostBehind) {
        Entry[] acknowledged = new Entry[count];
        for (int i = 0; i < count; i++) {
            acknowledged[i] = removeFirst();
        }
        una = ns(count);
        sent -= count;
        flight = Math.max(0, flight - count);
        behind = Math.min(behind + count, mostBehind);
        return acknowledged;
    }

    /** So many, no more and no less, were sent, whoever did it. */
    void takeAsSent(int count) {
        sent = count;
        flight = Math.min(flight, sent);
    }

    /** So many sequence numbers are used up by others; nothing is sent of what is here. */
    void skip(int count) {
        una = ns(count);
        behind = 0;
    }

    /** Drops what was not sent yet. */
    void dropUnsent() {
        truncate(sent);
    }

    /** Drops all; the sequence numbers of what was sent are used up. */
    void drop(int mostBehind) {
        una = ns(sent);
        behind = Math.min(behind + sent, mostBehind);
        truncate(0);
        sent = 0;
        flight = 0;
    }

    /** An empty one goes on with this sequence number. */
    void reset(int firstNs) {
        una = firstNs;
        behind = 0;
    }

    /** Goes on where another one was, with the same messages. */
    void resume(ChannelCheckpoint before) {
        una = before.una();
        sent = Math.min(before.sent(), size);
        flight = Math.min(before.flight(), sent);
        behind = before.behind();
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

    private Entry removeFirst() {
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
    private void truncate(int keep) {
        for (int i = keep; i < size; i++) {
            ring[head + i & ring.length - 1] = null;
        }
        size = Math.min(size, keep);
    }
}
