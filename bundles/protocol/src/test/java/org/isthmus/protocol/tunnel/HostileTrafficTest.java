package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.ScriptedPeer.TUNNEL_ID;
import static org.isthmus.protocol.tunnel.ScriptedPeer.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isthmus.protocol.trace.MessageTrace;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.protocol.wire.Octets;
import org.isthmus.protocol.wire.SccrqSummary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile datagrams raise counters and do nothing else: nothing is thrown, no tunnel is lost, no memory stays. */
class HostileTrafficTest {

    private static final int QUICK = 200_000;
    private static final int LONG = 10_000_000;
    private static final int TRACED_EACH = 16;
    private static final long HEAP_SLACK_BYTES = 32L << 20;

    private final DataHeader dataHeader = new DataHeader();
    private int reads;

    @Test
    void twoHundredThousandDatagramsFromOutsideDoNothing() {
        fromOutside(QUICK, 1);
    }

    @Test
    void twoHundredThousandDatagramsOfAPeerThrowNothingAndKeepNothing() {
        fromInside(QUICK, 2);
    }

    @Test
    @Tag("fuzz")
    void tenMillionDatagramsFromOutsideDoNothing() {
        fromOutside(LONG, 3);
    }

    @Test
    @Tag("fuzz")
    void tenMillionDatagramsOfAPeerThrowNothingAndKeepNothing() {
        fromInside(LONG, 4);
    }

    /** The sender knows the tunnel identifier at best, not where the sequence numbers are. */
    private void fromOutside(int count, long seed) {
        HostileTraffic traffic = new HostileTraffic(seed);
        Victim victim = new Victim();
        long heap = 0;
        for (int i = 0; i < count; i++) {
            ByteBuffer datagram = traffic.next();
            if (traffic.pick(2) == 0) {
                int ns = victim.peer.ns + 10 + traffic.pick(0x8000 - 10);
                traffic.address(TUNNEL_ID, traffic.pick(3), ns, victim.peer.nr);
            } else if (traffic.pick(2) == 0) {
                traffic.address(TUNNEL_ID, traffic.pick(3), victim.peer.ns + traffic.pick(10),
                        victim.peer.nr + 1 + traffic.pick(0x7000));
            } else if (datagram.limit() >= 8 && Datagram.tunnelId(datagram) == TUNNEL_ID) {
                continue;
            }
            readEverything(datagram);
            victim.peer.tunnel.receive(datagram, victim.peer.now);
            if (i == count / 4) {
                heap = usedHeap();
            }
        }
        victim.peer.passes(1_000);
        victim.assertUnhurt();
        assertTrue(victim.peer.sent.isEmpty(), () -> "answered " + victim.peer.sentTypes());
        assertTrue(usedHeap() < heap + HEAP_SLACK_BYTES, "memory stays");
        assertTrue(victim.peer.count(Counter.NS_OUT_OF_WINDOW) > count / 20);
        assertTrue(victim.peer.count(Counter.NR_OUT_OF_WINDOW) > count / 20);
        assertTrue(victim.peer.count(Counter.BAD_HEADER) > count / 20);
    }

