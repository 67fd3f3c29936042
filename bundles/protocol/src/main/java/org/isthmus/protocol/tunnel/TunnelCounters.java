package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.channel.ChannelListener;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.Rejection;

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

    private void add(Counter counter, long amount) {
        counters[counter.ordinal()] += amount;
    }

    void countDatagram(int bytes) {
        count(Counter.CONTROL_RECEIVED);
        add(Counter.CONTROL_BYTES_RECEIVED, bytes);
    }

    void countReceived(ControlMessage message) {
        received[message.type().ordinal()]++;
        add(Counter.AVPS_IGNORED, message.unknown().size());
        add(Counter.AVPS_MALFORMED, message.malformed());
        add(Counter.AVPS_MISSING, message.missing().size());
        add(Counter.AVPS_MISPLACED, message.misplaced().size());
        add(Counter.AVPS_WRONG_M_BIT, message.wrongMandatoryBits().size());
    }

    void countRejected(Rejection rejection) {
        count(switch (rejection.reason()) {
            case HIDDEN_FORBIDDEN, HIDDEN_UNREADABLE, HIDDEN_WITHOUT_RANDOM_VECTOR, HIDDEN_WITHOUT_SECRET ->
                Counter.HIDDEN_FAILED;
            case UNKNOWN_MESSAGE -> Counter.MESSAGES_IGNORED;
            case UNKNOWN_MANDATORY_MESSAGE, UNKNOWN_MANDATORY_AVP -> Counter.MANDATORY_UNKNOWN;
            default -> Counter.MALFORMED;
        });
    }

    void countTransmitted(int bytes, ChannelListener.Sending sending) {
        count(Counter.CONTROL_SENT);
        add(Counter.CONTROL_BYTES_SENT, bytes);
        if (sending == ChannelListener.Sending.AGAIN) {
            count(Counter.RETRANSMITS);
        } else if (sending == ChannelListener.Sending.ZLB) {
            count(Counter.ZLBS_SENT);
        }
    }

    void countSent(MessageType type) {
        sent[type.ordinal()]++;
    }
}
