package org.isthmus.dataplane.kernel;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SystemThread;
import org.isthmus.linux.l2tp.L2tpFamily;
import org.isthmus.linux.l2tp.SessionInfo;
import org.isthmus.linux.l2tp.SessionStatistics;
import org.isthmus.linux.netlink.NetlinkSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What has passed in the sessions, asked of the kernel for all of them at once and at most once in a second. Any thread.
 *
 * <p>While that takes no longer than {@link #SHORT_NANOS} whoever asks does it; with very many sessions the system's thread does, and who asks
 * gets what was there before.
 */
final class Statistics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final L2tpFamily l2tp;
    private final NetlinkSocket socket;
    private final SystemThread thread;
    private final Map<Long, L2tpSession> sessions = new ConcurrentHashMap<>();
    private volatile long nextNanos = System.nanoTime();
    private long lastTookNanos;

    Statistics(L2tpFamily l2tp, SystemThread thread) throws LinuxException {
        this.l2tp = l2tp;
        this.thread = thread;
        this.socket = NetlinkSocket.open(NetlinkSocket.GENERIC);
    }

    void add(L2tpSession session) {
        sessions.put(key(session.tunnelId(), session.sessionId()), session);
    }

    void remove(L2tpSession session) {
        sessions.remove(key(session.tunnelId(), session.sessionId()), session);
    }

    /** The session of these numbers, if it is one of ours. */
    Optional<L2tpSession> find(int tunnelId, int sessionId) {
        return Optional.ofNullable(sessions.get(key(tunnelId, sessionId)));
    }

    /** Ours of one tunnel. */
    List<L2tpSession> ofTunnel(int tunnelId) {
        return sessions.values().stream().filter(session -> session.tunnelId() == tunnelId).toList();
    }

    /** Gives back what sessions have that nobody has closed. On the system's thread. */
    void closeSessions() {
        sessions.values().forEach(L2tpSession::abandon);
    }

    private static long key(int tunnelId, int sessionId) {
        return (long) tunnelId << 32 | sessionId & 0xffff_ffffL;
    }

    /** Sees to it that what the sessions have is no older than a second, or soon will be. */
    void refresh() {
        if (System.nanoTime() - nextNanos < 0) {
            return;
        }
        if (lastTookNanos > SHORT_NANOS) {
            nextNanos = System.nanoTime() + FRESH_NANOS;
            thread.run(this::readAll);
        } else {
            readAll();
        }
    }

    private synchronized void readAll() {
        long begun = System.nanoTime();
        if (begun - nextNanos < 0 && lastTookNanos <= SHORT_NANOS) {
            return; // somebody else was faster
        }
        try {
            for (SessionInfo info : socket.dump(l2tp.listSessions(), l2tp::sessionInfo)) {
                find(info.tunnelId(), info.sessionId()).ifPresent(session -> session.measured(info.statistics()));
            }
        } catch (LinuxException refused) {
            LOG.warn("The kernel does not say what has passed in its sessions: {}", refused.getMessage());
        }
        long ended = System.nanoTime();
        lastTookNanos = ended - begun;
        nextNanos = ended + FRESH_NANOS;
    }

    /** What one session has at this moment: it is about to be closed. Empty if it is gone. */
    synchronized Optional<SessionStatistics> of(int tunnelId, int sessionId) {
        try {
            return socket.get(l2tp.getSession(tunnelId, sessionId), l2tp::sessionInfo).map(SessionInfo::statistics);
        } catch (LinuxException gone) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        socket.close();
    }
}
