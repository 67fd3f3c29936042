package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.EncryptionKeys;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.PppEncryption;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.ppp.mppe.MppeReceiver;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A session that carries PPP: network packets go to the system and come from it, all other frames are the engine's. Or all go
 * on through another session.
 */
final class PppSession extends UserSession {

    private static final int HDLC = 0xff03;
    /** The protocol of what is encrypted (RFC 3078 section 3). */
    private static final int PPP_ENCRYPTED = 0x00fd;
    /** Protocols below it are network packets (RFC 1661 section 2). */
    private static final int FIRST_CONTROL_PROTOCOL = 0x8000;

    private final PppPseudowire ppp;
    /** Where frames go on, instead of to the system and the engine. */
    private volatile PppSession passedTo;
    /** Set by the thread of the system's network, void once its epoch is behind {@link #epoch}. */
    private volatile OpenNetwork network;
    /** How often the network ended; changed by the worker only. */
    private volatile int epoch;
    private volatile String interfaceName = "";
    /** What the network layer is meant to be while it is up: its packets are not the PPP engine's even while the system is not ready. */
    private NetworkSpec wanted;
    private boolean wantsIpv4;
    private boolean wantsIpv6;
    private int mtu = Integer.MAX_VALUE;
    /** What encrypts; null while CCP is not open. Changed by the worker only. */
    private volatile SessionCipher cipher;
    /** Of the worker. */
    private boolean passedSinceOutOfStep;

    PppSession(UserTunnel tunnel, SessionSpec spec, SessionPort port, NetworkSetup system) {
        super(tunnel, spec, port, system);
        this.ppp = (PppPseudowire) spec.pseudowire();
    }

    boolean filtersSources() {
        return ppp.ingressFilter();
    }

    @Override
    public void deliver(ByteBuffer packet, int start, int end, int roomBefore) {
        if (closed) {
            return;
        }
        int at = start + hdlcBytes(packet, start, end);
        // A protocol is one byte if that is odd, else two (RFC 1661 2).
        boolean compressed = at < end && (packet.get(at) & 1) != 0;
        int information = at + (compressed ? 1 : 2);
        if (information > end) {
            counters.rxErrors++;
            return;
        }
        int protocol = compressed ? packet.get(at) & 0xff : packet.getShort(at) & 0xffff;
        PppSession other = passedTo;
        if (ppp.encrypted() && other == null) {
            if (protocol == PPP_ENCRYPTED) {
                at = decrypted(packet, information, end);
                if (at < 0) {
                    return;
                }
                information = at + 2;
                protocol = packet.getShort(at) & 0xffff;
            } else if (protocol < FIRST_CONTROL_PROTOCOL) {
                counters.rxUnencrypted++;
                return;
            }
        }
        counters.rxBytes += end - information;
        boolean ipv4 = protocol == IpPacket.PPP_IPV4;
        boolean ipv6 = protocol == IpPacket.PPP_IPV6;
        if (other != null) {
            other.pass(packet, at, end, roomBefore + at - start, ipv4 || ipv6, end - information);
        } else if (ipv4 && wantsIpv4) {
            toSystem(packet, information, end, 4);
        } else if (ipv6 && wantsIpv6) {
            toSystem(packet, information, end, 6);
        } else {
            packet.limit(end).position(at);
            port.pppFrame(packet);
        }
    }

    /** The offset of the protocol that was encrypted; negative if the packet is of no use. */
    private int decrypted(ByteBuffer packet, int at, int end) {
        SessionCipher open = cipher;
        int inner = open == null ? MppeReceiver.DROPPED : open.decrypt(packet, at, end);
        if (inner < 0) {
            counters.rxUndecrypted++;
        } else {
            passedSinceOutOfStep = true;
        }
        if (inner == MppeReceiver.OUT_OF_STEP) {
            port.decryptionFailed(passedSinceOutOfStep);
            passedSinceOutOfStep = false;
        }
        return inner;
    }

    @Override
    boolean isIp(ByteBuffer packet, int start, int end) {
        int at = start + hdlcBytes(packet, start, end);
        if (at >= end) {
            return false;
        }
        int first = packet.get(at) & 0xff;
        int protocol = (first & 1) != 0 ? first : at + 1 < end ? packet.getShort(at) & 0xffff : 0;
        return protocol == IpPacket.PPP_IPV4 || protocol == IpPacket.PPP_IPV6 || protocol == PPP_ENCRYPTED;
    }

    private static int hdlcBytes(ByteBuffer packet, int at, int end) {
        return end - at >= 2 && packet.getShort(at) == (short) HDLC ? 2 : 0;
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
        if (ppp.clampMss()) {
            MssClamp.apply(packet, at, at + length, version, open.mtu());
        }
        packet.limit(at + length).position(at);
        if (open.device().write(packet) < 0) {
            counters.rxErrors++;
        }
    }

