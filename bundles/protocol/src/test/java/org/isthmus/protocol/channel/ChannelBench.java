package org.isthmus.protocol.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;

/** A channel with numbers instead of messages, whose peer and whose time are the test. */
abstract class ChannelBench implements ChannelListener<String> {

    static final byte[] HELLO = new MessageWriter(MessageType.HELLO, 7, 0).toBytes();

    /** "5 first", "5 again", "zlb 3": Ns or Nr of what was sent. */
    final List<String> sent = new ArrayList<>();
    final List<String> delivered = new ArrayList<>();
    final List<String> acknowledged = new ArrayList<>();
    String unreachable;
    ReliableChannel<String> channel = channel(8, 20);
    long now;
    /** Nr of what was sent last. */
    int lastNr;
    private int offered;

    ReliableChannel<String> channel(int window, long ackDelay) {
        ReliableChannel<String> made = new ReliableChannel<>(
                new ChannelConfig(window, 64, 1000, 1_000, 5, ackDelay), 0, true, this);
        made.acknowledgement(new MessageWriter(MessageType.ZLB, 0, 0).toBytes());
        return made;
    }

    void offer(int count) {
        for (int i = 0; i < count; i++) {
            String name = "message " + offered++;
            assertTrue(channel.send(HELLO.clone(), name, () -> acknowledged.add(name)));
        }
        channel.flush(now);
    }

    void acknowledge(int nr) {
        assertEquals(Arrival.ACKNOWLEDGEMENT, channel.check(channel.nr(), nr & 0xffff, true));
        channel.acknowledge(nr & 0xffff, now);
        channel.flush(now);
    }

    void acknowledgeAllUntil(int nr) {
        while (channel.acknowledged() != nr) {
            acknowledge(Math.min(nr, channel.acknowledged() + channel.outstanding()));
        }
    }

    void expireFirst() {
        now = channel.nextTimeoutMillis();
        channel.timeout(now);
    }

    void arrives(int ns) {
        switch (channel.check(ns, channel.acknowledged(), false)) {
            case NEW -> channel.arrived(ns, Integer.toString(ns), now);
            case DUPLICATE -> channel.duplicate(now);
            default -> throw new AssertionError("Ns " + ns + " is outside the window");
        }
    }

    @Override
    public void transmit(ByteBuffer datagram, Sending sending) {
        lastNr = Datagram.nr(datagram);
        sent.add(switch (sending) {
            case FIRST -> Datagram.ns(datagram) + " first";
            case PROBE -> Datagram.ns(datagram) + " probe of " + datagram.remaining();
            case AGAIN -> Datagram.ns(datagram) + " again";
            case ZLB -> "zlb " + Datagram.nr(datagram);
        });
    }

    @Override
    public void deliver(String message) {
        delivered.add(message);
    }

    @Override
    public void unreachable(String name) {
        unreachable = name;
    }
}
