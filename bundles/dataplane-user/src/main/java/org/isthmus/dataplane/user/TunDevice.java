package org.isthmus.dataplane.user;

import org.isthmus.linux.Tun;
import org.isthmus.linux.netlink.Prefix;

import java.nio.ByteBuffer;

/**
 * A TUN interface and the sessions that the system's packets to it belong to: one session, or many told apart by destination
 * address.
 */
final class TunDevice extends SystemDevice {

    private final PppSession only;
    private final PrefixTable<PppSession> inet = new PrefixTable<>();
    private final PrefixTable<PppSession> inet6 = new PrefixTable<>();

    private TunDevice(Tun tun, PppSession only) {
        super(tun);
        this.only = only;
    }

    /** An interface for many sessions. */
    static TunDevice shared(Tun tun) {
        return new TunDevice(tun, null);
    }

    /** An interface for one session. */
    static TunDevice of(Tun tun, PppSession only) {
        return new TunDevice(tun, only);
    }

    boolean isShared() {
        return only == null;
    }

    /** The session that a packet to this destination belongs to, or null. */
    PppSession session(int version, long high, long low) {
        if (only != null) {
            return only;
        }
        return (version == 4 ? inet : inet6).find(high, low);
    }

    /** Sends a prefix of an address family to a session; null to nobody. For the thread of {@link SystemNetwork} only. */
    void route(Prefix prefix, PppSession session) {
        boolean short4 = prefix.address().getAddress().length == 4;
        (short4 ? inet : inet6).put(IpPacket.high(prefix.address()), IpPacket.low(prefix.address()),
                prefix.length() + (short4 ? 96 : 0), session);
    }

    /** Gives the system a packet. Returns a negative errno if it is refused. */
    int write(ByteBuffer packet) {
        return tun().write(packet);
    }

    @Override
    boolean forward(ByteBuffer packet) {
        int at = packet.position();
        int version = IpPacket.version(packet, at, packet.limit());
        if (IpPacket.length(packet, at, packet.limit()) != packet.remaining()) {
            return false;
        }
        PppSession session = session(version, IpPacket.destinationHigh(packet, at, version),
                IpPacket.destinationLow(packet, at, version));
        if (session == null) {
            return false;
        }
        session.fromSystem(packet, version);
        return true;
    }
}
