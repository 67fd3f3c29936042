package org.isthmus.dataplane.user;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.ParkableSessionPort;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.SessionHeader;

import java.nio.ByteBuffer;

/**
 * One session: takes frames out of its data packets, and puts them in. What the peer sends comes on the tunnel's worker, what the
 * system sends on a reader thread; the two share nothing that would need a lock.
 */
abstract class UserSession implements SessionPath, Resequencer.Outlet {

    /** What a frame may be longer than the network packet in it: an Ethernet header with two tags, or that of PPP. */
    private static final int FRAME_HEADER = 22;

    final UserTunnel tunnel;
    final SessionSpec spec;
    final ParkableSessionPort port;
    final SessionCounters counters = new SessionCounters();
    final FrameSender sender;
    final NetworkSetup system;
    volatile boolean closed;
    private boolean forgotten;

    /** Of packets to us in L2TPv3; null in L2TPv2. */
    private final SessionHeader header;
    private final boolean follows;
    private final Resequencer order;
    /** Its place in the tunnel's row of sessions that keep packets. */
    UserSession previousWaiting;
    UserSession nextWaiting;
    boolean waiting;

    UserSession(UserTunnel tunnel, SessionSpec spec, SessionPort port, NetworkSetup system) {
        this.tunnel = tunnel;
        this.spec = spec;
        this.port = new ParkableSessionPort(port);
        this.system = system;
        this.sender = new FrameSender(tunnel.port(), tunnel.spec(), spec);
        this.header = spec.header() instanceof V3Header v3
                ? new SessionHeader(tunnel.spec().encapsulation() == Encapsulation.UDP, spec.sessionId(), v3.localCookie(),
                        v3.receiveSublayer())
                : null;
        // RFC 2661 5.4: sequence numbers are the LNS's to switch on and off, and the LAC follows what it receives.
        this.follows = header == null && !spec.lns() && !spec.sequencing().required()
                && spec.sequencing().send() != DataSequencing.NON_IP;
        this.order = new Resequencer(this, counters, header == null ? 16 : 24, spec.sequencing().reorderTimeoutMillis(),
                spec.mtu() + FRAME_HEADER, tunnel.places());
    }

    final SessionSpec spec() {
        return spec;
    }

    /** Whether the frame between two offsets is an IP packet. */
    abstract boolean isIp(ByteBuffer packet, int at, int end);

    /** Takes a packet of L2TPv2, as the header describes it. On the worker. */
    final void receive(ByteBuffer packet, DataHeader v2, long nowMillis) {
        int at = v2.payloadPosition();
        arrived(packet, at, at + v2.payloadLength(), v2.sequenced() ? v2.ns() : SessionHeader.UNNUMBERED, nowMillis);
    }

    /** Takes a packet of L2TPv3. On the worker. */
    final void receive(ByteBuffer packet, long nowMillis) {
        if (!header.fits(packet)) {
            counters.rxPackets++;
            counters.rxErrors++;
        } else if (!header.hasCookie(packet)) {
            counters.rxWrongCookie++;
        } else {
            arrived(packet, packet.position() + header.bytes(), packet.limit(), header.number(packet), nowMillis);
        }
    }

    private void arrived(ByteBuffer packet, int at, int end, int number, long nowMillis) {
        counters.rxPackets++;
        boolean numbered = number != SessionHeader.UNNUMBERED;
        if (!numbered && needsNumber(packet, at, end)) {
            counters.rxUnsequenced++;
            return;
        }
        if (follows && numbered != (sender.sequencing() == DataSequencing.ALL)) {
            sender.sequence(numbered ? DataSequencing.ALL : DataSequencing.NONE);
            port.sequencingChanged(numbered);
        }
        if (numbered) {
            order.arrived(packet, at, end, number, nowMillis);
            tunnel.waits(this);
        } else {
            deliver(packet, at, end, at - packet.position());
        }
    }

    private boolean needsNumber(ByteBuffer packet, int at, int end) {
        return spec.sequencing().required() && (spec.sequencing().send() != DataSequencing.NON_IP || !isIp(packet, at, end));
    }

    /** When a packet that is kept has waited long enough. */
    final long deadline() {
        return order.deadline();
    }

    final void timeout(long nowMillis) {
        order.timeout(nowMillis);
    }

    @Override
    public final SessionDataCounters counters() {
        return counters.snapshot();
    }

    @Override
    public final int nextNumber() {
        return sender.nextNumber();
    }

    @Override
    public void hold(boolean held) {
        sender.hold(held);
    }

    @Override
    public final void close() {
        if (!closed) {
            stop();
        }
        if (!forgotten) {
            forgotten = true;
            order.clear();
            tunnel.forget(this);
        }
    }

    /** There is no engine for a while. */
    final void park() {
        port.park();
    }

    final boolean isParked() {
        return port.isParked() && !closed;
    }

    /** Another engine asks for a session: false if that cannot be this one. */
    final boolean resume(SessionSpec wanted, SessionPort next) {
        boolean same = isParked() && wanted.continues(spec);
        if (same) {
            port.resume(next);
        } else if (isParked()) {
            close();
        }
        return same;
    }

    /** Lets nothing pass any more; {@link #close} follows on the worker. Any thread. */
    final void stop() {
        closed = true;
        ended();
    }

    /** Gives back to the system what the session has of it. */
    abstract void ended();

    @Override
    public final String toString() {
        return "session " + spec.name() + " (id " + Integer.toUnsignedString(spec.sessionId()) + ") of " + tunnel;
    }
}
