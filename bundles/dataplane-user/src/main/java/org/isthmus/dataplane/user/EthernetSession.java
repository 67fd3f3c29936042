package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.BridgePort;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.EthernetPseudowire;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.VlanPseudowire;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A session that carries Ethernet frames between the peer and a TAP interface of its own (RFC 4719). Of a VLAN the frames have the tag
 * on the way, and none on the interface.
 */
final class EthernetSession extends UserSession {

    private static final int NO_VLAN = 0;

    private final int vlan;
    private final String bridge;
    private final BridgePort bridgePort;
    private final long mac;
    /** On the worker. */
    private boolean held;
    /** Set by the thread of the system's network; null before and after. */
    private volatile TapDevice device;

    EthernetSession(UserTunnel tunnel, SessionSpec spec, SessionPort port, NetworkSetup system) {
        super(tunnel, spec, port, system);
        if (spec.pseudowire() instanceof VlanPseudowire of) {
            vlan = of.vlanId();
            bridge = of.bridge();
            bridgePort = of.port();
            mac = of.mac();
        } else {
            EthernetPseudowire all = (EthernetPseudowire) spec.pseudowire();
            vlan = NO_VLAN;
            bridge = all.bridge();
            bridgePort = all.port();
            mac = all.mac();
        }
    }

    String bridge() {
        return bridge;
    }

    BridgePort bridgePort() {
        return bridgePort;
    }

    /** The address that its interface is to have, or 0. */
    long mac() {
        return mac;
    }

    @Override
    public void deliver(ByteBuffer packet, int start, int end, int roomBefore) {
        TapDevice open = device;
        if (closed || open == null || end - start < EthernetFrame.HEADER_BYTES) {
            counters.rxErrors++;
            return;
        }
        int at = start;
        if (vlan != NO_VLAN) {
            if (EthernetFrame.vlan(packet, at, end) != vlan) {
                counters.rxWrongVlan++;
                return;
            }
            EthernetFrame.removeTag(packet, at);
            at += EthernetFrame.TAG_BYTES;
        }
        counters.rxBytes += end - at;
        packet.limit(end).position(at);
        if (open.tun().write(packet) < 0) {
            counters.rxErrors++;
        }
    }

    @Override
    boolean isIp(ByteBuffer packet, int at, int end) {
        return EthernetFrame.isIp(packet, at, end);
    }

    /** Sends a frame of the system's, which lies between position and limit with room for headers in front. On a reader thread. */
    void fromSystem(ByteBuffer frame) {
        int length = frame.remaining();
        if (closed || length < EthernetFrame.HEADER_BYTES) {
            counters.txErrors.getAndIncrement();
            return;
        }
        boolean ip = EthernetFrame.isIp(frame, frame.position(), frame.limit());
        if (vlan != NO_VLAN) {
            EthernetFrame.insertTag(frame, frame.position(), vlan);
            frame.position(frame.position() - EthernetFrame.TAG_BYTES);
        }
        counters.sent(sender.send(frame, ip), length);
    }

    /** Frames pass from now on; null: no longer. On the thread of the system's network. */
    void opened(TapDevice open) {
        device = open;
    }

    @Override
    public String interfaceName() {
        TapDevice open = device;
        return open == null ? "" : open.name();
    }

    /** There is no PPP here. */
    @Override
    public void sendPpp(ByteBuffer frame) {
        counters.txErrors.getAndIncrement();
    }

    @Override
    public CompletionStage<Void> networkUp(NetworkSpec network) {
        return CompletableFuture.failedFuture(new DataplaneException(this + " carries Ethernet: its addresses are not PPP's to set"));
    }

    @Override
    public void networkDown() {
    }

    @Override
    public void passTo(SessionPath other) {
        if (other != null) {
            throw new IllegalArgumentException(this + " carries Ethernet, which is passed on by a bridge");
        }
    }

    /** Who is behind the interface notices too. */
    @Override
    public void hold(boolean held) {
        super.hold(held);
        if (held != this.held) {
            this.held = held;
            system.carrier(this, !held);
        }
    }

    @Override
    public void mtu(int largest) {
        system.mtu(this, Math.min(largest, spec.mtu()));
    }

    @Override
    void ended() {
        system.close(this);
    }
}
