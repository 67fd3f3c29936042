package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.linux.OwnNamespace;
import org.isthmus.linux.Tun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Addresses that the kernel answers for, on the kernel itself. */
@Tag("netns")
@ExtendWith(OwnNamespace.class)
class ProxyNeighboursTest {

    private static Inet4Address ip(String text) throws Exception {
        return (Inet4Address) InetAddress.getByName(text);
    }

    private static int network(RouteSocket routes, Tun tap, String address, int bits) throws Exception {
        routes.execute(RouteRequests.setUp(tap.index(), true));
        routes.execute(RouteRequests.addAddress(InterfaceAddress.inNetwork(tap.index(), InetAddress.getByName(address), bits)));
        return tap.index();
    }

    @Test
    void anAddressIsAnsweredForOnTheNarrowestNetworkThatItLiesIn() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun wide = Tun.open(Tun.Kind.TAP, "wide"); Tun narrow = Tun.open(Tun.Kind.TAP, "narrow")) {
            int wideIndex = network(routes, wide, "10.1.0.1", 16);
            int narrowIndex = network(routes, narrow, "10.1.7.1", 24);
            ProxyNeighbours proxies = new ProxyNeighbours();
            assertTrue(proxies.answer(routes, ip("10.1.7.9")));
            assertTrue(proxies.answer(routes, ip("10.1.8.9")));
            assertEquals(List.of(new ProxyNeighbour(narrowIndex, ip("10.1.7.9"), ProxyNeighbour.OUR_PROTOCOL),
                    new ProxyNeighbour(wideIndex, ip("10.1.8.9"), ProxyNeighbour.OUR_PROTOCOL)),
                    routes.proxies().stream().sorted((one, other) -> one.address().getHostAddress()
                            .compareTo(other.address().getHostAddress())).toList());

            proxies.stop(routes, ip("10.1.7.9"));
            proxies.stop(routes, ip("10.1.7.9"));
            assertEquals(List.of(ip("10.1.8.9")), routes.proxies().stream().map(ProxyNeighbour::address).toList());
        }
    }

    @Test
    void anAddressInNoNetworkOrOurOwnIsNotAnsweredFor() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tap = Tun.open(Tun.Kind.TAP, "tap0"); Tun tun = Tun.open(Tun.Kind.TUN, "tun0")) {
            network(routes, tap, "10.1.7.1", 24);
            routes.execute(RouteRequests.addAddress(InterfaceAddress.pointToPoint(tun.index(), ip("10.1.7.1"), ip("10.2.0.9"))));
            ProxyNeighbours proxies = new ProxyNeighbours();
            assertFalse(proxies.answer(routes, ip("10.2.0.9")), "it is at the end of a link");
            assertFalse(proxies.answer(routes, ip("10.1.8.9")));
            assertFalse(proxies.answer(routes, ip("10.1.7.1")), "it is ours");
            assertEquals(List.of(), routes.proxies());
        }
    }

    @Test
    void whatAKilledProcessLeftIsTakenAwayAndWhatOthersMadeStays() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tap = Tun.open(Tun.Kind.TAP, "tap0")) {
            int index = network(routes, tap, "10.1.7.1", 24);
            new ProxyNeighbours().answer(routes, ip("10.1.7.9"));
            assertEquals(0, new ProcessBuilder("ip", "neigh", "add", "proxy", "10.1.7.10", "dev", "tap0").inheritIO().start().waitFor());
            new ProxyNeighbours().clear(routes);
            assertEquals(List.of(new ProxyNeighbour(index, ip("10.1.7.10"), 0)), routes.proxies());
        }
    }
}
