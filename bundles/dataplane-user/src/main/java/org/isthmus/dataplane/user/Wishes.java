package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.linux.netlink.InterfaceAddress;
import org.isthmus.linux.netlink.Prefix;
import org.isthmus.linux.netlink.Route;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the network of a session needs of the system, in addresses and routes of one interface.
 *
 * @param addresses our own addresses
 * @param prefixes what is behind the peer, and the peer itself
 * @param routes the routes to them; not to those that come with an address of a point-to-point interface
 */
record Wishes(List<InterfaceAddress> addresses, List<Prefix> prefixes, List<Route> routes) {

    /**
     * A default route made here stands behind one without a metric, which an administrator set by hand, and before those of the usual
     * network configuration daemons.
     */
    static final int DEFAULT_ROUTE_METRIC = 50;

    private static final int LINK_LOCAL_BITS = 64;

    /**
     * @param alone whether the interface is this session's own
     */
    static Wishes of(NetworkSpec network, int interfaceIndex, boolean alone) {
        List<InterfaceAddress> addresses = new ArrayList<>();
        List<Prefix> prefixes = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        network.localIpv4().ifPresent(local -> network.remoteIpv4().ifPresent(remote -> {
            prefixes.add(Prefix.host(remote));
            if (alone) {
                addresses.add(InterfaceAddress.pointToPoint(interfaceIndex, local, remote));
            } else {
                addresses.add(InterfaceAddress.inNetwork(interfaceIndex, local, 32));
                routes.add(Route.through(Prefix.host(remote), interfaceIndex).withSource(local).withMtu(network.mtu()));
            }
        }));
        network.localIpv6().ifPresent(local -> network.remoteIpv6().ifPresent(remote -> {
            prefixes.add(Prefix.host(unscoped(remote)));
            if (alone) {
                addresses.add(InterfaceAddress.inNetwork(interfaceIndex, unscoped(local), LINK_LOCAL_BITS));
            } else {
                addresses.add(InterfaceAddress.inNetwork(interfaceIndex, unscoped(local), 128));
                routes.add(Route.through(Prefix.host(unscoped(remote)), interfaceIndex).withMtu(network.mtu()));
            }
        }));
        network.routes().forEach(route -> {
            Prefix prefix = masked(route.address(), route.length());
            if (!prefixes.contains(prefix)) {
                prefixes.add(prefix);
                routes.add(Route.through(prefix, interfaceIndex).withMtu(network.mtu()));
            }
        });
        if (network.defaultRoute()) {
            network.remoteIpv4().ifPresent(any -> defaultRoute(new byte[4], network, interfaceIndex, prefixes, routes));
            network.remoteIpv6().ifPresent(any -> defaultRoute(new byte[16], network, interfaceIndex, prefixes, routes));
        }
        return new Wishes(addresses, prefixes, routes);
    }

    private static void defaultRoute(byte[] wildcard, NetworkSpec network, int interfaceIndex, List<Prefix> prefixes, List<Route> routes) {
        Prefix all = new Prefix(address(wildcard), 0);
        if (prefixes.contains(all)) {
            return;
        }
        prefixes.add(all);
        routes.add(Route.through(all, interfaceIndex).withMetric(DEFAULT_ROUTE_METRIC).withMtu(network.mtu()));
    }

    /** The prefix with the bits behind its length cleared, as the kernel wants it. */
    private static Prefix masked(InetAddress address, int length) {
        byte[] raw = address.getAddress();
        for (int bit = length; bit < 8 * raw.length; bit++) {
            raw[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Prefix(address(raw), length);
    }

    /** The address without the interface that a text or the kernel gave it: equal to itself on another interface. */
    private static InetAddress unscoped(Inet6Address address) {
        return address(address.getAddress());
    }

    private static InetAddress address(byte[] raw) {
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }
}
