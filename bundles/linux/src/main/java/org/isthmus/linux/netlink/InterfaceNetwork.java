package org.isthmus.linux.netlink;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a point-to-point link needs of the system, in addresses and routes of one interface.
 *
 * @param addresses our own addresses
 * @param prefixes what is behind the peer, and the peer itself
 * @param routes the routes to them; not to those that come with an address of a point-to-point interface
 */
public record InterfaceNetwork(List<InterfaceAddress> addresses, List<Prefix> prefixes, List<Route> routes) {

    /** No addresses and no routes. */
    public static final InterfaceNetwork NONE = new InterfaceNetwork(List.of(), List.of(), List.of());

    /**
     * A default route made here stands behind one without a metric, which an administrator set by hand, and before those of the usual
     * network configuration daemons.
     */
    public static final int DEFAULT_ROUTE_METRIC = 50;

    private static final int LINK_LOCAL_BITS = 64;

    /**
     * The two ends of a link.
     *
     * @param localIpv4    our IPv4 address
     * @param remoteIpv4   the peer's, present with {@code localIpv4}
     * @param localIpv6    our link-local address
     * @param remoteIpv6   the peer's, present with {@code localIpv6}
     * @param behind       networks behind the peer
     * @param defaultRoute whether everything without a better route goes to the peer
     * @param mtu          the largest packet, in bytes
     */
    public record Ends(Optional<InetAddress> localIpv4, Optional<InetAddress> remoteIpv4, Optional<Inet6Address> localIpv6,
            Optional<Inet6Address> remoteIpv6, List<Prefix> behind, boolean defaultRoute, int mtu) {
    }

    /**
     * @param alone whether the interface is this link's own, else it is shared with others
     */
    public static InterfaceNetwork of(Ends network, int interfaceIndex, boolean alone) {
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
        network.behind().forEach(route -> {
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
        return new InterfaceNetwork(addresses, prefixes, routes);
    }

    /** What is in this and not in the other; routes are told apart by where they lead. */
    public InterfaceNetwork without(InterfaceNetwork other) {
        List<Prefix> led = other.routes.stream().map(Route::destination).toList();
        return new InterfaceNetwork(addresses.stream().filter(address -> !other.addresses.contains(address)).toList(),
                prefixes.stream().filter(prefix -> !other.prefixes.contains(prefix)).toList(),
                routes.stream().filter(route -> !led.contains(route.destination())).toList());
    }

    private static void defaultRoute(byte[] wildcard, Ends network, int interfaceIndex, List<Prefix> prefixes, List<Route> routes) {
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
