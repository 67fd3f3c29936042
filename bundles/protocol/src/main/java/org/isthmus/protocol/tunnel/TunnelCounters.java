package org.isthmus.protocol.tunnel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.isthmus.protocol.channel.ChannelListener;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.Counts;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.Rejection;

/** Counters of one tunnel, from its creation on. Written and read on the tunnel's thread. */
public final class TunnelCounters {

    private final long[] counters = new long[Counter.values().length];
    private final long[] received = new long[MessageType.values().length];
    private final long[] sent = new long[MessageType.values().length];

    TunnelCounters() {
    }

    Counts checkpoint() {
        return new Counts(nonZero(Counter.values(), counters), nonZero(MessageType.values(), received),
                nonZero(MessageType.values(), sent));
    }

    private static Map<String, Long> nonZero(Enum<?>[] names, long[] values) {
        Map<String, Long> found = new LinkedHashMap<>();
        for (Enum<?> name : names) {
            if (values[name.ordinal()] != 0) {
                found.put(name.name(), values[name.ordinal()]);
            }
        }
        return found;
    }

    /** Names that another version had are left out. */
    void resume(Counts before) {
        resume(before.counters(), Counter.values(), counters);
        resume(before.received(), MessageType.values(), received);
        resume(before.sent(), MessageType.values(), sent);
    }

    private static void resume(Map<String, Long> before, Enum<?>[] names, long[] values) {
        for (Enum<?> name : names) {
            values[name.ordinal()] = before.getOrDefault(name.name(), 0L);
        }
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
