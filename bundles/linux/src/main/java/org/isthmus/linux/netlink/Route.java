package org.isthmus.linux.netlink;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A route.
 *
 * @param destination the addresses that it leads to; 0.0.0.0/0 and ::/0 are the default routes
 * @param interfaceIndex the interface that it leads through; 0 if the gateway decides
 * @param gateway the next router, if there is one
 * @param source the source address for packets of this host, if one is preferred
 * @param metric of two routes to the same destination, the one with the lower metric is used; 0 is the kernel's default
 * @param table the routing table: 254 is the main one
 * @param mtu the longest packet in bytes that may take this route, or 0 for what the interface takes
 */
public record Route(Prefix destination, int interfaceIndex, Optional<InetAddress> gateway, Optional<InetAddress> source, int metric,
        int table, int mtu) {

    /** The table that everything uses unless told otherwise. */
    public static final int MAIN_TABLE = 254;

    /** A route straight through an interface. */
    public static Route through(Prefix destination, int interfaceIndex) {
        return new Route(destination, interfaceIndex, Optional.empty(), Optional.empty(), 0, MAIN_TABLE, 0);
    }

    /** A route by way of a router. */
    public static Route via(Prefix destination, InetAddress gateway) {
        return new Route(destination, 0, Optional.of(gateway), Optional.empty(), 0, MAIN_TABLE, 0);
    }

    public Route withSource(InetAddress preferred) {
        return new Route(destination, interfaceIndex, gateway, Optional.of(preferred), metric, table, mtu);
    }

    public Route withMetric(int newMetric) {
        return new Route(destination, interfaceIndex, gateway, source, newMetric, table, mtu);
    }

    public Route withTable(int newTable) {
        return new Route(destination, interfaceIndex, gateway, source, metric, newTable, mtu);
    }

    public Route withMtu(int newMtu) {
        return new Route(destination, interfaceIndex, gateway, source, metric, table, newMtu);
    }

    @Override
    public String toString() {
        return destination
                + gateway.map(router -> " via " + router.getHostAddress()).orElse("")
                + (interfaceIndex == 0 ? "" : " through interface " + interfaceIndex)
                + (metric == 0 ? "" : " metric " + metric)
                + (table == MAIN_TABLE ? "" : " table " + table)
                + (mtu == 0 ? "" : " mtu " + mtu);
    }
}
