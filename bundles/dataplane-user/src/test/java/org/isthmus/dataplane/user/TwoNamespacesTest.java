package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.config.InterfaceMode;
import org.isthmus.api.config.Prefix;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.NetworkNamespace;
import org.isthmus.linux.netlink.InterfaceAddress;
import org.isthmus.linux.netlink.Link;
import org.isthmus.linux.netlink.NetlinkRequest;
import org.isthmus.linux.netlink.Route;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A LAC and an LNS, each with its interfaces in a network namespace of its own: real packets of the kernel's cross the tunnel. */
@Tag("netns")
@Timeout(60)
class TwoNamespacesTest {

    private static final DataplaneSettings SHARED = new DataplaneSettings(InterfaceMode.SHARED, "l2tp");
    private static final DataplaneSettings PER_SESSION = new DataplaneSettings(InterfaceMode.PER_SESSION, "l2tp");
    private static final int LOOPBACK = 1;
    private static final String LAC = "10.0.0.2";
    private static final String LNS = "10.0.0.1";

    private Site lac;
    private Site lns;

    @BeforeEach
    void mayMakeNamespaces() throws Exception {
        FutureTask<Integer> attempt = new FutureTask<>(() -> {
            try {
                NetworkNamespace.enterNew();
                return 0;
            } catch (LinuxException e) {
                return e.errno();
            }
        });
        new Thread(attempt).start();
        boolean may = attempt.get() != Errno.EPERM;
        if (!may) {
            System.out.println("skipped: no right to make a network namespace; run it as root or under unshare -Urn");
        }
        Assumptions.assumeTrue(may, "no right to make a network namespace");
    }

    @AfterEach
    void close() throws Exception {
        if (lac != null) {
            lac.close();
            lns.close();
        }
    }

    @Test
    void pingsCrossBothWaysOverSharedInterfaces() throws Exception {
        open(SHARED, SHARED);
        SessionPath here = up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        SessionPath there = up(lns, spec(1, true, "", 1400), network(LNS, LAC));
        assertEquals("l2tp", here.interfaceName());

        assertTrue(ping(lac, LNS));
        assertTrue(ping(lns, LAC));

        assertTrue(lac.onWorker(here::counters).rxPackets() > 0);
        // A reader counts a packet when it has been sent, so the other end may have it first.
        await(() -> lac.onWorker(here::counters).txPackets() == lns.onWorker(there::counters).rxPackets());
        await(() -> lac.onWorker(here::counters).txBytes() == lns.onWorker(there::counters).rxBytes());
    }

    @Test
    void pingsCrossBetweenAnInterfacePerSessionAndASharedOneWithAllHeaderOptions() throws Exception {
        open(PER_SESSION, SHARED);
        SessionPath here = up(lac, new SessionSpec("s", 1, 1, false, true, true, true, 17, true, true, "", 1400, true, true), network(LAC, LNS));
        up(lns, new SessionSpec("s", 1, 1, true, true, true, true, 1, true, false, "", 1400, true, true), network(LNS, LAC));
        assertEquals("l2tp0", here.interfaceName());
        assertEquals(1400, link(lac, "l2tp0").orElseThrow().mtu());

        assertTrue(ping(lac, LNS));
        assertTrue(ping(lns, LAC));

        lac.onWorker(() -> {
            here.networkDown();
            return null;
        });
        settle(lac);
        assertEquals(Optional.empty(), link(lac, "l2tp0"), "gone with its session");
    }

