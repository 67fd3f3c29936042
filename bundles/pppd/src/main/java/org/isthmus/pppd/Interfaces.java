package org.isthmus.pppd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.PppParameters;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.Link;
import org.isthmus.linux.netlink.NetlinkFailure;
import org.isthmus.linux.netlink.NetlinkRequest;
import org.isthmus.linux.netlink.Prefix;
import org.isthmus.linux.netlink.Route;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;

/** What is set on the interfaces that pppd makes: routes, as with every data plane, and the MTU. They go with the interface. */
final class Interfaces implements AutoCloseable {
    /** Behind a default route that an administrator set by hand. */
    private static final int DEFAULT_ROUTE_METRIC = 50;
    private static final byte[] ANY_IPV4 = new byte[4];
    private static final byte[] ANY_IPV6 = new byte[16];

    private final RouteSocket routes;

    Interfaces() throws LinuxException {
        routes = RouteSocket.open();
    }

    /** The MTU of an interface, 0 if it is gone. */
    int mtu(String name) throws LinuxException {
        return routes.link(name).map(Link::mtu).orElse(0);
    }

    void mtu(String name, int mtu) throws LinuxException {
        Optional<Link> link = routes.link(name);
        if (link.isPresent()) {
            routes.execute(RouteRequests.setMtu(link.get().index(), mtu));
        }
    }

    /** Routes what the profile says through an interface, for the families that are up. */
    void route(PppdRun run) throws LinuxException {
        Optional<Link> link = routes.link(run.link.interfaceName());
        if (link.isEmpty()) {
            return;
        }
        int index = link.get().index();
        List<NetlinkRequest> wanted = new ArrayList<>();
        run.spec.settings().find(PppParameters.ROUTES).orElse(List.of()).stream()
                .filter(network -> carries(run.link, network.address()))
                .forEach(network -> wanted.add(RouteRequests.replaceRoute(
                        Route.through(new Prefix(network.address(), network.length()), index))));
        if (run.spec.settings().get(PppParameters.DEFAULT_ROUTE)) {
            for (byte[] any : List.of(ANY_IPV4, ANY_IPV6)) {
                InetAddress all = all(any);
                if (carries(run.link, all)) {
                    wanted.add(RouteRequests.replaceRoute(
                            Route.through(new Prefix(all, 0), index).withMetric(DEFAULT_ROUTE_METRIC)));
                }
            }
        }
        for (NetlinkFailure refused : routes.executeAll(wanted)) {
            Launcher.LOG.error("{}: {}", run, refused);
        }
    }

    private static boolean carries(LinkState link, InetAddress address) {
        return address.getAddress().length == ANY_IPV4.length ? link.hasIpv4() : link.hasIpv6();
    }

    private static InetAddress all(byte[] any) {
        try {
            return InetAddress.getByAddress(any);
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void close() {
        routes.close();
    }
}
