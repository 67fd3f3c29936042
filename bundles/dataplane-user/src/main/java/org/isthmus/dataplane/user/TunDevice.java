package org.isthmus.dataplane.user;

import org.isthmus.linux.Tun;
import org.isthmus.linux.netlink.Prefix;

import java.nio.ByteBuffer;

/**
 * A TUN interface and the sessions that the system's packets to it belong to: one session, or many told apart by destination
 * address.
 */
final class TunDevice {

    private final Tun tun;
    private final UserSession only;
    private final PrefixTable<UserSession> inet = new PrefixTable<>();
    private final PrefixTable<UserSession> inet6 = new PrefixTable<>();
    /** The place that the reader has for this interface; only the reader's thread sees it. */
    int token = -1;

    private TunDevice(Tun tun, UserSession only) {
        this.tun = tun;
        this.only = only;
    }

    /** An interface for many sessions. */
    static TunDevice shared(Tun tun) {
        return new TunDevice(tun, null);
    }

    /** An interface for one session. */
    static TunDevice of(Tun tun, UserSession only) {
        return new TunDevice(tun, only);
    }

    Tun tun() {
        return tun;
    }

    boolean isShared() {
        return only == null;
    }

    /** The session that a packet to this destination belongs to, or null. */
    UserSession session(int version, long high, long low) {
        if (only != null) {
            return only;
        }
        return (version == 4 ? inet : inet6).find(high, low);
    }

    /** Sends a prefix of an address family to a session; null to nobody. For the thread of {@link SystemNetwork} only. */
    void route(Prefix prefix, UserSession session) {
        boolean short4 = prefix.address().getAddress().length == 4;
        (short4 ? inet : inet6).put(IpPacket.high(prefix.address()), IpPacket.low(prefix.address()),
                prefix.length() + (short4 ? 96 : 0), session);
    }

    /** Gives the system a packet. Returns a negative errno if it is refused. */
    int write(ByteBuffer packet) {
        return tun.write(packet);
    }
}
