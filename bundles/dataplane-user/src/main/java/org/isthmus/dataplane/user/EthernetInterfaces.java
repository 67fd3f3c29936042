package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SystemThread;
import org.isthmus.linux.Tun;
import org.isthmus.linux.netlink.Bridges;
import org.isthmus.linux.netlink.CircuitNews;
import org.isthmus.linux.netlink.Circuits;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** The TAP interfaces of the sessions that carry Ethernet, and the bridges that they are put into. */
final class EthernetInterfaces {

    private static final Logger LOG = LoggerFactory.getLogger(EthernetInterfaces.class);
    /** Has the kernel number the interfaces for which no name is asked. */
    private static final String NUMBERED = "l2tpeth%d";

    private final SystemThread thread;
    private final SystemReaders readers;
    private final KeptInterfaces kept;
    private final Map<EthernetSession, TapDevice> devices = new HashMap<>();
    private final Circuits circuits = new Circuits();
    /** Null while there is no session. */
    private LinkWatch watch;
    private final Bridges bridges = new Bridges();

    /** @param kept interfaces that are there already */
    EthernetInterfaces(SystemThread thread, SystemReaders readers, KeptInterfaces kept) {
        this.kept = kept;
        this.thread = thread;
        this.readers = readers;
    }

    /** Makes the interface of a session and lets its frames pass. Any thread. */
    CompletionStage<Void> open(EthernetSession session) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SystemFailure.BUSY_SECONDS);
        if (!thread.run(() -> pursue(session, done, deadlineNanos))) {
            done.completeExceptionally(new DataplaneException(session + ": the data plane 'user' is stopped"));
        }
        return done;
    }

    private void pursue(EthernetSession session, CompletableFuture<Void> done, long deadlineNanos) {
        if (session.closed) {
            done.completeExceptionally(new DataplaneException(session + " is closed"));
            return;
        }
        try {
            watch();
            TapDevice device = make(session);
            devices.put(session, device);
            session.opened(device);
            circuits.add(device.index(), session.port::tellCircuit);
            done.complete(null);
        } catch (LinuxException | RuntimeException e) {
            if (SystemFailure.isBusy(e) && System.nanoTime() - deadlineNanos < 0) {
                thread.later(() -> pursue(session, done, deadlineNanos), SystemFailure.BUSY_RETRY_MILLIS);
            } else {
                done.completeExceptionally(SystemFailure.of("the interface of " + session, e));
            }
        }
    }

    /** Looks at the system's interfaces from now on: sessions' circuits are up or down with them. */
    private void watch() throws LinuxException {
        if (watch == null) {
            CircuitNews news = CircuitNews.open(circuits);
            watch = LinkWatch.start(news, () -> thread.run(() -> look(news)));
            look(news);
        }
    }

    private void look(CircuitNews news) {
        try {
            news.look(thread.routes());
        } catch (LinuxException e) {
            LOG.warn("The state of the system's interfaces is not known: {}", e.getMessage());
        }
    }

    private TapDevice make(EthernetSession session) throws LinuxException {
        RouteSocket routes = thread.routes();
        String name = session.spec().interfaceName();
        Optional<Tun> before = kept.take(KeptInterfaces.of(session));
        Tun tap = before.isPresent() ? before.get() : Tun.open(Tun.Kind.TAP, name.isEmpty() ? NUMBERED : name);
        int index = 0;
        try {
            index = tap.index();
            if (session.mac() != 0) {
                routes.execute(RouteRequests.setHardwareAddress(index, session.mac()));
            }
            routes.execute(RouteRequests.setMtu(index, session.spec().mtu()));
            if (!session.bridge().isEmpty()) {
                bridges.join(routes, index, session.bridge(), session.bridgePort().isolated(), session.bridgePort().temporary());
            }
            routes.execute(RouteRequests.setUp(index, true));
            kept.lasting(KeptInterfaces.of(session), tap);
            TapDevice device = new TapDevice(tap, index, session);
            readers.add(device);
            return device;
        } catch (LinuxException | RuntimeException e) {
            leave(index);
            tap.close();
            throw e;
        }
    }

    /** Changes the longest packet of a session's interface. Any thread. */
    void mtu(EthernetSession session, int mtu) {
        change(session, "MTU", device -> thread.routes().execute(RouteRequests.setMtu(device.index(), mtu)));
    }

    /** Has a session's interface lose its carrier, or get it back. Any thread. */
    void carrier(EthernetSession session, boolean present) {
        change(session, "carrier", device -> device.tun().carrier(present));
    }

    private interface DeviceChange {
        void make(TapDevice device) throws LinuxException;
    }

    private void change(EthernetSession session, String what, DeviceChange change) {
        thread.run(() -> {
            TapDevice device = devices.get(session);
            if (device != null) {
                try {
                    change.make(device);
                } catch (LinuxException e) {
                    LOG.warn("The {} of {} of {} stays as it was: {}", what, device.name(), session, e.getMessage());
                }
            }
        });
    }

    /** Takes the interface of a session away, and so out of its bridge. Any thread. */
    void close(EthernetSession session) {
        thread.run(() -> remove(session));
    }

    /** Lets go of all interfaces, which stay as they are. On the system's thread. */
    void leave(BiConsumer<String, SystemDevice> keep) {
        devices.forEach((session, device) -> {
            session.opened(null);
            keep.accept(KeptInterfaces.of(session), device);
        });
        devices.clear();
        if (watch != null) {
            watch.close();
        }
    }

    /** Takes all interfaces away. On the system's thread. */
    void closeAll() {
        try {
            bridges.leaveAll(thread.routes()); // first: so many interfaces take their time
        } catch (LinuxException e) {
            LOG.warn("Bridges whose last sessions go may stay: {}", e.getMessage());
        }
        List.copyOf(devices.keySet()).forEach(this::remove);
        if (watch != null) {
            watch.close();
        }
    }

    private void remove(EthernetSession session) {
        TapDevice device = devices.remove(session);
        if (device != null) {
            session.opened(null);
            circuits.remove(device.index());
            leave(device.index());
            readers.close(device);
        }
    }

    private void leave(int index) {
        try {
            bridges.leave(thread.routes(), index);
        } catch (LinuxException e) {
            LOG.warn("A bridge whose last session has gone stays: {}", e.getMessage());
        }
    }
}