    /** Sends a PPP frame that came by another session, without FF 03 in front. On that session's worker. */
    private void pass(ByteBuffer packet, int at, int end, int room, boolean ip, int informationLength) {
        ByteBuffer frame = packet;
        if (room >= sender.headerBytes()) {
            packet.limit(end).position(at);
        } else {
            frame = tunnel.scratch();
            int length = end - at;
            if (length > frame.capacity() - FrameSender.HEADROOM) {
                counters.txTooBig.getAndIncrement();
                return;
            }
            frame.clear().put(FrameSender.HEADROOM, packet, at, length)
                    .limit(FrameSender.HEADROOM + length).position(FrameSender.HEADROOM);
        }
        if (closed) {
            counters.txErrors.getAndIncrement();
        } else {
            counters.sent(sender.send(frame, ip), informationLength);
        }
    }

    /**
     * Sends an IP packet of the system's, which lies between the buffer's position and limit with room for headers in front. On a
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
        if (ppp.clampMss()) {
            MssClamp.apply(packet, packet.position(), packet.limit(), version, open.mtu());
        }
        packet.position(packet.position() - 2);
        packet.putShort(packet.position(), (short) (version == 4 ? IpPacket.PPP_IPV4 : IpPacket.PPP_IPV6));
        if (ppp.encrypted() && !encrypt(packet)) {
            counters.txErrors.getAndIncrement();
            return;
        }
        counters.sent(sender.send(packet, true), length);
    }

    /** Encrypts a packet of the system's; false while that cannot be done. */
    private boolean encrypt(ByteBuffer packet) {
        SessionCipher open = cipher;
        if (open == null) {
            return false;
        }
        ByteBuffer first = open.takeKept();
        if (first != null) {
            sendFrame(first);
        }
        open.encrypt(packet);
        return true;
    }

    @Override
    public void sendPpp(ByteBuffer frame) {
        SessionCipher open = cipher;
        if (open == null || !open.keeps(frame)) {
            sendFrame(frame);
        }
    }

    private void sendFrame(ByteBuffer frame) {
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
        counters.sent(sender.send(packet, false), length - 2);
    }

    @Override
    public CompletionStage<Void> networkUp(NetworkSpec up) {
        if (closed) {
            return CompletableFuture.failedFuture(new DataplaneException(this + " is closed"));
        }
        if (up.equals(wanted) && openNetwork() != null) {
            return CompletableFuture.completedFuture(null); // another engine says what is
        }
        return bringUp(up);
    }

    private CompletionStage<Void> bringUp(NetworkSpec up) {
        wanted = up;
        wantsIpv4 = up.remoteIpv4().isPresent();
        wantsIpv6 = up.remoteIpv6().isPresent();
        return system.up(this, up.mtu() <= mtu ? up : withMtu(up, mtu), epoch);
    }

    @Override
    public CompletionStage<Void> prepareEncryption(EncryptionKeys keys) {
        cipher = null;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void encrypt(PppEncryption encryption) {
        cipher = new SessionCipher(encryption);
    }

    @Override
    public void stopEncryption() {
        cipher = null;
    }

    private static NetworkSpec withMtu(NetworkSpec network, int mtu) {
        return new NetworkSpec(network.localIpv4(), network.remoteIpv4(), network.localIpv6(), network.remoteIpv6(), mtu,
                network.routes(), network.defaultRoute());
    }

    @Override
    public void networkDown() {
        wanted = null;
        wantsIpv4 = false;
        wantsIpv6 = false;
        voidNetwork();
        system.down(this);
    }

    @Override
    public void passTo(SessionPath other) {
        if (other == null) {
            PppSession before = passedTo;
            passedTo = null;
            if (before != null && before.passedTo == this) {
                before.passedTo = null;
            }
            return;
        }
        if (other == this || !(other instanceof PppSession next)) {
            throw new IllegalArgumentException(this + " cannot pass its frames to " + other
                    + ": that is no other PPP session of the data plane 'user'");
        }
        passedTo = next;
        next.passedTo = this;
    }

    /** Holds for the network that is up, and for those after it. */
    @Override
    public void mtu(int largest) {
        int before = mtu;
        mtu = largest;
        if (wanted != null && Math.min(before, wanted.mtu()) != Math.min(largest, wanted.mtu())) {
            bringUp(wanted);
        }
    }

    /** From here on neither the worker nor a reader touches the interface for this session. */
    private void voidNetwork() {
        epoch++;
        network = null;
        interfaceName = "";
    }

    /** Lets network packets pass, unless the network has ended meanwhile. On the thread of the system's network. */
    void opened(OpenNetwork open) {
        network = open;
        interfaceName = open.device().name();
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
    void ended() {
        passTo(null);
        networkDown();
    }
}