    @Test
    void aStreamOfBothDirectionsArrivesWhole() throws Exception {
        open(SHARED, SHARED);
        SessionPath here = up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        up(lns, spec(1, true, "", 1400), network(LNS, LAC));
        byte[] data = new byte[5_000_000];
        new Random(1).nextBytes(data);
        ServerSocket server = lns.inside(() -> new ServerSocket(7, 1, ip(LNS)));
        CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(server));
        Socket client = lac.inside(() -> new Socket(ip(LNS), 7));

        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(client, data));
        byte[] back = client.getInputStream().readNBytes(data.length);

        writing.join();
        client.close();
        echo.join();
        server.close();
        assertArrayEquals(data, back);
        assertEquals(0, lac.onWorker(here::counters).txTooBig(), "segments fit: their size was clamped or the route says the MTU");
    }

    @Test
    void manySessionsShareOneInterfaceAndEachGetsItsOwn() throws Exception {
        int sessions = 200;
        open(PER_SESSION, SHARED);
        for (int i = 0; i < sessions; i++) {
            up(lns, spec(i + 1, true, "", 1400), network(i == 6 ? "10.0.0.9" : LNS, "10.1.0." + (i + 1)));
        }
        SessionPath last = up(lac, spec(sessions, false, "", 1400), network("10.1.0." + sessions, LNS));
        SessionPath other = up(lac, spec(7, false, "seven", 1400), network("10.1.0.7", "10.0.0.9"));
        assertEquals("seven", other.interfaceName());

        assertTrue(ping(lns, "10.1.0." + sessions));
        assertTrue(ping(lns, "10.1.0.7"));
        assertFalse(ping(lns, "10.1.0.8"), "nobody at the other end of that session");
        assertTrue(lac.onWorker(last::counters).rxPackets() > 0);
        assertEquals(sessions, routes(lns, AddressFamily.INET).stream().filter(route -> route.mtu() == 1400).count());
    }

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
    void linkLocalIpv6Crosses() throws Exception {
        open(PER_SESSION, SHARED);
        SessionPath here = up(lac, spec(1, false, "", 1400), network6("fe80::2", "fe80::1"));
        up(lns, spec(1, true, "", 1400), network6("fe80::1", "fe80::2"));
        // The kernel makes a new IPv6 address usable in a task of its own, which on a busy machine may come after the first packet.
        await(() -> ping(lac, scoped("fe80::1", link(lac, here.interfaceName()).orElseThrow())));
        await(() -> ping(lns, scoped("fe80::2", link(lns, "l2tp").orElseThrow())));
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

        lns.onWorker(() -> {
            second.close();
            return null;
        });
        settle(lns);

        assertTrue(ping(lns, LAC));
        await(() -> lns.onWorker(first::counters).txPackets() > 0);
        assertEquals(1, routes(lns, AddressFamily.INET).stream().filter(route -> route.mtu() == 1400).count());
        lns.onWorker(() -> {
            first.close();
            return null;
        });
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
        lns.onWorker(() -> {
            session.close();
            return null;
        });
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

    @Test
    void controlFramesCrossBesideTheNetwork() throws Exception {
        open(SHARED, SHARED);
        SessionPath here = up(lac, spec(1, false, "", 1400), network(LAC, LNS));
        lns.session(spec(1, true, "", 1400));
        lac.onWorker(() -> {
            here.sendPpp(Wire.direct("c021 09010008 00000000"));
            return null;
        });
        assertEquals("c0210901000800000000", lns.frames.take());
    }

    private void open(DataplaneSettings ofLac, DataplaneSettings ofLns) throws Exception {
        lac = new Site(1, ofLac);
        lns = new Site(2, ofLns);
        lac.connect(lns);
        lns.connect(lac);
    }

    private static SessionPath up(Site site, SessionSpec spec, NetworkSpec network) throws Exception {
        SessionPath session = site.session(spec);
        site.awaitOnWorker(() -> session.networkUp(network));
        return session;
    }

    private static SessionSpec spec(int id, boolean lns, String interfaceName, int mtu) {
        return new SessionSpec("s" + id, id, id, lns, false, false, false, 0, false, true, interfaceName, mtu, true, true);
    }

    private static NetworkSpec network(String local, String remote) throws Exception {
        return network(local, remote, List.of(), false);
    }

    private static NetworkSpec network(String local, String remote, List<String> routes, boolean defaultRoute) throws Exception {
        List<Prefix> prefixes = new ArrayList<>();
        for (String route : routes) {
            String[] parts = route.split("/");
            prefixes.add(new Prefix(ip(parts[0]), Integer.parseInt(parts[1])));
        }
        return new NetworkSpec(Optional.of(ip(local)), Optional.of(ip(remote)), Optional.empty(), Optional.empty(), 1400, prefixes, defaultRoute);
    }

    private static NetworkSpec network6(String local, String remote) throws Exception {
        return new NetworkSpec(Optional.empty(), Optional.empty(), Optional.of((Inet6Address) ip(local)), Optional.of((Inet6Address) ip(remote)),
                1400, List.of(), false);
    }

    /** An ICMP echo, where the JDK may send one; else a TCP connection to a closed port, which the other end refuses. */
    private static boolean ping(Site from, String to) throws Exception {
        return ping(from, ip(to));
    }

    private static boolean ping(Site from, InetAddress to) throws Exception {
        return from.inside(() -> to.isReachable(1_000));
    }

    private static InetAddress scoped(String address, Link link) throws Exception {
        return Inet6Address.getByAddress(null, ip(address).getAddress(), link.index());
    }

    private static void sendFrom(Site site, String source, String destination) throws Exception {
        site.inside(() -> {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(source, 0))) {
                socket.send(new DatagramPacket(new byte[10], 10, ip(destination), 9));
            }
            return null;
        });
    }

    private static void change(Site site, NetlinkRequest request) throws Exception {
        site.inside(() -> {
            try (RouteSocket routes = RouteSocket.open()) {
                routes.execute(request);
            }
            return null;
        });
    }

    private static Optional<Link> link(Site site, String name) throws Exception {
        return site.inside(() -> {
            try (RouteSocket routes = RouteSocket.open()) {
                return routes.link(name);
            }
        });
    }

    private static List<Route> routes(Site site, AddressFamily family) throws Exception {
        return site.inside(() -> {
            try (RouteSocket routes = RouteSocket.open()) {
                return routes.routes(family);
            }
        });
    }

    /** Waits until all that was asked of the system before is done: changes run in order. */
    private static void settle(Site site) throws Exception {
        SessionPath probe = site.session(spec(60_000, true, "probe", 1400));
        site.awaitOnWorker(() -> probe.networkUp(network("10.255.0.1", "10.255.0.2")));
        site.onWorker(() -> {
            probe.close();
            return null;
        });
        await(() -> link(site, "probe").isEmpty());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, "not within 10 s");
            Thread.onSpinWait();
        }
    }

    private static void echo(ServerSocket server) {
        try (Socket accepted = server.accept()) {
            InputStream in = accepted.getInputStream();
            OutputStream out = accepted.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, byte[] data) {
        try {
            socket.getOutputStream().write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress ip(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }
}
