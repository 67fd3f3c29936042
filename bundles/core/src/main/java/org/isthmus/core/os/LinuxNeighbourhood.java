package org.isthmus.core.os;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

import org.isthmus.core.net.Neighbourhood;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SystemThread;
import org.isthmus.linux.netlink.ProxyNeighbours;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the system of PPP peers, one thing after the other in a thread of its own. */
final class LinuxNeighbourhood implements Neighbourhood {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxNeighbourhood.class);
    private static final long LAST_SECONDS = 5;

    private final SystemThread thread = new SystemThread("isthmus-neighbourhood");
    private final ProxyNeighbours proxies = new ProxyNeighbours();
    private final NameServerFile nameServers;

    /** @param nameServers the file with the name servers of all sessions */
    LinuxNeighbourhood(Path nameServers) {
        this.nameServers = new NameServerFile(nameServers);
        thread.run(() -> {
            clearProxies();
            this.nameServers.write();
        });
    }

    @Override
    public void answerFor(Inet4Address peer, String session) {
        thread.run(() -> {
            try {
                if (!proxies.answer(thread.routes(), peer)) {
                    LOG.warn("session \"{}\": its peer's address {} lies in no network of this machine's, so there is nobody to answer"
                            + " for it (proxy_arp): lend it one of such a network, or leave proxy_arp out", session, peer.getHostAddress());
                }
            } catch (LinuxException refused) {
                LOG.error("session \"{}\": nobody answers for its peer's address {} (proxy_arp): {}", session, peer.getHostAddress(),
                        refused.getMessage());
            }
        });
    }

    @Override
    public void answerNoLongerFor(Inet4Address peer) {
        thread.run(() -> {
            try {
                proxies.stop(thread.routes(), peer);
            } catch (LinuxException refused) {
                LOG.warn("{} is still answered for (proxy_arp): {}", peer.getHostAddress(), refused.getMessage());
            }
        });
    }

    @Override
    public void nameServers(String session, List<InetAddress> servers) {
        thread.run(() -> nameServers.put(session, servers));
    }

    private void clearProxies() {
        try {
            proxies.clear(thread.routes());
        } catch (LinuxException refused) {
            LOG.warn("addresses that were answered for before may still be (proxy_arp): {}", refused.getMessage());
        }
    }

    void close() {
        if (!thread.close(this::clearProxies, LAST_SECONDS)) {
            LOG.warn("the system was not told within {} s that our peers have gone", LAST_SECONDS);
        }
    }
}
