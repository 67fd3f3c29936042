package org.isthmus.dataplane.user;

import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.Tun;
import org.isthmus.linux.netlink.InterfaceAddress;
import org.isthmus.linux.netlink.InterfaceNetwork;
import org.isthmus.linux.netlink.NetlinkFailure;
import org.isthmus.linux.netlink.NetlinkRequest;
import org.isthmus.linux.netlink.Prefix;
import org.isthmus.linux.netlink.Route;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A TUN interface with the addresses and routes that its sessions need of it. For the thread of {@link SystemNetwork} only; the device in it
 * is read by all.
 */
final class SystemInterface {

    private final RouteSocket routes;
    private final TunDevice device;
    private final int index;
    private final Claims<InterfaceAddress> addresses = new Claims<>();
    private final Claims<Prefix> prefixes = new Claims<>();
    private final Claims<Prefix> routed = new Claims<>();
    private final Map<PppSession, InterfaceNetwork> sessions = new HashMap<>();
    private int mtu;
    /** Whether it may have addresses and routes already that are asked for now. */
    private boolean wasThere;

    private SystemInterface(RouteSocket routes, TunDevice device, int index, int mtu) {
        this.routes = routes;
        this.device = device;
        this.index = index;
        this.mtu = mtu;
    }

    /** Makes the interface of one session and switches it on. */
    static SystemInterface open(RouteSocket routes, String name, int mtu, PppSession only) throws LinuxException {
        return open(routes, Tun.open(Tun.Kind.TUN, name), mtu, only);
    }

    /** Makes an interface for many sessions and switches it on. */
    static SystemInterface openShared(RouteSocket routes, String name, int mtu) throws LinuxException {
        return open(routes, Tun.open(Tun.Kind.TUN, name), mtu, null);
    }

    /** Goes on with an interface that is there, addresses and routes on it among it; {@code only} is null for many sessions. */
    static SystemInterface goOn(RouteSocket routes, Tun tun, int mtu, PppSession only) throws LinuxException {
        SystemInterface known = open(routes, tun, mtu, only);
        known.wasThere = true;
        return known;
    }

    private static SystemInterface open(RouteSocket routes, Tun tun, int mtu, PppSession only) throws LinuxException {
        try {
            int index = tun.index();
            routes.execute(RouteRequests.setMtu(index, mtu));
            ignoreFailures(routes, List.of(RouteRequests.withoutAutomaticAddress(index)));
            routes.execute(RouteRequests.setUp(index, true));
            return new SystemInterface(routes, only == null ? TunDevice.shared(tun) : TunDevice.of(tun, only), index, mtu);
        } catch (LinuxException e) {
            tun.close();
            throw e;
        }
    }

    /** Whether another object had it before, and packets may wait in it. */
    boolean wasThere() {
        return wasThere;
    }

    TunDevice device() {
        return device;
    }

    int index() {
        return index;
    }

    String name() {
        return device.name();
    }

    boolean isUnused() {
        return sessions.isEmpty();
    }

    /** Sees to it that packets of this length fit, or of an own interface's session exactly this length. */
    void fit(int wanted) throws LinuxException {
        if (device.isShared() ? wanted > mtu : wanted != mtu) {
            routes.execute(RouteRequests.setMtu(index, wanted));
            mtu = wanted;
        }
    }

    /**
     * Gives a session's addresses and routes to the system, in the place of those that it had. If the system refuses one, the session has none
     * of the new ones.
     */
    void attach(PppSession session, InterfaceNetwork wishes) throws LinuxException {
        InterfaceNetwork before = sessions.get(session);
        List<NetlinkRequest> changes = new ArrayList<>();
        for (InterfaceAddress address : wishes.addresses()) {
            if (addresses.add(address, session)) {
                changes.add(RouteRequests.addAddress(address));
            }
        }
        for (Route route : wishes.routes()) {
            // Replacing is for a route of this interface only: one that somebody else made stays, and the session is told.
            changes.add(routed.add(route.destination(), session)
                    ? RouteRequests.addRoute(route) : RouteRequests.replaceRoute(route));
        }
        wishes.prefixes().forEach(prefix -> prefixes.add(prefix, session));
        sessions.put(session, before == null ? wishes : union(before, wishes));
        List<NetlinkFailure> failures = routes.executeAll(changes).stream()
                .filter(failure -> !wasThere || failure.cause().errno() != Errno.EEXIST).toList();
        if (!failures.isEmpty()) {
            release(session, before == null ? wishes : wishes.without(before));
            keep(session, before);
            throw failures.get(0).cause();
        }
        if (before != null) {
            release(session, before.without(wishes));
        }
        keep(session, wishes);
        wishes.prefixes().forEach(this::publish);
    }

    /** Takes a session's addresses and routes away, as far as no other session needs them. */
    void detach(PppSession session) throws LinuxException {
        InterfaceNetwork had = sessions.remove(session);
        if (had != null) {
            release(session, had);
        }
    }

    private void keep(PppSession session, InterfaceNetwork wishes) {
        if (wishes == null) {
            sessions.remove(session);
        } else {
            sessions.put(session, wishes);
        }
    }

    private void release(PppSession session, InterfaceNetwork wishes) throws LinuxException {
        List<NetlinkRequest> changes = new ArrayList<>();
        for (Prefix prefix : wishes.prefixes()) {
            prefixes.remove(prefix, session);
            publish(prefix);
        }
        for (Route route : wishes.routes()) {
            if (routed.remove(route.destination(), session)) {
                changes.add(RouteRequests.deleteRoute(route));
            } else {
                routeOf(routed.holder(route.destination()), route.destination()).ifPresent(other ->
                        changes.add(RouteRequests.replaceRoute(other)));
            }
        }
        for (InterfaceAddress address : wishes.addresses()) {
            if (addresses.remove(address, session)) {
                changes.add(RouteRequests.deleteAddress(address));
            }
        }
        ignoreFailures(routes, changes);
    }

    private Optional<Route> routeOf(PppSession holder, Prefix destination) {
        InterfaceNetwork wishes = sessions.get(holder);
        return wishes == null ? Optional.empty()
                : wishes.routes().stream().filter(route -> route.destination().equals(destination)).findFirst();
    }

    /** Lets the packets to a prefix go to whoever holds it now. */
    private void publish(Prefix prefix) {
        if (device.isShared()) {
            device.route(prefix, prefixes.holder(prefix));
        }
    }

    /** What is taken away may be gone already: with the interface, or by an administrator's hand. */
    private static void ignoreFailures(RouteSocket routes, List<NetlinkRequest> changes) throws LinuxException {
        routes.executeAll(changes);
    }

    private static InterfaceNetwork union(InterfaceNetwork one, InterfaceNetwork other) {
        InterfaceNetwork more = other.without(one);
        return new InterfaceNetwork(concat(one.addresses(), more.addresses()), concat(one.prefixes(), more.prefixes()),
                concat(one.routes(), more.routes()));
    }

    private static <T> List<T> concat(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
