package org.isthmus.dataplane.user;

import org.isthmus.api.config.InterfaceMode;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.handover.Parcel;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SystemThread;
import org.isthmus.linux.Tun;
import org.isthmus.linux.netlink.InterfaceNetwork;
import org.isthmus.linux.netlink.Prefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private static final long STOP_SECONDS = 5;
    private static final long LOOK_MILLIS = 50;
    private static final int MOST_LOOKS = 40;
    /** An interface that takes less has no IPv6 (RFC 8200 5). */
    private static final int SMALLEST_IPV6_MTU = 1280;

    /** A network that is asked for and not up yet. */
    private record Attempt(NetworkSpec network, int epoch, CompletableFuture<Void> done, long deadlineNanos) {
    }

    private final SystemReaders readers;
    private final SystemThread thread = new SystemThread("l2tp-system-network");
    private final KeptInterfaces kept;
    private final EthernetInterfaces ethernet;
    private final Map<PppSession, Attempt> attempts = new HashMap<>();
    private final Map<PppSession, SystemInterface> attached = new HashMap<>();
    private final Map<String, SystemInterface> shared = new HashMap<>();
    private DataplaneSettings settings = new DataplaneSettings(InterfaceMode.SHARED, "l2tp");
    private boolean ipv6Refused;
    private int tunnels;
    private int attachments;
    /** Those that are to be read when their sessions have come. */
    private final Set<SystemInterface> waiting = new HashSet<>();

    /** @param kept interfaces that are there already */
    SystemNetwork(SystemReaders readers, KeptInterfaces kept) {
        this.readers = readers;
        this.kept = kept;
        this.ethernet = new EthernetInterfaces(thread, readers, kept);
        thread.later(kept::closeAll, TunnelPath.PARKED_MILLIS);
    }

    /** Ends, and leaves the interfaces as they are for the next version. */
    Parcel leave() {
        CompletableFuture<Parcel> parcel = new CompletableFuture<>();
        boolean done = thread.close(() -> {
            attached.keySet().forEach(PppSession::interrupted);
            List.copyOf(attempts.keySet()).forEach(session -> cancel(session, "the data plane 'user' is replaced"));
            attached.forEach((session, used) -> {
                if (!used.device().isShared()) {
                    keep(KeptInterfaces.of(session), used.device());
                }
            });
            shared.forEach((name, used) -> keep(KeptInterfaces.shared(name), used.device()));
            ethernet.leave(this::keep);
            parcel.complete(kept.pack());
        }, STOP_SECONDS);
        if (!done) {
            LOG.warn("The interfaces of the data plane 'user' were not all left to the next version within {} s", STOP_SECONDS);
        }
        return parcel.getNow(new KeptInterfaces(Optional.empty()).pack());
    }

    private void keep(String owner, SystemDevice device) {
        readers.release(device);
        kept.add(owner, device.tun());
    }

    /** Holds for networks that come up from now on. */
    void configure(DataplaneSettings wanted) {
        thread.run(() -> {
            settings = wanted;
            closeUnused();
        });
    }

    @Override
    public CompletionStage<Void> up(PppSession session, NetworkSpec network, int epoch) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Attempt attempt = new Attempt(network, epoch, done, System.nanoTime() + TimeUnit.SECONDS.toNanos(SystemFailure.BUSY_SECONDS));
        boolean taken = thread.run(() -> {
            Attempt before = attempts.put(session, attempt);
            if (before != null) {
                // Whoever waits for the one before gets what comes of this one.
                done.whenComplete((up, failure) -> finish(before, failure));
            }
            pursue(session, attempt);
        });
        return taken ? done : CompletableFuture.failedFuture(stopped(session, "the data plane 'user' is stopped"));
    }

    @Override
    public void down(PppSession session) {
        thread.run(() -> {
            cancel(session, "its network has ended");
            detach(session);
        });
    }

    @Override
    public void tunnelOpened() {
        thread.run(() -> tunnels++);
    }

    @Override
    public void tunnelClosed() {
        thread.run(() -> {
            tunnels--;
            closeUnused();
        });
    }

    @Override
    public CompletionStage<Void> open(EthernetSession session) {
        return ethernet.open(session);
    }

    @Override
    public void mtu(EthernetSession session, int mtu) {
        ethernet.mtu(session, mtu);
    }

    @Override
    public void carrier(EthernetSession session, boolean present) {
        ethernet.carrier(session, present);
    }

    @Override
    public void later(Runnable what, long millis) {
        thread.run(() -> thread.later(what, millis));
    }

    @Override
    public void close(EthernetSession session) {
        ethernet.close(session);
    }

    @Override
    public void close() {
        boolean done = thread.close(() -> {
            attached.keySet().forEach(PppSession::interrupted);
            List.copyOf(attempts.keySet()).forEach(session -> cancel(session, "the data plane 'user' is stopped"));
            List.copyOf(attached.keySet()).forEach(this::detach);
            List.copyOf(shared.values()).forEach(this::close);
            ethernet.closeAll();
        }, STOP_SECONDS);
        if (!done) {
            LOG.warn("The interfaces of the data plane 'user' were not all removed within {} s", STOP_SECONDS);
        }
    }

    private void pursue(PppSession session, Attempt attempt) {
        if (attempts.get(session) != attempt) {
            return;
        }
        try {
            attachWhatCan(session, attempt.network(), attempt.epoch());
            attempts.remove(session);
            finish(attempt, null);
        } catch (LinuxException | RuntimeException e) {
            if (SystemFailure.isBusy(e) && System.nanoTime() - attempt.deadlineNanos() < 0) {
                thread.later(() -> pursue(session, attempt), SystemFailure.BUSY_RETRY_MILLIS);
                return;
            }
            attempts.remove(session);
            finish(attempt, SystemFailure.of("the network of " + session, e));
        }
    }

    private void cancel(PppSession session, String why) {
        Attempt attempt = attempts.remove(session);
        if (attempt != null) {
            finish(attempt, stopped(session, why));
        }
    }

    private static void finish(Attempt attempt, Throwable failure) {
        if (failure == null) {
            attempt.done().complete(null);
        } else {
            attempt.done().completeExceptionally(failure);
        }
    }

    private static DataplaneException stopped(PppSession session, String why) {
        return new DataplaneException("the network of " + session + " could not be set up: " + why);
    }

    /**
     * Many systems have IPv6 switched off while every peer offers it. The session then goes on with IPv4 alone.
     */
    private void attachWhatCan(PppSession session, NetworkSpec network, int epoch) throws LinuxException {
        try {
            attach(session, network, epoch);
        } catch (LinuxException e) {
            if (network.remoteIpv4().isEmpty() || network.remoteIpv6().isEmpty()) {
                throw e;
            }
            attach(session, network.withoutIpv6(), epoch);
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

    private static InterfaceNetwork.Ends ends(NetworkSpec network) {
        return new InterfaceNetwork.Ends(network.localIpv4(), network.remoteIpv4(), network.localIpv6(), network.remoteIpv6(),
                network.routes().stream().map(behind -> new Prefix(behind.address(), behind.length())).toList(),
                network.defaultRoute(), network.mtu());
    }

    private void attach(PppSession session, NetworkSpec network, int epoch) throws LinuxException {
        SystemInterface had = attached.get(session);
        int mtu = network.remoteIpv6().isPresent() ? Math.max(network.mtu(), SMALLEST_IPV6_MTU) : network.mtu();
        SystemInterface used = had == null ? choose(session, mtu) : had;
        try {
            used.fit(mtu);
            used.attach(session, InterfaceNetwork.of(ends(network), used.index(), !used.device().isShared()));
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
                session.filtersSources() ? SourceFilter.of(network) : SourceFilter.none(), epoch));
        attachments++;
        read(used);
    }

    /** Begins to read an interface, if nobody does yet; one that was there before when all of its sessions have come again, as it seems. */
    private void read(SystemInterface used) throws LinuxException {
        if (used.device().reader != null || waiting.contains(used)) {
            return;
        }
        if (used.wasThere() && used.device().isShared()) {
            waiting.add(used);
            readWhenAllAreThere(used, attachments, MOST_LOOKS);
        } else {
            readers.add(used.device());
        }
    }

    private void readWhenAllAreThere(SystemInterface used, int before, int looks) {
        thread.later(() -> {
            if (attachments != before && looks > 0) {
                readWhenAllAreThere(used, attachments, looks - 1);
            } else if (waiting.remove(used) && shared.containsValue(used)) {
                try {
                    readers.add(used.device());
                } catch (LinuxException refused) {
                    LOG.error("The interface {} cannot be read: {}", used.name(), refused.getMessage());
                }
            }
        }, LOOK_MILLIS);
    }

    private SystemInterface choose(PppSession session, int mtu) throws LinuxException {
        String ownName = session.spec().interfaceName();
        if (!ownName.isEmpty() || settings.interfaceMode() == InterfaceMode.PER_SESSION) {
            Optional<Tun> before = kept.take(KeptInterfaces.of(session));
            return lasting(KeptInterfaces.of(session), before.isPresent() ? SystemInterface.goOn(thread.routes(), before.get(), mtu, session)
                    : SystemInterface.open(thread.routes(), ownName.isEmpty() ? NUMBERED : ownName, mtu, session));
        }
        String name = settings.sharedInterface();
        SystemInterface known = shared.get(name);
        if (known == null) {
            Optional<Tun> before = kept.take(KeptInterfaces.shared(name));
            known = lasting(KeptInterfaces.shared(name), before.isPresent() ? SystemInterface.goOn(thread.routes(), before.get(), Math.max(mtu, SHARED_MTU), null)
                    : SystemInterface.openShared(thread.routes(), name, Math.max(mtu, SHARED_MTU)));
            shared.put(name, known);
        }
        return known;
    }

    private SystemInterface lasting(String owner, SystemInterface made) {
        kept.lasting(owner, made.device().tun());
        return made;
    }

    private void detach(PppSession session) {
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
        readers.close(used.device());
    }
}
