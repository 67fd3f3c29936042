package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.api.BundleStatus;
import org.isthmus.api.dataplane.BundleSpec;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.pool.Lease;
import org.isthmus.core.timer.Timer;
import org.isthmus.ppp.Multilink;
import org.isthmus.ppp.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's place in a {@link Bundle}. Belongs to its worker, save {@link #lead} and {@link #follow}, by which the bundle posts
 * to it.
 */
final class BundleLink {
    private static final Logger LOG = LoggerFactory.getLogger(BundleLink.class);
    /** So long the path of the link that leads may be away, while a data plane is replaced or another link takes over. */
    private static final long WAIT_MILLIS = 10_000;

    private final LiveSession session;
    private final Worker worker;
    private final Owner owner;
    private final Timer wait = new Timer(now -> tooLong());
    private Bundle bundle;
    private boolean leads;
    /** Whether the owner knows that it leads. */
    private boolean ledTold;
    /** The path over which fragments pass. */
    private SessionPath connected;
    /** Which of the requests to the data plane is the one whose answer counts. */
    private int request;
    private String lastFailure = "";

    /** Who runs PPP on the link. */
    interface Owner {
        /** The networks are its own from now on: those that are up, else it negotiates them. */
        void leadBundle(Optional<Network.Ipv4> ipv4, Optional<Network.Ipv6> ipv6, Optional<Lease> lease);

        /** It leads, and has another path. */
        void pathAgain();

        /** Fragments pass over this link; another one has the networks. */
        void joinedBundle(Bundle joined);

        /** Another link has the networks from now on, and what was lent for them. */
        Optional<Lease> handOver();

        void close(String why);
    }

    BundleLink(LiveSession session, Owner owner) {
        this.session = session;
        this.worker = session.tunnel().worker();
        this.owner = owner;
    }

    private Bundles bundles() {
        return worker.engine().bundles();
    }

    boolean isBundled() {
        return bundle != null;
    }

    /**
     * Both ends may bundle the link: finds its bundle.
     *
     * @return false if it leads or cannot be bundled; true if PPP is to leave the networks to another link
     */
    boolean join(Multilink agreed, String provenName) {
        Optional<BundleKey> key = BundleKey.of(session, agreed, provenName);
        String name = key.map(BundleKey::user).filter(user -> !user.isEmpty()).orElseGet(session::fullName);
        Optional<Bundle> found = bundles().join(key, agreed, this, name);
        if (found.isEmpty()) {
            owner.close("its MRRU or sequence numbers are not those of the user's other links");
            return false;
        }
        bundle = found.get();
        leads = bundle.isLedBy(this);
        ledTold = false;
        connected = null;
        if (leads) {
            connect(Optional.empty());
        } else {
            connectToLeader();
        }
        return !leads;
    }

    /** The session has a path, the first or another one. */
    void attached() {
        connected = null;
        if (leads) {
            connect(Optional.empty());
        } else {
            connectToLeader();
        }
    }

    private void connectToLeader() {
        worker.wheel().arm(wait, worker.nowMillis() + WAIT_MILLIS);
        bundle.path().ifPresent(leader -> connect(Optional.of(leader)));
    }

    private void connect(Optional<SessionPath> leader) {
        SessionPath path = session.path().orElse(null);
        if (path == null) {
            return; // there will be one, or the session ends
        }
        if (connected == path) {
            worker.guard("take session " + session.title() + " out of its bundle", path::leaveBundle);
        }
        connected = null;
        int asked = ++request;
        Multilink terms = bundle.terms();
        BundleSpec spec = new BundleSpec(terms.localMrru(), terms.shortReceived(), terms.shortSent());
        worker.whenAnswered("make session " + session.title() + " a link of a bundle", () -> path.joinBundle(spec, leader),
                (done, failure) -> connected(asked, path, failure));
    }

    private void connected(int asked, SessionPath path, Throwable failure) {
        if (asked != request || bundle == null || session.path().orElse(null) != path) {
            return; // another path or bundle, or none, counts by now
        }
        if (failure != null) {
            lastFailure = Words.of(failure);
            if (leads) {
                owner.close("it cannot be a link of bundle " + bundle.name() + ": " + lastFailure);
            }
            return; // the path of the link that leads may just have gone: another one will be told
        }
        worker.wheel().cancel(wait);
        connected = path;
        if (!leads) {
            owner.joinedBundle(bundle);
            return;
        }
        bundle.opened(this, path, true);
        if (ledTold) {
            owner.pathAgain();
        } else {
            tellOwner();
        }
    }

    private void tooLong() {
        owner.close("it cannot be a link of bundle " + bundle.name() + ": "
                + (lastFailure.isEmpty() ? "the link that leads it has no data path" : lastFailure));
    }

    private void tellOwner() {
        ledTold = true;
        owner.leadBundle(bundle.ipv4(), bundle.ipv6(), bundle.claim());
    }

    /** The link that led has left, and this one is the next. Any thread. */
    void lead(Bundle of) {
        worker.post(() -> {
            if (bundle != of || leads || !of.isLedBy(this)) {
                return;
            }
            leads = true;
            LOG.info("session {} leads bundle {} now", session.title(), of.name());
            if (connected == null) {
                worker.wheel().cancel(wait);
                connect(Optional.empty());
            } else {
                worker.guard("have session " + session.title() + " lead its bundle", connected::leadBundle);
                of.opened(this, connected, false);
                tellOwner();
            }
        });
    }

    /**
     * The link that leads has the interface. Any thread.
     *
     * @param fresh whether it is another one than before
     */
    void follow(Bundle of, SessionPath leader, boolean fresh) {
        worker.post(() -> {
            if (bundle == of && !leads && (fresh || connected == null)) {
                worker.wheel().arm(wait, worker.nowMillis() + WAIT_MILLIS);
                connect(Optional.of(leader));
            }
        });
    }

    /** The leader's networks have changed. */
    void networks(Optional<Network.Ipv4> ipv4, Optional<Network.Ipv6> ipv6) {
        if (leads) {
            bundle.networks(ipv4, ipv6);
        }
    }

    /** The link ends, or is negotiated anew. */
    void leave() {
        if (bundle == null) {
            return;
        }
        Bundle left = bundle;
        boolean led = leads;
        bundle = null;
        leads = false;
        request++;
        worker.wheel().cancel(wait);
        bundles().leave(left, this, () -> led ? owner.handOver() : Optional.empty())
                .ifPresent(worker.engine().plugins()::takeBack);
        SessionPath path = session.path().orElse(null);
        if (path != null) {
            worker.guard("take session " + session.title() + " out of its bundle", path::leaveBundle);
        }
        connected = null;
    }

    /** This link has last heard of its peer then; the latest that any of the bundle has. */
    long heard(long millis) {
        return bundle == null ? millis : bundle.heard(millis);
    }

    Optional<Bundle> bundle() {
        return Optional.ofNullable(bundle);
    }

    Optional<BundleStatus> status() {
        return bundle().map(of -> of.status(this));
    }
}
