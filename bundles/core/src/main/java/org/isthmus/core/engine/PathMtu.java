package org.isthmus.core.engine;

import java.net.Inet6Address;
import java.util.OptionalInt;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.core.mtu.PathSearch;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.TooBig;
import org.isthmus.core.timer.Timer;
import org.isthmus.ppp.mppe.MppeSender;
import org.isthmus.protocol.tunnel.ProbeOutcome;
import org.isthmus.protocol.wire.ControlMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a tunnel's packets may be: what routers on its way say by ICMP (RFC 1191, RFC 8201), and what padded HELLOs find out
 * (RFC 4821). Its sessions' MTU follows. Only for a tunnel with do_pmtu_discovery. Belongs to its worker.
 */
final class PathMtu implements PathSearch.Way {
    private static final Logger LOG = LoggerFactory.getLogger(PathMtu.class);
    /** No link has less, so whoever says so lies. */
    private static final int LEAST_INET = 576;
    private static final int LEAST_INET6 = 1280;
    private static final int INET_HEADER = 20;
    private static final int INET6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;
    /** In front of a control message over IP, where a data packet has its session id. */
    private static final int NO_SESSION_BYTES = 4;
    /** What every session carries whatever the way takes, in pieces if need be: there is no IPv6 with less (RFC 8200 section 5). */
    private static final int LEAST_MTU = 1280;
    /** IPv6 and UDP, L2TPv3 with cookie and sublayer, an Ethernet header with a tag. */
    private static final int MOST_OVERHEAD = INET6_HEADER + UDP_HEADER + 20 + ETHERNET_HEADER + VLAN_TAG;

    private final LiveTunnel tunnel;
    private final Worker worker;
    private final boolean discovered;
    private final PathSearch search;
    private final Timer timer = new Timer(this::timeout);
    /** Read by the data plane's threads too. */
    private volatile boolean whole;

    PathMtu(LiveTunnel tunnel) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
        this.discovered = tunnel.settings().get(TunnelParameters.DO_PMTU_DISCOVERY);
        this.whole = discovered;
        this.search = new PathSearch(isInet6() ? LEAST_INET6 : LEAST_INET,
                tunnel.hasControlChannel() && tunnel.settings().get(TunnelParameters.PMTU_PROBES), this);
    }

    /**
     * Whether data packets are sent with Don't Fragment: not if the way takes less than what sessions carry at least. Any thread
     * may ask.
     */
    boolean isWhole() {
        return whole;
    }

    /** The tunnel is up. */
    void start() {
        if (discovered) {
            worker.pathMtus().add(tunnel.path().remote().getAddress(), this);
        }
    }

    /** Another object knew that the way takes no more than so many bytes. */
    void resume(OptionalInt known) {
        if (known.isPresent()) {
            search.tooBig(known.getAsInt(), worker.nowMillis());
        }
    }

    void stop() {
        worker.wheel().cancel(timer);
        worker.pathMtus().remove(tunnel.path().remote().getAddress(), this);
    }

    /** A session can send packets: they are as large as the way takes, and whether its largest arrive is found out. */
    void opened(LiveSession opened) {
        if (limit().isPresent()) {
            opened.pathMtuChanged();
        }
        if (discovered) {
            SessionSpec session = opened.spec();
            int probe = Math.min(session.mtu() + overhead(session), ControlMessage.MAX_BYTES + outer(NO_SESSION_BYTES));
            search.want(probe, worker.nowMillis());
            rearm();
        }
    }

    /** Whether a packet that was too big can have been the tunnel's. */
    Quoted.Verdict judge(Encapsulation encapsulation, TooBig report) {
        PeerPath path = tunnel.path();
        boolean isWay = path.encapsulation() == encapsulation
                && (report.to().getPort() == 0 || report.to().getPort() == path.remote().getPort());
        return isWay ? Quoted.judge(tunnel, report.quoted()) : Quoted.Verdict.NOT_OURS;
    }

    /** The way to the peer takes no more than so many bytes; false if that is no news, or cannot be. */
    boolean told(int largest) {
        boolean believed = search.tooBig(largest, worker.nowMillis());
        rearm();
        return believed;
    }

    /** Somebody says that a packet was too big, and it cannot be told whether it was the tunnel's. */
    void doubt() {
        search.doubt(worker.nowMillis());
        rearm();
    }

    /** Tells what became of a probe. */
    void probed(ProbeOutcome outcome) {
        search.probed(outcome, worker.nowMillis());
        rearm();
    }

    private void timeout(long nowMillis) {
        search.timeout(nowMillis);
        rearm();
    }

    private void rearm() {
        long next = search.nextTimeoutMillis();
        if (next == PathSearch.NEVER) {
            worker.wheel().cancel(timer);
        } else {
            worker.wheel().arm(timer, next);
        }
    }

    @Override
    public boolean probe(int bytes) {
        return tunnel.probe(bytes - outer(NO_SESSION_BYTES));
    }

    @Override
    public void limited(int bytes) {
        whole = bytes >= LEAST_MTU + MOST_OVERHEAD;
        if (bytes == PathSearch.UNLIMITED) {
            LOG.info("tunnel {}: the way to {} takes all packets", tunnel.identity().title(), Words.of(tunnel.path().remote()));
        } else {
            LOG.info("tunnel {}: the way to {} takes packets of at most {} bytes; its sessions follow", tunnel.identity().title(),
                    Words.of(tunnel.path().remote()), bytes);
        }
        tunnel.sessions().all().forEach(LiveSession::pathMtuChanged);
    }

    /** The largest packet that the way is known to take, IP header included; empty if all that is wanted gets through. */
    OptionalInt limit() {
        return search.limit() == PathSearch.UNLIMITED ? OptionalInt.empty() : OptionalInt.of(search.limit());
    }

    /** The largest network packet that a session may send now, or what an Ethernet frame of it may hold. */
    int of(SessionSpec session) {
        return Math.min(session.mtu(), Math.max(LEAST_MTU, search.limit() - overhead(session)));
    }

    /** By how much the packets of a session are longer than what is in them. */
    private int overhead(SessionSpec session) {
        return outer(0) + header(session, isUdp()) + inner(session);
    }

    /**
     * The bytes of an IP header and what else is in front of the L2TP header.
     *
     * @param overIp those of it that are there over IP only
     */
    private int outer(int overIp) {
        return (isInet6() ? INET6_HEADER : INET_HEADER) + (isUdp() ? UDP_HEADER : overIp);
    }

    private boolean isUdp() {
        return tunnel.path().encapsulation() == Encapsulation.UDP;
    }

    private boolean isInet6() {
        return tunnel.path().remote().getAddress() instanceof Inet6Address;
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
        return session.pseudowire() instanceof PppPseudowire ppp
                ? (ppp.hdlcHeader() ? 4 : 2) + (ppp.encrypted() ? MppeSender.OVERHEAD : 0) : ETHERNET_HEADER + VLAN_TAG;
    }
}
