package org.isthmus.dataplane.user;

import org.isthmus.api.config.InterfaceMode;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.RouteSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.Inet6Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The interfaces, addresses and routes of all sessions. All changes run one after the other on one thread, so that no worker ever waits
 * for the kernel.
 */
final class SystemNetwork implements NetworkSetup, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemNetwork.class);
    /** Has the kernel number the interfaces that sessions have of their own. */
    private static final String NUMBERED = "l2tp%d";
    private static final int SHARED_MTU = 1500;
    /** An interface that takes less has no IPv6 (RFC 8200 5). */
    private static final int SMALLEST_IPV6_MTU = 1280;
    private static final long STOP_SECONDS = 5;
    /** While another version of this bundle hands its sessions over, an interface may still be its. */
    private static final long BUSY_SECONDS = 5;
    private static final long BUSY_RETRY_MILLIS = 20;

    /** A network that is asked for and not up yet. */
    private record Attempt(NetworkSpec network, int epoch, CompletableFuture<Void> done, long deadlineNanos) {
    }

    private final TunReader reader;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<UserSession, Attempt> attempts = new HashMap<>();
    private final Map<UserSession, SystemInterface> attached = new HashMap<>();
    private final Map<String, SystemInterface> shared = new HashMap<>();
    private DataplaneSettings settings = new DataplaneSettings(InterfaceMode.SHARED, "l2tp");
    private RouteSocket routes;
    private boolean ipv6Refused;
    private int tunnels;

    SystemNetwork(TunReader reader) {
        this.reader = reader;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "l2tp-system-network");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Now and not with the first task, so that it is in the network namespace of who made this.
        thread.prestartCoreThread();
    }

    /** Holds for networks that come up from now on. */
    void configure(DataplaneSettings wanted) {
        run(() -> {
            settings = wanted;
            closeUnused();
        });
    }

    @Override
    public CompletionStage<Void> up(UserSession session, NetworkSpec network, int epoch) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Attempt attempt = new Attempt(network, epoch, done, System.nanoTime() + TimeUnit.SECONDS.toNanos(BUSY_SECONDS));
        boolean taken = run(() -> {
            Attempt before = attempts.put(session, attempt);
            if (before != null) {
                // Whoever waits for the one before gets what comes of this one.
                done.whenComplete((up, failure) -> finish(before, failure));
            }
            pursue(session, attempt);
        });
        return taken ? done : CompletableFuture.failedFuture(failure(session, "the data plane 'user' is stopped", null));
    }

    @Override
    public void down(UserSession session) {
        run(() -> {
            cancel(session, "its network has ended");
            detach(session);
        });
    }

    @Override
    public void tunnelOpened() {
        run(() -> tunnels++);
    }

    @Override
    public void tunnelClosed() {
        run(() -> {
            tunnels--;
            closeUnused();
        });
    }

    @Override
    public void close() {
        run(() -> {
            attached.keySet().forEach(UserSession::interrupted);
            List.copyOf(attempts.keySet()).forEach(session -> cancel(session, "the data plane 'user' is stopped"));
            List.copyOf(attached.keySet()).forEach(this::detach);
            List.copyOf(shared.values()).forEach(this::close);
            if (routes != null) {
                routes.close();
            }
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The interfaces of the data plane 'user' were not all removed within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a task behind those before it; false once this is closed. */
    private boolean run(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void pursue(UserSession session, Attempt attempt) {
        if (attempts.get(session) != attempt) {
            return;
        }
        try {
            attachWhatCan(session, attempt.network(), attempt.epoch());
            attempts.remove(session);
            finish(attempt, null);
        } catch (LinuxException | RuntimeException e) {
            if (isBusy(e) && System.nanoTime() - attempt.deadlineNanos() < 0) {
                thread.schedule(() -> pursue(session, attempt), BUSY_RETRY_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            attempts.remove(session);
            finish(attempt, failure(session, e.getMessage() + advice(e), e));
        }
    }

    private void cancel(UserSession session, String why) {
        Attempt attempt = attempts.remove(session);
        if (attempt != null) {
            finish(attempt, failure(session, why, null));
        }
    }

    private static void finish(Attempt attempt, Throwable failure) {
        if (failure == null) {
            attempt.done().complete(null);
        } else {
            attempt.done().completeExceptionally(failure);
        }
    }

    private static DataplaneException failure(UserSession session, String why, Throwable cause) {
        return new DataplaneException("the network of " + session + " could not be set up: " + why, cause);
    }

    private static boolean isBusy(Exception e) {
        return e instanceof LinuxException && ((LinuxException) e).errno() == Errno.EBUSY;
    }

    /**
     * Many systems have IPv6 switched off while every peer offers it. The session then goes on with IPv4 alone.
     */
    private void attachWhatCan(UserSession session, NetworkSpec network, int epoch) throws LinuxException {
        try {
            attach(session, network, epoch);
        } catch (LinuxException e) {
            if (network.remoteIpv4().isEmpty() || network.remoteIpv6().isEmpty()) {
                throw e;
            }
            attach(session, ipv4Of(network), epoch);
            if (ipv6Refused) {
                LOG.debug("{} has no IPv6: {}", session, e.getMessage());
            } else {
                ipv6Refused = true;
                LOG.warn("{} passes IPv4 only, since the system refuses its IPv6: {}. Sessions after it meet the same without a word here."
                        + " Switch IPv6 on (sysctl net.ipv6.conf.default.disable_ipv6=0), or off in the ppp profile",
                        session, e.getMessage());
            }
        }
    }

    private static NetworkSpec ipv4Of(NetworkSpec network) {
        return new NetworkSpec(network.localIpv4(), network.remoteIpv4(), Optional.empty(), Optional.empty(), network.mtu(),
                network.routes().stream().filter(route -> !(route.address() instanceof Inet6Address)).toList(), network.defaultRoute());
    }

    private void attach(UserSession session, NetworkSpec network, int epoch) throws LinuxException {
        if (routes == null) {
            routes = RouteSocket.open();
        }
        SystemInterface had = attached.get(session);
        int mtu = network.remoteIpv6().isPresent() ? Math.max(network.mtu(), SMALLEST_IPV6_MTU) : network.mtu();
        SystemInterface used = had == null ? choose(session, mtu) : had;
        try {
            used.fit(mtu);
            used.attach(session, Wishes.of(network, used.index(), !used.device().isShared()));
            attached.put(session, used);
        } catch (LinuxException | RuntimeException e) {
            if (e instanceof LinuxException && ((LinuxException) e).errno() == Errno.ENODEV) {
                // Somebody deleted the interface: the next session makes it anew.
                shared.values().remove(used);
            }
            closeIfUnused(used);
            throw e;
        }
        session.opened(new OpenNetwork(used.device(), network.remoteIpv4().isPresent(), network.remoteIpv6().isPresent(), network.mtu(),
                session.pppSpec().ingressFilter() ? SourceFilter.of(network) : SourceFilter.none(), epoch));
    }

    private SystemInterface choose(UserSession session, int mtu) throws LinuxException {
        String ownName = session.spec().interfaceName();
        if (!ownName.isEmpty() || settings.interfaceMode() == InterfaceMode.PER_SESSION) {
            return read(SystemInterface.open(routes, ownName.isEmpty() ? NUMBERED : ownName, mtu, session));
        }
        String name = settings.sharedInterface();
        SystemInterface known = shared.get(name);
        if (known == null) {
            known = read(SystemInterface.openShared(routes, name, Math.max(mtu, SHARED_MTU)));
            shared.put(name, known);
        }
        return known;
    }

    private SystemInterface read(SystemInterface made) throws LinuxException {
        try {
            reader.add(made.device()).join();
            return made;
        } catch (CompletionException e) {
            made.device().tun().close();
            if (e.getCause() instanceof LinuxException) {
                throw (LinuxException) e.getCause();
            }
            throw e;
        }
    }

    private void detach(UserSession session) {
        SystemInterface used = attached.remove(session);
        if (used == null) {
            return;
        }
        try {
            used.detach(session);
        } catch (LinuxException e) {
            LOG.warn("Addresses and routes of {} stay on the interface {}: {}", session, used.name(), e.getMessage());
        }
        closeIfUnused(used);
    }

    private void closeUnused() {
        List.copyOf(shared.values()).forEach(this::closeIfUnused);
    }

    /**
     * An interface lives as long as a session uses it; the one to be shared as long as there is a tunnel. When the engine has moved to another
     * data plane there is none, and the other one can take the name.
     */
    private void closeIfUnused(SystemInterface used) {
        boolean stays = tunnels > 0 && settings.interfaceMode() == InterfaceMode.SHARED
                && shared.get(settings.sharedInterface()) == used;
        if (used.isUnused() && !stays) {
            close(used);
        }
    }

    private void close(SystemInterface used) {
        shared.values().remove(used);
        try {
            reader.close(used.device()).join();
        } catch (CompletionException e) {
            LOG.warn("The interface {} could not be closed: {}", used.name(), e.getMessage());
        }
    }

    private static String advice(Exception e) {
        if (!(e instanceof LinuxException)) {
            return "";
        }
        switch (((LinuxException) e).errnoName()) {
            case "EPERM":
            case "EACCES":
                return ". The process needs the capability CAP_NET_ADMIN and the device /dev/net/tun";
            case "ENOENT":
                return ". Load the kernel module tun, or pass /dev/net/tun into the container";
            case "EBUSY":
                return ". Another process has this interface: end it, or choose another name";
            case "EEXIST":
                return ". Something else on this system has the same route: remove one of the two";
            default:
                return "";
        }
    }
}
