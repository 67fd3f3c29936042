package org.isthmus.dataplane.kernel;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.l2tp.SessionInfo;
import org.isthmus.linux.netlink.NetlinkNews;
import org.isthmus.linux.netlink.NetlinkReader;
import org.isthmus.linux.netlink.NetlinkSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Follows what is deleted in the kernel's L2TP: a session of ours that somebody else has deleted is reported to the engine. The kernel tells
 * every network namespace of all of them, so it is asked whether ours is really gone.
 */
final class KernelNews implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KernelNews.class);

    private static final int ATTEMPTS = 10;
    private static final long AGAIN_MILLIS = 200;

    private final KernelSystem system;
    private final Optional<NetlinkNews> news;

    KernelNews(KernelSystem system) throws LinuxException {
        this.system = system;
        Optional<Integer> group = system.l2tp().newsGroup();
        this.news = group.isEmpty() ? Optional.empty() : Optional.of(NetlinkNews.join(NetlinkSocket.GENERIC, group.get()));
        if (news.isPresent()) {
            system.reader().add(news.get().descriptor(), this::ready);
        }
    }

    private boolean ready(ByteBuffer unused, int events) {
        if (!news.get().read(this::hear)) {
            LOG.debug("The kernel had more news of L2TP than could be read");
        }
        return true;
    }

    private void hear(NetlinkReader message) {
        if (!system.l2tp().isDeletion(message)) {
            return;
        }
        Optional<SessionInfo> session = system.l2tp().sessionInfo(message);
        if (session.isPresent()) {
            system.statistics().find(session.get().tunnelId(), session.get().sessionId()).ifPresent(this::ask);
        } else {
            system.l2tp().tunnelId(message).ifPresent(tunnelId -> system.statistics().ofTunnel(tunnelId).forEach(this::ask));
        }
    }

    private void ask(L2tpSession session) {
        ask(session, ATTEMPTS);
    }

    /** The kernel tells before it deletes, and some versions delete some time after that: so it is asked again for a while. */
    private void ask(L2tpSession session, int attempts) {
        if (session.closed) {
            return;
        }
        if (system.statistics().of(session.tunnelId(), session.sessionId()).isEmpty()) {
            session.lost("it was deleted in the kernel by another program");
        } else if (attempts > 1) {
            system.thread().later(() -> ask(session, attempts - 1), AGAIN_MILLIS);
        }
    }

    @Override
    public void close() {
        news.ifPresent(NetlinkNews::close);
    }
}
