package org.isthmus.dataplane.kernel;

import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.handover.Handover;
import org.isthmus.linux.Closer;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SystemThread;
import org.isthmus.linux.netlink.Bridges;
import org.isthmus.linux.l2tp.L2tpFamily;
import org.isthmus.linux.netlink.NetlinkSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What all tunnels and sessions share: the ways to the kernel, the thread that uses them, and the one that reads. */
final class KernelSystem {

    private static final Logger LOG = LoggerFactory.getLogger(KernelSystem.class);
    private static final long STOP_SECONDS = 30;

    private final LeftBehind left;
    private final L2tpFamily l2tp;
    private final Optional<String> pppLack;
    private final SystemThread thread = new SystemThread("l2tp-kernel");
    private final Bridges bridges = new Bridges();
    private final Closer closer = new Closer("l2tp-kernel-closer");
    private final NetlinkSocket generic;
    private final Statistics statistics;
    private final ParkedTunnels parked;
    private final PppReader reader;
    private final KernelNews news;
    private final CircuitWatch circuits = new CircuitWatch(this);
    private final Set<List<Object>> ends = new HashSet<>();
    /** For {@link #thread} only. */
    private boolean ipv6Refused;

    KernelSystem(L2tpFamily l2tp, Optional<String> pppLack, LeftBehind left) throws LinuxException {
        this.left = left;
        this.l2tp = l2tp;
        this.pppLack = pppLack;
        this.generic = NetlinkSocket.open(NetlinkSocket.GENERIC);
        this.statistics = new Statistics(l2tp, thread);
        this.parked = new ParkedTunnels(thread);
        this.reader = new PppReader();
        this.news = new KernelNews(this);
        thread.later(left::closeRest, TunnelPath.PARKED_MILLIS);
    }

    /** What a process before this one has left. */
    LeftBehind left() {
        return left;
    }

    L2tpFamily l2tp() {
        return l2tp;
    }

    Optional<String> pppLack() {
        return pppLack;
    }

    /** For {@link #thread} only. */
    Bridges bridges() {
        return bridges;
    }

    /** For {@link #thread} only. */
    CircuitWatch circuits() {
        return circuits;
    }

    Closer closer() {
        return closer;
    }

    SystemThread thread() {
        return thread;
    }

    /** For {@link #thread} only. */
    NetlinkSocket generic() {
        return generic;
    }

    /** Between which ends there is a tunnel. For {@link #thread} only. */
    Set<List<Object>> ends() {
        return ends;
    }

    /** Tunnels whose engine has gone. */
    ParkedTunnels parked() {
        return parked;
    }

    Statistics statistics() {
        return statistics;
    }

    PppReader reader() {
        return reader;
    }

    /** Many systems have IPv6 switched off while every peer offers it: the session goes on with IPv4 alone, which is said once. */
    void ipv6Refused(PppSession session, LinuxException refused) {
        if (ipv6Refused) {
            LOG.debug("{} has no IPv6: {}", session, refused.getMessage());
            return;
        }
        ipv6Refused = true;
        LOG.warn("{} passes IPv4 only, since the system refuses its IPv6: {}. Sessions after it meet the same without a word here. Switch"
                + " IPv6 on (sysctl net.ipv6.conf.default.disable_ipv6=0), or off in the ppp profile", session, refused.getMessage());
    }

    private void takeDown() {
        try {
            bridges.leaveAll(thread.routes()); // first: so many interfaces take their time
        } catch (LinuxException e) {
            LOG.warn("Bridges whose last sessions go may stay: {}", e.getMessage());
        }
        statistics.closeSessions();
    }

    /** What waits for an engine stays in the kernel, for the next version of this bundle; the rest goes. */
    private void leave(Handover handover) {
        if (!parked.isEmpty()) {
            Succession succession = new Succession();
            parked.leaveAll(succession);
            succession.park(handover);
        }
        statistics.closeSessions();
    }

    /** Takes everything out of the kernel, save for what the next version comes for. */
    void close(Optional<Handover> next) {
        next.ifPresentOrElse(handover -> close(() -> leave(handover)), () -> close(this::takeDown));
    }

    private void close(Runnable last) {
        boolean inTime = thread.close(last, STOP_SECONDS);
        if (!closer.stop(STOP_SECONDS) || !inTime) {
            LOG.warn("The sessions of the data plane 'kernel' were not all taken down within {} s", STOP_SECONDS);
        }
        reader.close();
        news.close();
        circuits.close();
        statistics.close();
        generic.close();
    }
}
