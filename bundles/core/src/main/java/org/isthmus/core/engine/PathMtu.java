package org.isthmus.core.engine;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.timer.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a tunnel's packets may be, as routers on its way say by ICMP (RFC 1191, RFC 8201). Its sessions' MTU follows; after
 * ten minutes larger packets are tried again. Only for a tunnel with do_pmtu_discovery. Belongs to its worker.
 */
final class PathMtu {
    /** Larger than any packet. */
    static final int UNKNOWN = 65_535;

    private static final Logger LOG = LoggerFactory.getLogger(PathMtu.class);
    private static final long FORGET_MILLIS = 600_000;
    /** No link has less, so whoever says so lies. */
    private static final int LEAST_INET = 552;
    private static final int LEAST_INET6 = 1280;
    private static final int INET_HEADER = 20;
    private static final int INET6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;

    private final LiveTunnel tunnel;
    private final Timer forget = new Timer(now -> set(UNKNOWN));
    private int bytes = UNKNOWN;

    PathMtu(LiveTunnel tunnel) {
        this.tunnel = tunnel;
    }

    /** The way to somebody takes no more than so many bytes: is it the peer? */
    void told(InetSocketAddress to, int largest) {
        InetSocketAddress peer = tunnel.path().remote();
        boolean isPeer = to.getAddress().equals(peer.getAddress()) && (to.getPort() == 0 || to.getPort() == peer.getPort());
        int least = peer.getAddress() instanceof Inet6Address ? LEAST_INET6 : LEAST_INET;
        if (!isPeer || largest < least || largest >= bytes || !tunnel.settings().get(TunnelParameters.DO_PMTU_DISCOVERY)) {
            return;
        }
        LOG.info("tunnel {}: the way to {} takes packets of at most {} bytes; its sessions follow", tunnel.identity().title(),
                Words.of(peer), largest);
        set(largest);
        tunnel.worker().wheel().arm(forget, tunnel.worker().nowMillis() + FORGET_MILLIS);
    }

    private void set(int largest) {
        bytes = largest;
        tunnel.sessions().forEach(LiveSession::pathMtuChanged);
    }

    void stop() {
        tunnel.worker().wheel().cancel(forget);
    }

    boolean isKnown() {
        return bytes != UNKNOWN;
    }

    /** The largest network packet of a session, or what an Ethernet frame may hold, that gets through in one piece. */
    int of(SessionSpec session) {
        PeerPath path = tunnel.path();
        boolean udp = path.encapsulation() == Encapsulation.UDP;
        int outer = (path.remote().getAddress() instanceof Inet6Address ? INET6_HEADER : INET_HEADER) + (udp ? UDP_HEADER : 0);
        return bytes - outer - header(session, udp) - inner(session);
    }

    private static int header(SessionSpec session, boolean udp) {
        if (session.header() instanceof V3Header header) {
            return (udp ? 8 : 4) + header.peerCookie().length + (header.sendSublayer() ? 4 : 0);
        }
        V2Header header = (V2Header) session.header();
        return 6 + (header.useLength() ? 2 : 0) + (session.sequencing().send() == DataSequencing.NONE ? 0 : 4)
                + (header.offset() == 0 ? 0 : 2 + header.offset());
    }

    private static int inner(SessionSpec session) {
        return session.pseudowire() instanceof PppPseudowire ppp ? ppp.hdlcHeader() ? 4 : 2 : ETHERNET_HEADER + VLAN_TAG;
    }
}
