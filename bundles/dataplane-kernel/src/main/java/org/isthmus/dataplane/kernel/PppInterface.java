package org.isthmus.dataplane.kernel;

import org.isthmus.api.dataplane.BundleSpec;
import org.isthmus.api.dataplane.EncryptionKeys;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SocketFilter;
import org.isthmus.linux.netlink.InterfaceAddress;
import org.isthmus.linux.netlink.InterfaceNetwork;
import org.isthmus.linux.netlink.NetlinkFailure;
import org.isthmus.linux.netlink.NetlinkRequest;
import org.isthmus.linux.netlink.Prefix;
import org.isthmus.linux.netlink.Route;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;
import org.isthmus.linux.ppp.PppChannel;
import org.isthmus.linux.ppp.PppUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network interface of a PPP session, or of the sessions that are one bundle: a unit of the kernel's, with the addresses and
 * routes. For the system's thread.
 */
final class PppInterface {

    private static final Logger LOG = LoggerFactory.getLogger(PppInterface.class);
    private static final int IPV4 = 0x0021;
    private static final int IPV6 = 0x0057;
    private static final int USUAL_MRU = 1500;
    /** An interface that takes less has no IPv6 (RFC 8200 section 5). */
    private static final int SMALLEST_IPV6_MTU = 1280;

    /** Those whose channels are under the unit; one, unless it is a bundle. */
    private final List<PppSession> links = new ArrayList<>();
    /** The one that the unit's frames are for. The reader's thread reads it. */
    private volatile PppSession session;
    private final PppUnit unit;
    private final RouteSocket routes;
    private final int index;
    private final String name;
    private final long token;
    private final KernelMppe mppe;
    /** No packet may pass yet, since it would pass in clear. */
    private boolean waitsForKeys;
    private InterfaceNetwork network = InterfaceNetwork.NONE;
    /** Whether it may have addresses and routes already that are asked for now. */
    private boolean wasThere;
    private boolean bundle;
    private boolean up;
    private boolean ipv4;
    private boolean ipv6;

    private PppInterface(PppSession session, PppUnit unit, RouteSocket routes, int index, String name) throws LinuxException {
        this.session = session;
        this.links.add(session);
        this.unit = unit;
        this.routes = routes;
        this.index = index;
        this.name = name;
        this.mppe = new KernelMppe(unit);
        this.waitsForKeys = session.encrypted();
        this.token = session.system.reader().add(unit.descriptor(), (buffer, events) -> this.session.heard(unit, buffer, events));
    }

    /** Makes a unit over a channel, with the name that the session is to have. */
    static PppInterface over(PppSession session, PppChannel channel) throws LinuxException {
        PppUnit unit = PppUnit.create();
        try {
            RouteSocket routes = session.system.thread().routes();
            String name = unit.name();
            int index = routes.link(name).orElseThrow(() -> new IllegalStateException(unit.name() + " was taken away at once")).index();
            if (!session.spec.interfaceName().isEmpty()) {
                name = session.spec.interfaceName();
                routes.execute(RouteRequests.rename(index, name));
            }
            unit.pass(IPV4, false);
            unit.pass(IPV6, false);
            unit.receiveUnit(Math.max(USUAL_MRU, session.spec.mtu()));
            routes.executeAll(List.of(RouteRequests.withoutAutomaticAddress(index))); // refused where there is no IPv6
            channel.connect(unit);
            session.system.left().keepUnit(session, unit.descriptor(), name);
            return new PppInterface(session, unit, routes, index, name);
        } catch (LinuxException | RuntimeException e) {
            unit.close();
            throw e;
        }
    }

    /** Goes on with the unit of a process before this one, with its addresses and routes; makes another one if that is no use. */
    static PppInterface goOn(PppSession session, PppChannel channel, LeftBehind.Unit left) throws LinuxException {
        try {
            PppUnit unit = PppUnit.adopt(left.descriptor());
            RouteSocket routes = session.system.thread().routes();
            int index = routes.link(left.name()).orElseThrow(() -> new IllegalStateException(left.name() + " is not there any more")).index();
            PppInterface known = new PppInterface(session, unit, routes, index, left.name());
            known.wasThere = true;
            known.up = true;
            return known;
        } catch (LinuxException | IllegalStateException unusable) {
            LOG.warn("{}: its interface is made anew: {}", session, unusable.getMessage());
            left.descriptor().close();
            return over(session, channel);
        }
    }

    /** Makes it one of a bundle, whose other links {@link #join}. */
    void bundle(BundleSpec agreed) throws LinuxException {
        unit.multilink(agreed.mrru(), agreed.shortReceived(), agreed.shortSent());
        bundle = true;
    }

    boolean isBundle() {
        return bundle;
    }

    /** Puts the unit on top of another channel. */
    void join(PppSession link, PppChannel channel) throws LinuxException {
        channel.connect(unit);
        links.add(link);
    }

    /** The unit's frames are for this link from now on. */
    void lead(PppSession link) {
        session = link;
    }

    /** Takes the unit away from a channel; with the last one it is gone. */
    void leave(PppSession link, PppChannel channel) {
        links.remove(link);
        if (links.isEmpty()) {
            close();
            return;
        }
        if (session == link) {
            session = links.get(0);
        }
        try {
            channel.disconnect();
        } catch (LinuxException gone) {
            LOG.debug("{}: {}", link, gone.getMessage());
        }
    }

