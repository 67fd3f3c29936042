package org.isthmus.linux.netlink;

import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes the links, addresses and routes of the network namespace of the thread that opened it. Changes need CAP_NET_ADMIN.
 *
 * <p>For one thread at a time, one that may block: a call takes as long as the kernel takes (usually well under a millisecond).
 *
 * <pre>
 * try (RouteSocket routes = RouteSocket.open()) {
 *     int index = routes.link("l2tp0").orElseThrow().index();
 *     routes.execute(RouteRequests.setUp(index, true));
 *     routes.executeAll(manyRequests).forEach(failure -&gt; log(failure.cause().getMessage()));
 * }
 * </pre>
 */
public final class RouteSocket implements Closeable {

    private final NetlinkSocket socket;

    private RouteSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    public static RouteSocket open() throws LinuxException {
        return new RouteSocket(NetlinkSocket.open(NetlinkSocket.ROUTE));
    }

    /** Runs one change, of {@link RouteRequests}. */
    public void execute(NetlinkRequest change) throws LinuxException {
        socket.execute(change);
    }

    /** Runs many changes in order with few calls; one that fails does not stop those behind it. Returns those that failed. */
    public List<NetlinkFailure> executeAll(List<NetlinkRequest> changes) throws LinuxException {
        return socket.executeAll(changes);
    }

    /** The interface of that name, if there is one. */
    public Optional<Link> link(String name) throws LinuxException {
        try {
            return socket.get(RouteRequests.getLink(name), RouteAnswers::link);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENODEV) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public List<Link> links() throws LinuxException {
        return socket.dump(RouteRequests.getLinks(), RouteAnswers::link);
    }

    public List<InterfaceAddress> addresses() throws LinuxException {
        return socket.dump(RouteRequests.getAddresses(), RouteAnswers::address);
    }

    /** The routes of all tables, those that the kernel made for its own addresses included. */
    public List<Route> routes(AddressFamily family) throws LinuxException {
        return socket.dump(RouteRequests.getRoutes(family), RouteAnswers::route);
    }

    /** The addresses that are answered for. */
    List<ProxyNeighbour> proxies() throws LinuxException {
        return socket.dump(RouteRequests.getProxies(), RouteAnswers::proxy);
    }

    @Override
    public void close() {
        socket.close();
    }
}
