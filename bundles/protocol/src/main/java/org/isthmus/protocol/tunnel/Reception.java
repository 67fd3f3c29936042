package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_CONN;

import java.nio.ByteBuffer;
import org.isthmus.protocol.channel.ReliableChannel;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.Decoded;
import org.isthmus.protocol.wire.Rejection;

/**
 * How a datagram gets to the state machine: the header is looked at first, then the identifier, then the sequence
 * numbers, and only then the AVPs. What fails on the way is counted and forgotten.
 */
final class Reception {

    /** A repeated SCCRQ is answered at most once in this time. */
    private static final long REPLY_REPEAT_MILLIS = 100;

    private final ControlConnection connection;
    private final ReliableChannel<Decoded> channel;
    private final TunnelCounters counters;
    private final Deadlines deadlines;
    /** The SCCRQ that we answered, to know its repetitions by; empty for an originator. */
    private final ByteBuffer request;
    private long replySentMillis;
    private boolean heard;

    Reception(ControlConnection connection, ReliableChannel<Decoded> channel, TunnelCounters counters,
            Deadlines deadlines, ByteBuffer request) {
        this.connection = connection;
        this.channel = channel;
        this.counters = counters;
        this.deadlines = deadlines;
        this.request = request;
    }

    void receive(ByteBuffer datagram, long now) {
        counters.countDatagram(datagram.remaining());
        if (!Datagram.kind(datagram).isControl()) {
            counters.count(Counter.BAD_HEADER);
        } else if (Datagram.tunnelId(datagram) == connection.config().localTunnelId()) {
            receiveAddressed(datagram, now);
        } else if (Datagram.tunnelId(datagram) != 0) {
            counters.count(Counter.WRONG_TUNNEL_ID);
        } else if (isRepeatedRequest(datagram, now)) {
            counters.count(Counter.DUPLICATES);
            repeatReply(now);
        } else if (connection.config().acceptZeroTunnelId() && connection.state() != WAIT_CTL_CONN) {
            counters.count(Counter.ZERO_TUNNEL_ID);
            receiveAddressed(datagram, now);
        } else {
            counters.count(Counter.WRONG_TUNNEL_ID);
        }
    }

    boolean isRepeatedRequest(ByteBuffer sccrq, long now) {
        return request.hasRemaining() && deadlines.mayRepeat(now) && request.equals(sccrq);
    }

    /** The SCCRP was sent. */
    void replied(long now) {
        replySentMillis = now;
    }

    byte[] request() {
        byte[] octets = new byte[request.remaining()];
        request.get(request.position(), octets);
        return octets;
    }

    long replySentAgo(long now) {
        return now - replySentMillis;
    }

    boolean isHeard() {
        return heard;
    }

    void resume(long replySentAgo, boolean wasHeard, long now) {
        replySentMillis = now - replySentAgo;
        heard = wasHeard;
    }

    /** Why the tunnel ends when a message of this name was never acknowledged. */
    CloseCause unreachable(String name, long now) {
        String lastHeard = heard ? "was last heard " + (now - deadlines.lastHeard()) / 1000 + " s ago" : "never answered";
        boolean failed = counters.get(Counter.DIGEST_FAILED) > 0;
        return CloseCause.of(CloseCause.Kind.UNREACHABLE, name + " was not acknowledged after "
                + connection.config().maxRetries() + " retries; the peer " + lastHeard
                + (failed ? "; digests of the peer were wrong: the secrets may differ" : ""));
    }

    private void repeatReply(long now) {
        if (channel.isActive()) {
            channel.duplicate(now);
        } else if (now - replySentMillis >= REPLY_REPEAT_MILLIS) {
            counters.count(Counter.REPLY_REPEATED);
            replySentMillis = now;
            channel.repeatFirst();
        }
    }

    /** The digest is checked before anything that the message says has an effect (RFC 3931 section 5.4.1). */
    private void receiveAddressed(ByteBuffer datagram, long now) {
        boolean fallingBack = Datagram.version(datagram) != connection.version();
        if (fallingBack && !connection.dialect().mayFallBack(connection.state())) {
            counters.count(Counter.WRONG_VERSION);
            return;
        }
        if (!fallingBack && !connection.dialect().isAuthentic(datagram, connection.state())) {
            counters.count(Counter.DIGEST_FAILED);
            return;
        }
        int ns = Datagram.ns(datagram);
        int nr = Datagram.nr(datagram);
        channel.catchUp(ns, nr, Datagram.isAcknowledgement(datagram), now);
        switch (channel.check(ns, nr, Datagram.isAcknowledgement(datagram))) {
            case NS_OUT_OF_WINDOW -> counters.count(Counter.NS_OUT_OF_WINDOW);
            case NR_OUT_OF_WINDOW -> counters.count(Counter.NR_OUT_OF_WINDOW);
            case ACKNOWLEDGEMENT -> {
                counters.count(Counter.ZLBS_RECEIVED);
                peerHeard(now);
                channel.acknowledge(nr, now);
            }
            case DUPLICATE -> {
                counters.count(Counter.DUPLICATES);
                peerHeard(now);
                channel.acknowledge(nr, now);
                channel.duplicate(now);
            }
            default -> receiveNew(ns, nr, ControlMessage.decode(datagram, connection.config().secret(), connection.observer()::knows),
                    fallingBack, now);
        }
    }

    private void receiveNew(int ns, int nr, Decoded decoded, boolean fallingBack, long now) {
        if (decoded instanceof Rejection rejection) {
            counters.countRejected(rejection);
            if (rejection.reason().consequence() == Rejection.Consequence.DROP) {
                return;
            }
        }
        if (fallingBack) {
            connection.fallBack();
        }
        peerHeard(now);
        channel.acknowledge(nr, now);
        if (ns != channel.nr()) {
            counters.count(Counter.OUT_OF_ORDER);
        }
        channel.arrived(ns, decoded, now);
    }

    /** Who writes our random tunnel identifier has received our SCCRP: it is where it says it is. */
    private void peerHeard(long now) {
        heard = true;
        deadlines.heard(now);
        if (!channel.isActive() && connection.state() == WAIT_CTL_CONN) {
            channel.activate(now);
        }
    }
}
