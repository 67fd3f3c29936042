package org.isthmus.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.isthmus.api.BundleStatus;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.pool.Lease;
import org.isthmus.ppp.EndpointDiscriminator;
import org.isthmus.ppp.Multilink;
import org.isthmus.ppp.Network;

/**
 * PPP links that are one network connection. The first of them leads: the network protocols, the address and the interface are in
 * its care; when it goes the next one has them. Its links may be on different workers: each tells it what happens on its own, and
 * is posted what it has to do.
 */
final class Bundle {
    private final String name;
    private final Optional<BundleKey> key;
    private final Multilink terms;
    private final List<BundleLink> links = new ArrayList<>();
    /** That of the leader, once it has the interface. */
    private Optional<SessionPath> path = Optional.empty();
    /** What the leader has left to the next one. */
    private Optional<Lease> lease = Optional.empty();
    private volatile Optional<Network.Ipv4> ipv4 = Optional.empty();
    private volatile Optional<Network.Ipv6> ipv6 = Optional.empty();
    private volatile long heardMillis = Long.MIN_VALUE;

    /** @param key what links have that may join it; empty if none may */
    Bundle(String name, Optional<BundleKey> key, Multilink terms) {
        this.name = name;
        this.key = key;
        this.terms = terms;
    }

    String name() {
        return name;
    }

    Optional<BundleKey> key() {
        return key;
    }

    Multilink terms() {
        return terms;
    }

    // ---- its links

    synchronized void add(BundleLink link) {
        links.add(link);
    }

    synchronized boolean isLedBy(BundleLink link) {
        return !links.isEmpty() && links.get(0) == link;
    }

    synchronized boolean isEmpty() {
        return links.isEmpty();
    }

    /**
     * Takes a link out. If it led, the next one is told to.
     *
     * @param left what a link that led leaves to the next one; not asked if there is none
     * @return what nobody can take over any more
     */
    synchronized Optional<Lease> remove(BundleLink link, Supplier<Optional<Lease>> left) {
        boolean led = isLedBy(link);
        links.remove(link);
        if (links.isEmpty()) {
            return claim();
        }
        if (led) {
            path = Optional.empty();
            lease = left.get().or(this::claim); // one that left before it took over leaves what it would have had
            links.get(0).lead(this);
        }
        return Optional.empty();
    }

    /** What the one that led before has left, which is the caller's then. */
    synchronized Optional<Lease> claim() {
        Optional<Lease> claimed = lease;
        lease = Optional.empty();
        return claimed;
    }

    // ---- what they have in common

    /**
     * The leader's path has the bundle's interface.
     *
     * @param fresh whether it is another interface than that of the other links
     */
    synchronized void opened(BundleLink leader, SessionPath opened, boolean fresh) {
        if (isLedBy(leader)) {
            path = Optional.of(opened);
            links.stream().filter(link -> link != leader).forEach(link -> link.follow(this, opened, fresh));
        }
    }

    synchronized Optional<SessionPath> path() {
        return path;
    }

    /** The leader says what is up. */
    void networks(Optional<Network.Ipv4> upIpv4, Optional<Network.Ipv6> upIpv6) {
        ipv4 = upIpv4;
        ipv6 = upIpv6;
    }

    Optional<Network.Ipv4> ipv4() {
        return ipv4;
    }

    Optional<Network.Ipv6> ipv6() {
        return ipv6;
    }

    /** A link has last heard of its peer then; the latest that any of them has. */
    synchronized long heard(long millis) {
        heardMillis = Math.max(heardMillis, millis);
        return heardMillis;
    }

    synchronized BundleStatus status(BundleLink link) {
        return new BundleStatus(name, links.size(), isLedBy(link), terms.localMrru(), terms.peerMrru(),
                terms.peer().map(EndpointDiscriminator::toString).orElse(""));
    }
}
