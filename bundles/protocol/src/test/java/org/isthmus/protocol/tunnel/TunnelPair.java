package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.VendorAvp;

/** Two tunnels, each the peer of the other, and the wire between them, which a test can read and cut. */
final class TunnelPair {

    static final byte[] SECRET = "l2tpv3-secret".getBytes(StandardCharsets.UTF_8);

    /** One end: its tunnel, and what it was told. */
    final class End implements TunnelObserver {
        final String name;
        Tunnel tunnel;
        PeerFacts facts;
        CloseCause closed;
        boolean finished;
        final List<Session> offered = new ArrayList<>();
        final List<Session> up = new ArrayList<>();
        final List<CloseCause> sessionsClosed = new ArrayList<>();
        final List<CircuitStatus> circuits = new ArrayList<>();
        final List<Integer> formerIds = new ArrayList<>();
        final List<ProbeOutcome> probes = new ArrayList<>();
        /** What each call of the peer is answered with; null to leave it unanswered. */
        PseudowireTerms answer;
        boolean answers = true;
        /** What goes with each message, and whether those of the peer are known. */
        List<VendorAvp> adds = List.of();
        boolean knows;
        final List<ControlMessage> heard = new ArrayList<>();

        private End(String name) {
            this.name = name;
        }

        @Override
        public void send(ByteBuffer datagram) {
            byte[] octets = new byte[datagram.remaining()];
            datagram.get(datagram.position(), octets);
            wire.add(octets);
            if (!lost.test(octets)) {
                (this == first ? toSecond : toFirst).add(octets);
            }
        }

        @Override
        public boolean knows(ControlMessage message, int vendorId, int attribute) {
            return knows;
        }

        @Override
        public void received(ControlMessage message) {
            heard.add(message);
        }

        @Override
        public List<VendorAvp> added(MessageType type, int sessionId) {
            return adds;
        }

        @Override
        public void established(Tunnel up, PeerFacts peer) {
            facts = peer;
        }

        @Override
        public void callReceived(Session session, IncomingCall call) {
            offered(session);
        }

        @Override
        public void outgoingCallReceived(Session session, OutgoingCall call) {
            offered(session);
            if (answers) {
                session.connect(ConnectedCall.ofSpeed(64_000), now);
            }
        }

        private void offered(Session session) {
            offered.add(session);
            if (answers && answer != null) {
                session.accept(answer, now);
            } else if (answers) {
                session.accept(now);
            }
        }

        @Override
        public void sessionEstablished(Session session, ConnectedCall call) {
            up.add(session);
        }

        @Override
        public void dataMayFlow(Session session) {
        }

        @Override
        public void sessionClosed(Session session, CloseCause cause) {
            sessionsClosed.add(cause);
        }

        @Override
        public void circuitChanged(Session session, CircuitStatus circuit) {
            circuits.add(circuit);
        }

        @Override
        public void sessionRenumbered(Session session, int formerId) {
            formerIds.add(formerId);
        }

        @Override
        public void probed(Tunnel of, ProbeOutcome outcome) {
            probes.add(outcome);
        }

        @Override
        public void closed(Tunnel down, CloseCause cause) {
            closed = cause;
        }

        @Override
        public void finished(Tunnel over) {
            finished = true;
        }
    }

    final End first = new End("first");
    final End second = new End("second");
    final List<byte[]> wire = new ArrayList<>();
    Predicate<byte[]> lost = octets -> false;
    long now;

    private final ArrayDeque<byte[]> toFirst = new ArrayDeque<>();
    private final ArrayDeque<byte[]> toSecond = new ArrayDeque<>();
    private final TunnelConfig ofSecond;
    private final Random random = new Random(11);

    /** The first end asks for the tunnel; nothing is delivered yet. */
    TunnelPair(TunnelConfig ofFirst, TunnelConfig ofSecond) {
        this.ofSecond = ofSecond;
        first.tunnel = Tunnel.open(ofFirst, first, random, now);
    }

    /** Two ends with these, up. */
    static TunnelPair up(TunnelConfig ofFirst, TunnelConfig ofSecond) {
        TunnelPair pair = new TunnelPair(ofFirst, ofSecond);
        pair.settle();
        return pair;
    }

    /** Delivers what is on the wire until nothing is, acknowledgements included. */
    void settle() {
        passes(0);
        passes(500);
    }

    /** Time goes by; what is due happens, and all is delivered at once. */
    void passes(long millis) {
        long until = now + millis;
        deliver();
        while (next() <= until) {
            now = Math.max(now, next());
            first.tunnel.timeout(now);
            if (second.tunnel != null) {
                second.tunnel.timeout(now);
            }
            deliver();
        }
        now = until;
    }

    private long next() {
        return Math.min(first.tunnel.nextTimeoutMillis(),
                second.tunnel == null ? Long.MAX_VALUE : second.tunnel.nextTimeoutMillis());
    }

    private void deliver() {
        while (!toFirst.isEmpty() || !toSecond.isEmpty()) {
            if (!toSecond.isEmpty()) {
                ByteBuffer datagram = ByteBuffer.wrap(toSecond.remove());
                if (second.tunnel == null) {
                    second.tunnel = Tunnel.accept(datagram, ofSecond, second, random, now);
                } else {
                    second.tunnel.receive(datagram, now);
                }
            }
            if (!toFirst.isEmpty()) {
                first.tunnel.receive(ByteBuffer.wrap(toFirst.remove()), now);
            }
        }
    }

    /** What a datagram is; null when it cannot be read. */
    static MessageType typeOf(byte[] octets) {
        return ControlMessage.decode(ByteBuffer.wrap(octets), SECRET) instanceof ControlMessage message
                ? message.type() : null;
    }

    /** All control messages that were sent, read with the secret of these tests. */
    List<ControlMessage> messages() {
        List<ControlMessage> messages = new ArrayList<>();
        for (byte[] octets : wire) {
            if (ControlMessage.decode(ByteBuffer.wrap(octets), SECRET) instanceof ControlMessage message) {
                messages.add(message);
            }
        }
        return messages;
    }
}
