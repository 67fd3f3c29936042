package org.isthmus.dataplane.user;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Epoll;
import org.isthmus.linux.NetworkNamespace;
import org.isthmus.linux.ReceiveBatch;
import org.isthmus.linux.UdpPath;
import org.isthmus.linux.UdpSocket;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One end of a tunnel as the engine would run it: a UDP socket and a worker in the namespace of the test, and a data plane with its
 * interfaces in a namespace of its own.
 */
final class Site implements AutoCloseable {

    final UdpSocket socket;
    final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    /** What was last told of the circuits of sessions, by their ids. */
    final Map<Integer, Boolean> circuits = new ConcurrentHashMap<>();
    private final int id;
    private final Epoll epoll = Epoll.open(4);
    private final ExecutorService inside = Executors.newSingleThreadExecutor();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final DataplaneSettings settings;
    private UserDataplane plane;
    private Site other;
    private int version;
    private final Thread worker = new Thread(this::work, "worker");
    private UdpPath peer;
    private TunnelPath tunnel;
    private volatile boolean stopped;

    Site(int id, DataplaneSettings settings) throws Exception {
        this.id = id;
        this.settings = settings;
        socket = UdpSocket.open(AddressFamily.INET);
        socket.bind(new InetSocketAddress("127.0.0.1", 0));
        socket.receiveBuffer(4 * 1024 * 1024);
        epoll.add(socket.descriptor(), Epoll.READ, 1);
        inside(() -> {
            NetworkNamespace.enterNew();
            try (RouteSocket routes = RouteSocket.open()) {
                routes.execute(RouteRequests.setUp(1, true));
            }
            return null;
        });
        plane = newPlane();
    }

    private UserDataplane newPlane() throws Exception {
        UserDataplane made = inside(UserDataplane::new);
        made.configure(settings);
        return made;
    }

    /** Opens the tunnel to the other end and starts the worker. */
    void connect(Site other, int version) throws Exception {
        this.other = other;
        this.version = version;
        peer = UdpPath.to(other.socket.localAddress());
        tunnel = openTunnel();
        worker.start();
    }

    private TunnelPath openTunnel() throws Exception {
        return plane.openTunnel(
                new TunnelSpec("t" + id, version, id, other.id, Encapsulation.UDP, socket.localAddress(), other.socket.localAddress(), socket.descriptor().number()),
                (packet, dscp) -> Math.min(socket.send(packet, peer), 0)).toCompletableFuture().get();
    }

    /** Starts another data plane beside the one there is and moves the tunnel to it; its sessions must be opened again. */
    Runnable moveToAnotherPlane() throws Exception {
        UserDataplane old = plane;
        TunnelPath oldTunnel = tunnel;
        plane = newPlane();
        TunnelPath opened = openTunnel();
        onWorker(() -> tunnel = opened);
        return () -> {
            try {
                runOnWorker(oldTunnel::close);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            old.deactivate();
        };
    }

    SessionPath session(SessionSpec spec) throws Exception {
        return awaitOnWorker(() -> tunnel.openSession(spec, new SessionPort() {
            @Override
            public void pppFrame(ByteBuffer frame) {
                frames.add(Wire.hex(frame));
            }

            @Override
            public void sequencingChanged(boolean sequenced) {
                frames.add("sequencing " + sequenced);
            }

            @Override
            public void execute(Runnable task) {
                tasks.add(task);
                epoll.wakeUp();
            }

            @Override
            public void lost(String why) {
                frames.add("lost: " + why);
            }

            @Override
            public void circuitChanged(boolean up) {
                circuits.put(spec.sessionId(), up);
            }
        }));
    }

    /** Runs something on the worker, and answers what it comes to. */
    <T> T onWorker(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        tasks.add(future);
        epoll.wakeUp();
        return future.get(20, TimeUnit.SECONDS);
    }

    void runOnWorker(Runnable task) throws Exception {
        onWorker(Executors.callable(task));
    }

    /** The same, waiting for the stage that it returns. */
    <T> T awaitOnWorker(Callable<CompletionStage<T>> task) throws Exception {
        CompletableFuture<T> stage = onWorker(task).toCompletableFuture();
        return stage.get(20, TimeUnit.SECONDS);
    }

    /** Runs something in the namespace of the interfaces. */
    <T> T inside(Callable<T> task) throws Exception {
        return inside.submit(task).get(60, TimeUnit.SECONDS);
    }

    private void work() {
        ReceiveBatch batch = new ReceiveBatch(32, 16_384);
        while (!stopped) {
            long wanted = tunnel.nextTimeoutMillis();
            epoll.await(wanted == TunnelPath.NEVER ? -1 : Math.max(0, wanted - nowMillis()));
            int count = batch.receive(socket);
            for (int slot = 0; slot < count; slot++) {
                tunnel.receive(batch.data(slot), nowMillis());
            }
            if (tunnel.nextTimeoutMillis() <= nowMillis()) {
                tunnel.timeout(nowMillis());
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    private static long nowMillis() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void close() throws Exception {
        runOnWorker(tunnel::close);
        plane.deactivate();
        stopped = true;
        epoll.wakeUp();
        worker.join(5_000);
        inside.shutdown();
        socket.close();
        epoll.close();
    }
}