    /** The sender is the peer itself: it can end its own tunnel, and no more than that. */
    private void fromInside(int count, long seed) {
        HostileTraffic traffic = new HostileTraffic(seed);
        Victim victim = new Victim();
        long heap = 0;
        int tunnels = 1;
        for (int i = 0; i < count; i++) {
            ByteBuffer datagram = traffic.next();
            if (traffic.pick(4) == 0 && Datagram.kind(datagram) == DatagramKind.CONTROL) {
                long before = victim.peer.tunnel.counters().get(Counter.CONTROL_RECEIVED);
                Tunnel.accept(datagram, config().localTunnelId(9).secret(HostileTraffic.SECRET).build(),
                        new ScriptedPeer(), new Random(1), 0);
                assertEquals(before, victim.peer.tunnel.counters().get(Counter.CONTROL_RECEIVED));
            }
            traffic.address(TUNNEL_ID, traffic.pick(4) == 0 ? victim.session.localId() : traffic.pick(3),
                    victim.peer.tunnel.channel().nr() + (traffic.pick(8) == 0 ? traffic.pick(9) : 0),
                    victim.peer.tunnel.channel().peerNr());
            victim.peer.tunnel.receive(datagram, victim.peer.now);
            victim.peer.passes(i % 16 == 0 ? 100 : 0);
            victim.peer.acknowledgesQuietly();
            if (!victim.peer.tunnel.state().isOpen()) {
                assertTrue(victim.peer.closed != null && !victim.peer.closed.words().isEmpty());
                victim = new Victim();
                tunnels++;
            }
            if (i == count / 4) {
                heap = usedHeap();
            }
        }
        assertTrue(victim.peer.tunnel.sessions().size() <= 65_535);
        assertTrue(usedHeap() < heap + HEAP_SLACK_BYTES, "memory stays");
        assertTrue(tunnels > 10, "the peer never got through: " + tunnels);
    }

    @Test
    void theCaptureThatOverflewOthersRaisesCountersOnly() throws IOException {
        Victim victim = new Victim();
        List<byte[]> frames = frames("captures/l2tp-avp-overflow.pcap");
        assertEquals(20, frames.size());
        long fed = 0;
        for (byte[] frame : frames) {
            // The frames are malformed below UDP too: whatever could be the payload is fed.
            for (int start = 0; start < frame.length; start++) {
                ByteBuffer datagram = ByteBuffer.wrap(frame, start, frame.length - start).slice();
                readEverything(datagram);
                victim.peer.tunnel.receive(datagram, victim.peer.now);
                fed++;
            }
        }
        victim.assertUnhurt();
        assertEquals(fed, victim.peer.count(Counter.CONTROL_RECEIVED) - victim.receivedBefore);
        assertEquals(fed, victim.peer.count(Counter.BAD_HEADER) + victim.peer.count(Counter.WRONG_TUNNEL_ID));
        assertTrue(victim.peer.sent.isEmpty());
    }

    private static List<byte[]> frames(String capture) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (InputStream file = Octets.resource(capture); DataInputStream in = new DataInputStream(file)) {
            ByteOrder order = in.readInt() == 0xd4c3b2a1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            in.readNBytes(20);
            for (byte[] header = in.readNBytes(16); header.length == 16; header = in.readNBytes(16)) {
                frames.add(in.readNBytes(ByteBuffer.wrap(header).order(order).getInt(8)));
            }
        }
        return frames;
    }

    private void readEverything(ByteBuffer datagram) {
        int position = datagram.position();
        int limit = datagram.limit();
        Datagram.kind(datagram);
        dataHeader.parse(datagram);
        SccrqSummary.of(datagram);
        ControlMessage.decode(datagram, HostileTraffic.SECRET);
        if (reads++ % TRACED_EACH == 0) { // slow, and fuzzed by itself
            MessageTrace.of(datagram).toString();
        }
        assertEquals(position, datagram.position());
        assertEquals(limit, datagram.limit());
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** A tunnel that is up, with a session. */
    private static final class Victim {
        final ScriptedPeer peer = ScriptedPeer.established(config().secret(HostileTraffic.SECRET)
                .helloIntervalMillis(0).sendQueueLimit(64).build());
        final Session session = peer.callUp(33);
        final long receivedBefore;

        Victim() {
            peer.passes(1_000);
            peer.acknowledges();
            peer.sent.clear();
            peer.sentOctets.clear();
            peer.events.clear();
            receivedBefore = peer.count(Counter.CONTROL_RECEIVED);
        }

        void assertUnhurt() {
            assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
            assertEquals(SessionState.ESTABLISHED, session.state());
            assertEquals(1, peer.tunnel.sessions().size());
            assertTrue(peer.events.isEmpty(), () -> peer.events.toString());
        }
    }
}
