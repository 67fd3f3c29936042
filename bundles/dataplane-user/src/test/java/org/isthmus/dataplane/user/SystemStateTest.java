package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.config.Prefix;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.netlink.InterfaceAddress;
import org.isthmus.linux.netlink.Link;
import org.isthmus.linux.netlink.Route;
import org.isthmus.linux.netlink.RouteRequests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.Inet6Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What the data plane makes of the system's interfaces, addresses and routes, and what it leaves alone. */
@Tag("netns")
@Timeout(60)
class SystemStateTest extends TwoNamespaces {

    @Test
    void networksBehindThePeerAndItsDefaultRoute() throws Exception {
        open(SHARED, SHARED);
        up(lac, spec(1, false, "", 1400), network(LAC, LNS, List.of(), true));
        SessionPath there = up(lns, spec(1, true, "", 1400), network(LNS, LAC, List.of("192.168.7.9/24", "fd07::/16"), false));
        change(lac, RouteRequests.addAddress(InterfaceAddress.inNetwork(LOOPBACK, ip("192.168.7.1"), 32)));
        change(lac, RouteRequests.addAddress(InterfaceAddress.inNetwork(LOOPBACK, ip("172.16.0.1"), 32)));

        assertTrue(ping(lns, "192.168.7.1"));

        assertTrue(routes(lac, AddressFamily.INET).stream().anyMatch(route -> route.destination().length() == 0));
        assertTrue(routes(lns, AddressFamily.INET6).stream().anyMatch(route -> route.destination().length() == 16));
        sendFrom(lac, "172.16.0.1", LNS);
        await(() -> lns.onWorker(there::counters).rxSpoofed() > 0);
    }

    @Test
    void whereTheSystemHasNoIpv6ASessionGoesOnWithIpv4() throws Exception {
        open(PER_SESSION, SHARED);
        lns.inside(() -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6"), "1"));
        NetworkSpec both = new NetworkSpec(Optional.of(ip(LNS)), Optional.of(ip(LAC)), Optional.of((Inet6Address) ip("fe80::1")),
                Optional.of((Inet6Address) ip("fe80::2")), 1400, List.of(new Prefix(ip("fd07::"), 16)), true);
        SessionPath there = up(lns, spec(1, true, "", 1400), both);
        up(lac, spec(1, false, "", 1400), network(LAC, LNS));

        assertTrue(ping(lac, LNS));

        SessionPath alone = lns.session(spec(2, true, "", 1400));
        ExecutionException refused = assertThrows(ExecutionException.class,
                () -> lns.awaitOnWorker(() -> alone.networkUp(network6("fe80::1", "fe80::3"))));
        assertTrue(refused.getCause() instanceof DataplaneException);
        lns.awaitOnWorker(() -> there.networkUp(both));
        assertTrue(ping(lac, LNS), "still, after the same was asked for again");
    }

    @Test
    void aSecondCallReplacesTheFirst() throws Exception {
        open(SHARED, SHARED);
        SessionPath there = up(lns, spec(1, true, "", 1400), network(LNS, LAC, List.of("192.168.7.0/24", "192.168.8.0/24"), false));
        lns.awaitOnWorker(() -> there.networkUp(new NetworkSpec(Optional.of(ip(LNS)), Optional.of(ip("10.0.0.3")), Optional.empty(),
                Optional.empty(), 1300, List.of(new Prefix(ip("192.168.8.0"), 24)), false)));
        List<String> leading = routes(lns, AddressFamily.INET).stream().filter(route -> route.table() == Route.MAIN_TABLE)
                .map(route -> route.destination() + " " + route.mtu()).sorted().toList();
        assertEquals(List.of("10.0.0.3/32 1300", "192.168.8.0/24 1300"), leading);
    }

    @Test
    void whatTwoSessionsClaimGoesToTheLaterAndBackToTheEarlier() throws Exception {
        open(SHARED, SHARED);
        SessionPath first = up(lns, spec(1, true, "", 1400), network(LNS, LAC));
        SessionPath second = up(lns, spec(2, true, "", 1300), network(LNS, LAC));
        up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        assertFalse(ping(lns, LAC), "goes to the later one, which has nobody at its end");
        assertEquals(0, lns.onWorker(first::counters).txPackets());

        lns.runOnWorker(second::close);
        settle(lns);

        assertTrue(ping(lns, LAC));
        await(() -> lns.onWorker(first::counters).txPackets() > 0);
        assertEquals(1, routes(lns, AddressFamily.INET).stream().filter(route -> route.mtu() == 1400).count());
        lns.runOnWorker(first::close);
        settle(lns);
        assertEquals(0, routes(lns, AddressFamily.INET).stream().filter(route -> route.table() == Route.MAIN_TABLE).count());
    }

    @Test
    void anotherDataPlaneTakesOverWhatTheFirstStillHolds() throws Exception {
        open(SHARED, SHARED);
        up(lns, spec(1, true, "", 1400), network(LNS, LAC));
        up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        assertTrue(ping(lac, LNS));

        Runnable endOfTheOld = lns.moveToAnotherPlane();
        SessionPath again = lns.session(spec(1, true, "", 1400));
        CompletableFuture<Void> up = lns.onWorker(() -> again.networkUp(network(LNS, LAC)).toCompletableFuture());
        assertFalse(up.isDone(), "the interface is still the old one's");
        endOfTheOld.run();
        up.get(10, TimeUnit.SECONDS);

        assertTrue(ping(lac, LNS));
        assertTrue(ping(lns, LAC));
    }

    @Test
    void theSharedInterfaceStaysBetweenSessionsAndGoesWithTheLastTunnel() throws Exception {
        open(SHARED, SHARED);
        SessionPath session = up(lns, spec(1, true, "", 1400), network(LNS, LAC));
        Link first = link(lns, "l2tp").orElseThrow();
        lns.runOnWorker(session::close);
        settle(lns);
        assertEquals(Optional.of(first), link(lns, "l2tp"));
        lns.moveToAnotherPlane().run();
        await(() -> link(lns, "l2tp").isEmpty());
    }

    @Test
    void aRouteThatIsThereAlreadyIsNotTakenOver() throws Exception {
        open(SHARED, SHARED);
        change(lns, RouteRequests.addRoute(Route.through(new org.isthmus.linux.netlink.Prefix(ip("192.168.7.0"), 24), LOOPBACK)));
        SessionPath session = lns.session(spec(1, true, "", 1400));
        ExecutionException refused = assertThrows(ExecutionException.class, () -> lns.awaitOnWorker(() ->
                session.networkUp(network(LNS, LAC, List.of("192.168.7.0/24"), false))));
        assertTrue(refused.getCause() instanceof DataplaneException);
        String message = refused.getCause().getMessage();
        assertTrue(message.startsWith("the network of session s1 (id 1) of tunnel t2 (id 2) could not be set up: add the route 192.168.7.0/24"),
                message);
        assertTrue(message.endsWith("Something else on this system has the same route: remove one of the two"), message);
        assertEquals("", session.interfaceName());
        List<Route> left = routes(lns, AddressFamily.INET).stream().filter(route -> route.table() == Route.MAIN_TABLE).toList();
        assertEquals(1, left.size(), "what was there is still there, and nothing else: " + left);
    }
}
