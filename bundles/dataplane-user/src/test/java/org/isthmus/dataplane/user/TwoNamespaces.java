package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.config.InterfaceMode;
import org.isthmus.api.config.Prefix;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.NetworkNamespace;
import org.isthmus.linux.netlink.Link;
import org.isthmus.linux.netlink.NetlinkRequest;
import org.isthmus.linux.netlink.Route;
import org.isthmus.linux.netlink.RouteSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;

/** A LAC and an LNS, each with its interfaces in a network namespace of its own, for the tests that extend this. */
abstract class TwoNamespaces {

    static final DataplaneSettings SHARED = new DataplaneSettings(InterfaceMode.SHARED, "l2tp");
    static final DataplaneSettings PER_SESSION = new DataplaneSettings(InterfaceMode.PER_SESSION, "l2tp");
    static final int LOOPBACK = 1;
    static final String LAC = "10.0.0.2";
    static final String LNS = "10.0.0.1";

    Site lac;
    Site lns;

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
        String missing = attempt.get() == Errno.EPERM ? "the right to make a network namespace; run it as root or under unshare -Urn"
                : Files.isWritable(Path.of("/dev/net/tun")) ? "" : "the device /dev/net/tun";
        if (!missing.isEmpty()) {
            System.out.println("skipped: a data plane between two namespaces lacks " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    @AfterEach
    void close() throws Exception {
        if (lac != null) {
            lac.close();
            lns.close();
        }
    }

    /** Opens a tunnel of version 2. */
    void open(DataplaneSettings ofLac, DataplaneSettings ofLns) throws Exception {
        open(ofLac, ofLns, 2);
    }

    void open(DataplaneSettings ofLac, DataplaneSettings ofLns, int version) throws Exception {
        lac = new Site(1, ofLac);
        lns = new Site(2, ofLns);
        lac.connect(lns, version);
        lns.connect(lac, version);
    }

    static SessionPath up(Site site, SessionSpec spec, NetworkSpec network) throws Exception {
        SessionPath session = site.session(spec);
        site.awaitOnWorker(() -> session.networkUp(network));
        return session;
    }

    static SessionSpec spec(int id, boolean lns, String interfaceName, int mtu) {
        return Wire.v2("s" + id, id, id, lns, false, false, false, 0, false, true, interfaceName, mtu, true, true);
    }

    static NetworkSpec network(String local, String remote) throws Exception {
        return network(local, remote, List.of(), false);
    }

    static NetworkSpec network(String local, String remote, List<String> routes, boolean defaultRoute) throws Exception {
        List<Prefix> prefixes = new ArrayList<>();
        for (String route : routes) {
            String[] parts = route.split("/");
            prefixes.add(new Prefix(ip(parts[0]), Integer.parseInt(parts[1])));
        }
        return new NetworkSpec(Optional.of(ip(local)), Optional.of(ip(remote)), Optional.empty(), Optional.empty(), 1400, prefixes, defaultRoute);
    }

    static NetworkSpec network6(String local, String remote) throws Exception {
        return new NetworkSpec(Optional.empty(), Optional.empty(), Optional.of((Inet6Address) ip(local)), Optional.of((Inet6Address) ip(remote)),
                1400, List.of(), false);
    }

    /** An ICMP echo, where the JDK may send one; else a TCP connection to a closed port, which the other end refuses. */
    static boolean ping(Site from, String to) throws Exception {
        return ping(from, ip(to));
    }

    static boolean ping(Site from, InetAddress to) throws Exception {
        return from.inside(() -> to.isReachable(1_000));
    }

    static InetAddress scoped(String address, Link link) throws Exception {
        return Inet6Address.getByAddress(null, ip(address).getAddress(), link.index());
    }

    static void sendFrom(Site site, String source, String destination) throws Exception {
        site.inside(() -> {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(source, 0))) {
                socket.send(new DatagramPacket(new byte[10], 10, ip(destination), 9));
            }
            return null;
        });
    }

    static void change(Site site, NetlinkRequest request) throws Exception {
        site.inside(() -> {
            try (RouteSocket routes = RouteSocket.open()) {
                routes.execute(request);
            }
            return null;
        });
    }

    static Optional<Link> link(Site site, String name) throws Exception {
        return site.inside(() -> {
            try (RouteSocket routes = RouteSocket.open()) {
                return routes.link(name);
            }
        });
    }

    static List<Route> routes(Site site, AddressFamily family) throws Exception {
        return site.inside(() -> {
            try (RouteSocket routes = RouteSocket.open()) {
                return routes.routes(family);
            }
        });
    }

    /** Waits until all that was asked of the system before is done: changes run in order. */
    static void settle(Site site) throws Exception {
        SessionPath probe = site.session(spec(60_000, true, "probe", 1400));
        site.awaitOnWorker(() -> probe.networkUp(network("10.255.0.1", "10.255.0.2")));
        site.runOnWorker(probe::close);
        await(() -> link(site, "probe").isEmpty());
    }

    static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, "not within 10 s");
            Thread.onSpinWait();
        }
    }

    /** What comes back of a stream from the LAC to an echo server at the LNS. */
    byte[] echoed(byte[] data) throws Exception {
        try (ServerSocket server = lns.inside(() -> new ServerSocket(7, 1, ip(LNS)))) {
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(server));
            byte[] back;
            try (Socket client = lac.inside(() -> new Socket(ip(LNS), 7))) {
                CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(client, data));
                back = client.getInputStream().readNBytes(data.length);
                writing.join();
            }
            echo.join();
            return back;
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

    static InetAddress ip(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }
}
