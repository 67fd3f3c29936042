package org.isthmus.linux.netlink;

import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Has the kernel answer for addresses of hosts behind us on the network that they lie in (proxy ARP, RFC 1027), so that its other hosts
 * send to us what is for them. The kernel does so while it forwards IPv4. Not for several threads at once.
 *
 * <p>The entries bear a mark, since the kernel keeps them when the process is killed: {@link #clear} takes those of before away.
 */
public final class ProxyNeighbours {

    /** How long the networks of the system's interfaces are taken as known: it lists all addresses to find them. */
    private static final long KNOWN_MILLIS = 5_000;
    private static final int HOST_BITS = 32;

    private final LongSupplier millis;
    private final Map<InetAddress, Integer> answered = new HashMap<>();
    private List<InterfaceAddress> networks = List.of();
    private long listedMillis;

    public ProxyNeighbours() {
        this(() -> System.nanoTime() / 1_000_000);
    }

    ProxyNeighbours(LongSupplier millis) {
        this.millis = millis;
        this.listedMillis = millis.getAsLong() - KNOWN_MILLIS;
    }

    /**
     * Answers for an address from now on.
     *
     * @return whether it lies in the network of an interface; if it does not there is nobody to be answered
     */
    public boolean answer(RouteSocket routes, Inet4Address address) throws LinuxException {
        Optional<Integer> at = interfaceOf(routes, address);
        if (at.isEmpty()) {
            return false;
        }
        Integer before = answered.put(address, at.get());
        if (before != null && !before.equals(at.get())) {
            delete(routes, before, address);
        }
        routes.execute(RouteRequests.addProxy(at.get(), address));
        return true;
    }

    /** Answers for it no longer. */
    public void stop(RouteSocket routes, Inet4Address address) throws LinuxException {
        Integer at = answered.remove(address);
        if (at != null) {
            delete(routes, at, address);
        }
    }

    /** Takes away what was answered for, in this life of the process or in one before that was cut short. */
    public void clear(RouteSocket routes) throws LinuxException {
        answered.clear();
        for (ProxyNeighbour left : routes.proxies()) {
            if (left.isOurs()) {
                delete(routes, left.interfaceIndex(), left.address());
            }
        }
    }

    private static void delete(RouteSocket routes, int interfaceIndex, InetAddress address) throws LinuxException {
        try {
            routes.execute(RouteRequests.deleteProxy(interfaceIndex, address));
        } catch (LinuxException refused) {
            if (refused.errno() != Errno.ENOENT && refused.errno() != Errno.ENODEV) { // somebody took it or its interface away
                throw refused;
            }
        }
    }

    private Optional<Integer> interfaceOf(RouteSocket routes, InetAddress address) throws LinuxException {
        if (millis.getAsLong() - listedMillis >= KNOWN_MILLIS) {
            networks = routes.addresses().stream().filter(ProxyNeighbours::isNetwork).toList();
            listedMillis = millis.getAsLong();
        }
        return networks.stream().filter(network -> network.peer().contains(address) && !network.local().equals(address))
                .max((one, other) -> Integer.compare(one.peer().length(), other.peer().length()))
                .map(InterfaceAddress::interfaceIndex);
    }

    /** Not the single host at the end of a point-to-point link, ours among them. */
    private static boolean isNetwork(InterfaceAddress address) {
        return address.local() instanceof Inet4Address && address.peer().length() < HOST_BITS && !address.local().isLoopbackAddress();
    }
}
