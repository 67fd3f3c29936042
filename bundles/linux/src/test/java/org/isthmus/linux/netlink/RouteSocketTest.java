package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.OwnNamespace;
import org.isthmus.linux.Tun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Links, addresses and routes, on the kernel itself. */
@Tag("netns")
@ExtendWith(OwnNamespace.class)
class RouteSocketTest {

    @Test
    void anInterfaceIsFoundChangedAndDeleted() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tun = Tun.open(Tun.Kind.TUN, "t0")) {
            Link made = routes.link("t0").orElseThrow();
            assertEquals(tun.index(), made.index());
            assertFalse(made.up());

            routes.execute(RouteRequests.setMtu(made.index(), 1400));
            routes.execute(RouteRequests.setUp(made.index(), true));

            Link changed = routes.link("t0").orElseThrow();
            assertEquals(new Link(made.index(), "t0", 1400, true, true, 0, ""), changed);
            assertTrue(routes.links().contains(changed));
            routes.execute(RouteRequests.setUp(made.index(), false));
            assertFalse(routes.link("t0").orElseThrow().up());
            routes.execute(RouteRequests.deleteLink(made.index()));
            assertEquals(Optional.empty(), routes.link("t0"));
            assertEquals(Optional.empty(), routes.link("never-there"));
        }
    }

    @Test
    void aDormantInterfaceIsOnButNotRunning() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tap = Tun.open(Tun.Kind.TAP, "tap0")) {
            routes.execute(RouteRequests.setUp(tap.index(), true));
            routes.execute(RouteRequests.setDormant(tap.index(), true));
            Link dormant = routes.link("tap0").orElseThrow();
            assertTrue(dormant.up());
            assertFalse(dormant.running());
            routes.execute(RouteRequests.setUp(tap.index(), false));
            routes.execute(RouteRequests.setUp(tap.index(), true));
            assertFalse(routes.link("tap0").orElseThrow().running(), "it stays so when it is switched off and on");
            routes.execute(RouteRequests.setDormant(tap.index(), false));
            assertTrue(routes.link("tap0").orElseThrow().running());
        }
    }

    @Test
    void anInterfaceThatDropsAllSendsAgainWhenThatIsOver() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tap = Tun.open(Tun.Kind.TAP, "tap0")) {
            routes.execute(RouteRequests.dropAll(tap.index()));
            routes.execute(RouteRequests.dropAll(tap.index()));
            routes.execute(RouteRequests.dropNothing(tap.index()));
            assertEquals(1, routes.executeAll(List.of(RouteRequests.dropNothing(tap.index()))).size(), "there is nothing left to end");
        }
    }

    @Test
    void aTapJoinsABridge() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tap = Tun.open(Tun.Kind.TAP, "tap0")) {
            routes.execute(RouteRequests.addLink("bridge", "br0"));
            int bridge = routes.link("br0").orElseThrow().index();
            routes.execute(RouteRequests.setMaster(tap.index(), bridge));
            assertEquals(bridge, routes.link("tap0").orElseThrow().master());
            routes.execute(RouteRequests.setMaster(tap.index(), 0));
            assertEquals(0, routes.link("tap0").orElseThrow().master());
        }
    }

    @Test
    void addressesOfBothFamiliesWithAndWithoutPeer() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tun = Tun.open(Tun.Kind.TUN, "t0")) {
            int index = tun.index();
            routes.execute(RouteRequests.setUp(index, true));
            List<InterfaceAddress> wanted = List.of(
                    InterfaceAddress.pointToPoint(index, ip("10.0.0.1"), ip("10.0.0.2")),
                    InterfaceAddress.inNetwork(index, ip("10.1.0.1"), 24),
                    InterfaceAddress.pointToPoint(index, ip("fd00::1"), ip("fd00::2")),
                    InterfaceAddress.inNetwork(index, ip("fd01::1"), 64));
            for (InterfaceAddress address : wanted) {
                routes.execute(RouteRequests.addAddress(address));
                routes.execute(RouteRequests.addAddress(address));
            }
            assertTrue(routes.addresses().containsAll(wanted), () -> "not all in " + read(routes));

            for (InterfaceAddress address : wanted) {
                routes.execute(RouteRequests.deleteAddress(address));
            }
            assertTrue(routes.addresses().stream().noneMatch(wanted::contains));
        }
    }

    @Test
    void routesAreAddedReplacedAndDeleted() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun first = Tun.open(Tun.Kind.TUN, "t0"); Tun second = Tun.open(Tun.Kind.TUN, "t1")) {
            for (Tun tun : List.of(first, second)) {
                routes.execute(RouteRequests.setUp(tun.index(), true));
            }
            for (String destination : List.of("10.9.0.0/16", "fd09::/32", "0.0.0.0/0", "::/0")) {
                Route route = Route.through(prefix(destination), first.index()).withMetric(50).withTable(1000).withMtu(1400);
                AddressFamily family = AddressFamily.of(route.destination().address());

                routes.execute(RouteRequests.addRoute(route));
                assertTrue(routes.routes(family).contains(route), () -> route + " is missing");
                LinuxException twice = assertThrows(LinuxException.class, () -> routes.execute(RouteRequests.addRoute(route)));
                assertEquals(Errno.EEXIST, twice.errno());

                Route moved = Route.through(route.destination(), second.index()).withMetric(50).withTable(1000);
                routes.execute(RouteRequests.replaceRoute(moved));
                assertTrue(routes.routes(family).contains(moved));
                assertFalse(routes.routes(family).contains(route));

                routes.execute(RouteRequests.deleteRoute(moved));
                LinuxException gone = assertThrows(LinuxException.class, () -> routes.execute(RouteRequests.deleteRoute(moved)));
                assertEquals(Errno.ESRCH, gone.errno());
            }
        }
    }

    @Test
    void aRouteByWayOfARouterPrefersItsSource() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tun = Tun.open(Tun.Kind.TUN, "t0")) {
            routes.execute(RouteRequests.setUp(tun.index(), true));
            routes.execute(RouteRequests.addAddress(InterfaceAddress.inNetwork(tun.index(), ip("10.1.0.1"), 24)));
            Route route = Route.via(prefix("10.2.0.0/16"), ip("10.1.0.9")).withSource(ip("10.1.0.1"));
            routes.execute(RouteRequests.addRoute(route));
            assertTrue(routes.routes(AddressFamily.INET).contains(
                    new Route(route.destination(), tun.index(), route.gateway(), route.source(), 0, Route.MAIN_TABLE, 0)));
        }
    }

    @Test
    void anInterfaceComesUpWithoutAnAddressThatNobodyAskedFor() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tun = Tun.open(Tun.Kind.TUN, "t0")) {
            routes.execute(RouteRequests.withoutAutomaticAddress(tun.index()));
            routes.execute(RouteRequests.setUp(tun.index(), true));
            assertEquals(List.of(), routes.addresses());
        }
    }

    @Test
    void aRefusalSaysWhatWasRefusedAndWhy() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tun = Tun.open(Tun.Kind.TUN, "t0")) {
            LinuxException down = assertThrows(LinuxException.class,
                    () -> routes.execute(RouteRequests.addRoute(Route.through(prefix("10.0.0.0/8"), tun.index()))));
            assertEquals("add the route 10.0.0.0/8 through interface " + tun.index()
                    + ": ENETDOWN, network is down (the kernel says: Device for nexthop is not up)", down.getMessage());
        }
    }

    @Test
    void manyChangesRunInOneGoAndEachFailureIsTold() throws Exception {
        int count = 5_000;
        try (RouteSocket routes = RouteSocket.open(); Tun tun = Tun.open(Tun.Kind.TUN, "t0")) {
            routes.execute(RouteRequests.setUp(tun.index(), true));
            List<NetlinkRequest> adds = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // Each thousandth one is there twice.
                int host = i % 1000 == 999 ? i - 1 : i;
                adds.add(RouteRequests.addRoute(Route.through(
                        Prefix.host(ip("10.0." + host / 250 + "." + host % 250)), tun.index())));
            }

            List<NetlinkFailure> failures = routes.executeAll(adds);

            assertEquals(List.of(999, 1999, 2999, 3999, 4999), failures.stream().map(NetlinkFailure::index).toList());
            assertTrue(failures.stream().allMatch(failure -> failure.cause().errno() == Errno.EEXIST));
            assertEquals(count - 5, routes.routes(AddressFamily.INET).stream()
                    .filter(route -> route.destination().length() == 32 && route.table() == Route.MAIN_TABLE).count());
            assertEquals(count, routes.executeAll(adds).size(), "all refused, and no answer lost");
        }
    }

    private static String read(RouteSocket routes) {
        try {
            return routes.addresses().toString();
        } catch (LinuxException e) {
            return e.getMessage();
        }
    }

    private static InetAddress ip(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }

    private static Prefix prefix(String literal) throws Exception {
        String[] parts = literal.split("/");
        return new Prefix(ip(parts[0]), Integer.parseInt(parts[1]));
    }
}
