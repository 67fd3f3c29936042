package org.isthmus.dataplane.user;

import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One session: takes PPP frames out of its data packets and puts them in. What the peer sends comes on the tunnel's worker, what the
 * system sends on the reader thread; the two share nothing that would need a lock.
 */
final class UserSession implements SessionPath {

    private final UserTunnel tunnel;
    private final SessionSpec spec;
    private final SessionPort port;
    private final SessionCounters counters = new SessionCounters();
    private final SequenceCheck received = new SequenceCheck();
    private final FrameSender sender;
    private final NetworkSetup system;

    /** Set by the thread of the system's network, void once its epoch is behind {@link #epoch}. */
    private volatile OpenNetwork network;
    /** How often the network ended; changed by the worker only. */
    private volatile int epoch;
    private volatile String interfaceName = "";
    /** Whether the network layer is meant to be up: its packets are not the PPP engine's even while the system is not ready. */
    private boolean wantsIpv4;
    private boolean wantsIpv6;
    private boolean closed;

    UserSession(UserTunnel tunnel, SessionSpec spec, SessionPort port, FrameSender sender, NetworkSetup system) {
        this.tunnel = tunnel;
        this.spec = spec;
        this.port = port;
        this.sender = sender;
        this.system = system;
    }

    SessionSpec spec() {
        return spec;
    }

    PppPseudowire pppSpec() {
        return (PppPseudowire) spec.pseudowire();
    }

    /** Takes the data packet that the header describes. On the worker. */
    void receive(ByteBuffer packet, DataHeader header) {
        counters.rxPackets++;
        if (!inSequence(header)) {
            return;
        }
        int at = header.payloadPosition();
        int end = at + header.payloadLength();
        if (end - at >= 2 && packet.getShort(at) == (short) 0xff03) {
            at += 2;
        }
        // A protocol is one byte if that is odd, else two (RFC 1661 2).
        boolean compressed = at < end && (packet.get(at) & 1) != 0;
        int information = at + (compressed ? 1 : 2);
        if (information > end) {
            counters.rxErrors++;
            return;
        }
        counters.rxBytes += end - information;
        int protocol = compressed ? packet.get(at) & 0xff : packet.getShort(at) & 0xffff;
        if (protocol == IpPacket.PPP_IPV4 && wantsIpv4) {
            toSystem(packet, information, end, 4);
        } else if (protocol == IpPacket.PPP_IPV6 && wantsIpv6) {
            toSystem(packet, information, end, 6);
        } else {
            packet.limit(end).position(at);
            port.pppFrame(packet);
        }
    }

    private boolean inSequence(DataHeader header) {
        boolean sequenced = header.sequenced();
        if (!sequenced && spec.sequencing().required()) {
            counters.rxUnsequenced++;
            return false;
        }
        // RFC 2661 5.4: sequence numbers are the LNS's to switch on and off, and the LAC follows what it receives.
        if (!spec.lns() && !spec.sequencing().required() && sequenced != sender.sequenced()) {
            sender.sequence(sequenced);
            port.sequencingChanged(sequenced);
        }
        if (sequenced && !received.accept(header.ns())) {
            counters.rxLate++;
            return false;
        }
        return true;
    }

    private void toSystem(ByteBuffer packet, int at, int end, int version) {
        OpenNetwork open = openNetwork();
        int length = IpPacket.version(packet, at, end) == version ? IpPacket.length(packet, at, end) : -1;
        if (open == null || !open.carries(version) || length < 0) {
            counters.rxErrors++;
            return;
        }
        if (!open.sources().accepts(version, IpPacket.sourceHigh(packet, at, version), IpPacket.sourceLow(packet, at, version))) {
            counters.rxSpoofed++;
            return;
        }
        if (pppSpec().clampMss()) {
            MssClamp.apply(packet, at, at + length, version, open.mtu());
        }
        packet.limit(at + length).position(at);
        if (open.device().write(packet) < 0) {
            counters.rxErrors++;
        }
    }

    /**
     * Sends an IP packet of the system's, which lies between the buffer's position and limit with room for headers in front. On the
     * reader thread.
     */
    void fromSystem(ByteBuffer packet, int version) {
        OpenNetwork open = openNetwork();
        if (open == null || !open.carries(version)) {
            counters.txErrors.getAndIncrement();
            return;
        }
        int length = packet.remaining();
        if (length > open.mtu()) {
            counters.txTooBig.getAndIncrement();
            return;
        }
        if (pppSpec().clampMss()) {
            MssClamp.apply(packet, packet.position(), packet.limit(), version, open.mtu());
        }
        packet.position(packet.position() - 2);
        packet.putShort(packet.position(), (short) (version == 4 ? IpPacket.PPP_IPV4 : IpPacket.PPP_IPV6));
        count(sender.send(packet, false), length);
    }

    @Override
    public void sendPpp(ByteBuffer frame) {
        int length = frame.remaining();
        ByteBuffer packet = tunnel.scratch();
        if (closed || length < 2 || length > packet.capacity() - FrameSender.HEADROOM) {
            counters.txErrors.getAndIncrement();
            return;
        }
        int position = frame.position();
        packet.clear().position(FrameSender.HEADROOM);
        packet.put(frame).limit(packet.position()).position(FrameSender.HEADROOM);
        frame.position(position);
        count(sender.send(packet, true), length - 2);
    }

    private void count(int result, int length) {
        if (result < 0) {
            counters.txErrors.getAndIncrement();
        } else {
            counters.txPackets.getAndIncrement();
            counters.txBytes.getAndAdd(length);
        }
    }

    @Override
    public CompletionStage<Void> networkUp(NetworkSpec up) {
        if (closed) {
            return CompletableFuture.failedFuture(new DataplaneException(this + " is closed"));
        }
        wantsIpv4 = up.remoteIpv4().isPresent();
        wantsIpv6 = up.remoteIpv6().isPresent();
        return system.up(this, up, epoch);
    }

    @Override
    public void networkDown() {
        wantsIpv4 = false;
        wantsIpv6 = false;
        voidNetwork();
        system.down(this);
    }

    @Override
    public void passTo(SessionPath other) {
        throw new UnsupportedOperationException("the data plane 'user' passes nothing through yet");
    }

    @Override
    public void mtu(int mtu) {
    }

    /** From here on neither the worker nor the reader touches the interface for this session. */
    private void voidNetwork() {
        epoch++;
        network = null;
        interfaceName = "";
    }

    /** Lets network packets pass, unless the network has ended meanwhile. On the thread of the system's network. */
    void opened(OpenNetwork open) {
        network = open;
        interfaceName = open.device().tun().name();
    }

    /** The data plane stops: no packet passes any more, whatever the engine still wants. On the thread of the system's network. */
    void interrupted() {
        network = null;
    }

    private OpenNetwork openNetwork() {
        OpenNetwork open = network;
        return open != null && open.epoch() == epoch ? open : null;
    }

    @Override
    public String interfaceName() {
        return openNetwork() == null ? "" : interfaceName;
    }

    @Override
    public SessionDataCounters counters() {
        return counters.snapshot();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tunnel.forget(this);
            networkDown();
        }
    }

    @Override
    public String toString() {
        return "session " + spec.name() + " (id " + spec.sessionId() + ") of " + tunnel;
    }
}
