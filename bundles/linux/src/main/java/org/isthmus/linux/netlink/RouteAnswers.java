package org.isthmus.linux.netlink;

import org.isthmus.linux.AddressFamily;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads the answers of the family ROUTE. What is not understood gives an empty result, never an exception. */
final class RouteAnswers {

    private static final int LINK_HEADER_BYTES = 16;
    private static final int ADDRESS_HEADER_BYTES = 8;
    private static final int ROUTE_HEADER_BYTES = 12;
    private static final int NEIGHBOUR_HEADER_BYTES = 12;
    private static final int IFF_UP = 1;
    private static final int IFF_RUNNING = 0x40;

    private RouteAnswers() {
    }

    static Optional<Link> link(NetlinkReader message) {
        if (message.type() != RouteRequests.NEW_LINK || message.payloadBytes() < LINK_HEADER_BYTES) {
            return Optional.empty();
        }
        String name = "";
        String alias = "";
        int mtu = 0;
        int master = 0;
        NetlinkAttributes attributes = message.attributes(LINK_HEADER_BYTES);
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteRequests.LINK_NAME -> name = attributes.text();
                case RouteRequests.LINK_ALIAS -> alias = attributes.text();
                case RouteRequests.LINK_MTU -> mtu = attributes.u32();
                case RouteRequests.LINK_MASTER -> master = attributes.u32();
                default -> { }
            }
        }
        int flags = message.u32(8);
        return Optional.of(new Link(message.u32(4), name, mtu, (flags & IFF_UP) != 0, (flags & IFF_RUNNING) != 0, master,
                alias));
    }

    static Optional<InterfaceAddress> address(NetlinkReader message) {
        if (message.type() != RouteRequests.NEW_ADDRESS || message.payloadBytes() < ADDRESS_HEADER_BYTES) {
            return Optional.empty();
        }
        int family = message.u8(0);
        Optional<InetAddress> local = Optional.empty();
        Optional<InetAddress> peer = Optional.empty();
        NetlinkAttributes attributes = message.attributes(ADDRESS_HEADER_BYTES);
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteRequests.ADDRESS_LOCAL -> local = inet(family, attributes);
                case RouteRequests.ADDRESS_PEER -> peer = inet(family, attributes);
                default -> { }
            }
        }
        // Without a peer, IPv6 names the address itself in the place of the peer.
        Optional<InetAddress> own = local.isPresent() ? local : peer;
        Optional<Prefix> range = prefix(peer.isPresent() ? peer : local, message.u8(1));
        return own.isEmpty() || range.isEmpty()
                ? Optional.empty()
                : Optional.of(new InterfaceAddress(message.u32(4), own.get(), range.get()));
    }

    static Optional<Route> route(NetlinkReader message) {
        if (message.type() != RouteRequests.NEW_ROUTE || message.payloadBytes() < ROUTE_HEADER_BYTES) {
            return Optional.empty();
        }
        int family = message.u8(0);
        Optional<InetAddress> destination = message.u8(1) == 0 ? wildcard(family) : Optional.empty();
        Optional<InetAddress> gateway = Optional.empty();
        Optional<InetAddress> source = Optional.empty();
        int device = 0;
        int metric = 0;
        int mtu = 0;
        int table = message.u8(4);
        NetlinkAttributes attributes = message.attributes(ROUTE_HEADER_BYTES);
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteRequests.ROUTE_DESTINATION -> destination = inet(family, attributes);
                case RouteRequests.ROUTE_GATEWAY -> gateway = inet(family, attributes);
                case RouteRequests.ROUTE_SOURCE -> source = inet(family, attributes);
                case RouteRequests.ROUTE_INTERFACE -> device = attributes.u32();
                case RouteRequests.ROUTE_METRIC -> metric = attributes.u32();
                case RouteRequests.ROUTE_METRICS -> mtu = mtu(attributes.nested());
                case RouteRequests.ROUTE_TABLE -> table = attributes.u32();
                default -> { }
            }
        }
        Optional<Prefix> range = prefix(destination, message.u8(1));
        return range.isEmpty()
                ? Optional.empty()
                : Optional.of(new Route(range.get(), device, gateway, source, metric, table, mtu));
    }

    /** An address that is answered for; not a neighbour that was heard. */
    static Optional<ProxyNeighbour> proxy(NetlinkReader message) {
        if (message.type() != RouteRequests.NEW_NEIGHBOUR || message.payloadBytes() < NEIGHBOUR_HEADER_BYTES
                || (message.u8(10) & RouteRequests.NTF_PROXY) == 0) {
            return Optional.empty();
        }
        int family = message.u8(0);
        int protocol = 0;
        Optional<InetAddress> address = Optional.empty();
        NetlinkAttributes attributes = message.attributes(NEIGHBOUR_HEADER_BYTES);
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteRequests.NEIGHBOUR_ADDRESS -> address = inet(family, attributes);
                case RouteRequests.NEIGHBOUR_PROTOCOL -> protocol = attributes.u8();
                default -> { }
            }
        }
        int device = message.u32(4);
        int whose = protocol;
        return address.map(known -> new ProxyNeighbour(device, known, whose));
    }

    private static int mtu(NetlinkAttributes metrics) {
        while (metrics.next()) {
            if (metrics.type() == RouteRequests.ROUTE_METRIC_MTU) {
                return metrics.u32();
            }
        }
        return 0;
    }

    private static Optional<Prefix> prefix(Optional<InetAddress> address, int length) {
        return address.filter(known -> length <= 8 * known.getAddress().length).map(known -> new Prefix(known, length));
    }

    private static Optional<InetAddress> wildcard(int family) {
        return inet(family, new byte[family == AddressFamily.INET6.number() ? 16 : 4]);
    }

    private static Optional<InetAddress> inet(int family, NetlinkAttributes attribute) {
        return attribute.length() > 16 ? Optional.empty() : inet(family, attribute.bytes());
    }

    private static Optional<InetAddress> inet(int family, byte[] raw) {
        boolean inet = family == AddressFamily.INET.number() && raw.length == 4;
        boolean inet6 = family == AddressFamily.INET6.number() && raw.length == 16;
        try {
            return inet || inet6 ? Optional.of(InetAddress.getByAddress(raw)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