    /** Leaves it as it is, with its addresses and routes, to somebody else. */
    Descriptor release() {
        session.system.reader().remove(token);
        return unit.descriptor();
    }

    PppUnit unit() {
        return unit;
    }

    String name() {
        return name;
    }

    /** Gives it these addresses and routes, in the place of those that it had, and lets packets pass. */
    void up(NetworkSpec wanted, int mtu, boolean ingressFilter) throws LinuxException {
        mtu(wanted.remoteIpv6().isPresent() ? Math.max(mtu, SMALLEST_IPV6_MTU) : mtu);
        if (!up) {
            routes.execute(RouteRequests.setUp(index, true));
            up = true;
        }
        NetworkSpec taken = wanted;
        try {
            replace(plan(wanted, mtu));
        } catch (LinuxException refused) {
            if (wanted.remoteIpv4().isEmpty() || wanted.remoteIpv6().isEmpty()) {
                throw refused;
            }
            taken = wanted.withoutIpv6();
            replace(plan(taken, mtu));
            session.system.ipv6Refused(session, refused);
        }
        if (ingressFilter) {
            filter(taken);
        }
        ipv4 = taken.remoteIpv4().isPresent();
        ipv6 = taken.remoteIpv6().isPresent();
        pass(true);
    }

    private void pass(boolean on) throws LinuxException {
        unit.pass(IPV4, on && ipv4 && !waitsForKeys);
        unit.pass(IPV6, on && ipv6 && !waitsForKeys);
    }

    void prepareEncryption(EncryptionKeys keys) throws LinuxException {
        stopEncryption();
        mppe.prepare(keys);
    }

    void encrypt() throws LinuxException {
        mppe.begin();
        waitsForKeys = false;
        pass(up);
    }

    void stopEncryption() throws LinuxException {
        waitsForKeys = true;
        pass(false);
        mppe.end();
    }

    private InterfaceNetwork plan(NetworkSpec wanted, int mtu) {
        List<Prefix> behind = wanted.routes().stream().map(prefix -> new Prefix(prefix.address(), prefix.length())).toList();
        return InterfaceNetwork.of(new InterfaceNetwork.Ends(wanted.localIpv4(), wanted.remoteIpv4(), wanted.localIpv6(),
                wanted.remoteIpv6(), behind, wanted.defaultRoute(), mtu), index, true);
    }

    /** If the kernel refuses something new there is nothing of it; what was there and is wanted again stays untouched. */
    private void replace(InterfaceNetwork next) throws LinuxException {
        InterfaceNetwork more = next.without(network);
        List<NetlinkRequest> changes = new ArrayList<>();
        more.addresses().forEach(address -> changes.add(RouteRequests.addAddress(address)));
        more.routes().forEach(route -> changes.add(RouteRequests.addRoute(route)));
        List<NetlinkFailure> failures = routes.executeAll(changes).stream()
                .filter(failure -> !wasThere || failure.cause().errno() != Errno.EEXIST).toList();
        if (!failures.isEmpty()) {
            release(more);
            throw failures.get(0).cause();
        }
        release(network.without(next));
        network = next;
    }

    private void release(InterfaceNetwork gone) throws LinuxException {
        List<NetlinkRequest> changes = new ArrayList<>();
        for (Route route : gone.routes()) {
            changes.add(RouteRequests.deleteRoute(route));
        }
        for (InterfaceAddress address : gone.addresses()) {
            changes.add(RouteRequests.deleteAddress(address));
        }
        routes.executeAll(changes); // what is gone already, by an administrator's hand, is refused
    }

    /** Drops what the peer sends with another source address than its own or one behind it. */
    private void filter(NetworkSpec network) {
        try {
            Optional<SocketFilter> program = SourceFilter.of(network);
            if (program.isPresent()) {
                unit.filter(program.get());
            }
        } catch (LinuxException refused) {
            LOG.warn("{}: the source addresses of its packets are not checked: {}", session, refused.getMessage());
        }
    }

    void mtu(int mtu) {
        try {
            routes.execute(RouteRequests.setMtu(index, mtu));
        } catch (LinuxException refused) {
            LOG.warn("{}: its MTU stays as it was: {}", session, refused.getMessage());
        }
    }

    void hold(boolean held) {
        try {
            pass(!held);
        } catch (LinuxException refused) {
            LOG.warn("{}: {}", session, refused.getMessage());
        }
    }

    /** Takes the addresses and routes away; the unit stays for PPP's frames. */
    void down() {
        try {
            pass(false);
            release(network);
            network = InterfaceNetwork.NONE;
            routes.execute(RouteRequests.setUp(index, false));
            up = false;
        } catch (LinuxException refused) {
            if (refused.errno() != Errno.ENODEV) {
                LOG.warn("{}: its interface {} stays up: {}", session, name, refused.getMessage());
            }
        }
    }

    /** Takes the interface away, and its addresses and routes with it. */
    private void close() {
        session.system.reader().remove(token);
        session.system.closer().close(unit::close);
    }
}
