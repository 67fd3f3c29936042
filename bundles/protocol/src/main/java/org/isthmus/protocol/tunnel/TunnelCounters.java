package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.wire.MessageType;

/** Counters of one tunnel, from its creation on. Written by the tunnel's thread; a copy may go anywhere. */
public final class TunnelCounters {

    private final long[] counters;
    private final long[] received;
    private final long[] sent;

    TunnelCounters() {
        this(new long[Counter.values().length], new long[MessageType.values().length],
                new long[MessageType.values().length]);
    }

    private TunnelCounters(long[] counters, long[] received, long[] sent) {
        this.counters = counters;
        this.received = received;
        this.sent = sent;
    }

    /** The value of one counter. */
    public long get(Counter counter) {
        return counters[counter.ordinal()];
    }

    /** Messages of this type that were received whole and in order, duplicates not counted. */
    public long received(MessageType type) {
        return received[type.ordinal()];
    }

    /** Messages of this type that were sent, retransmissions not counted. */
    public long sent(MessageType type) {
        return sent[type.ordinal()];
    }

    /** The values of this moment. */
    public TunnelCounters copy() {
        return new TunnelCounters(counters.clone(), received.clone(), sent.clone());
    }

    void count(Counter counter) {
        counters[counter.ordinal()]++;
    }

    void add(Counter counter, long amount) {
        counters[counter.ordinal()] += amount;
    }

    void countReceived(MessageType type) {
        received[type.ordinal()]++;
    }

    void countSent(MessageType type) {
        sent[type.ordinal()]++;
    }
}
