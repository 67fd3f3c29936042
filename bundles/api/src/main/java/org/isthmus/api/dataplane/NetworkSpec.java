package org.isthmus.api.dataplane;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Prefix;

/**
 * The network layer of a PPP session. At least one of the families is present.
 *
 * @param localIpv4    our IPv4 address
 * @param remoteIpv4   the peer's IPv4 address, present with {@code localIpv4}
 * @param localIpv6    our link-local address
 * @param remoteIpv6   the peer's link-local address, present with {@code localIpv6}
 * @param mtu          the largest packet that both ends take, in bytes
 * @param routes       networks behind the peer
 * @param defaultRoute whether everything without a better route goes to the peer
 */
public record NetworkSpec(Optional<InetAddress> localIpv4, Optional<InetAddress> remoteIpv4,
        Optional<Inet6Address> localIpv6, Optional<Inet6Address> remoteIpv6, int mtu, List<Prefix> routes,
        boolean defaultRoute) {
    public NetworkSpec {
        routes = List.copyOf(routes);
    }

    /** The same without IPv6, for a system that has it switched off while every peer offers it. */
    public NetworkSpec withoutIpv6() {
        return new NetworkSpec(localIpv4, remoteIpv4, Optional.empty(), Optional.empty(), mtu,
                routes.stream().filter(route -> !(route.address() instanceof Inet6Address)).toList(), defaultRoute);
    }
}
