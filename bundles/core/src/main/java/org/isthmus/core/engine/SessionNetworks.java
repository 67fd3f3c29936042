package org.isthmus.core.engine;

import java.util.Optional;
import java.util.function.Consumer;

import org.isthmus.api.config.Settings;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.NetworkFamily;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks that PPP has open on a session: has its data path carry their packets, and the rest of the system know the peer.
 * On the worker's thread.
 */
final class SessionNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(SessionNetworks.class);

    private final LiveSession session;
    private final Worker worker;
    private final Settings settings;
    private final PeerTold told;
    private final Runnable passing;
    private final Consumer<String> refused;
    private Optional<Network.Ipv4> ipv4 = Optional.empty();
    private Optional<Network.Ipv6> ipv6 = Optional.empty();
    private boolean passed;
    private boolean stopped;

    /**
     * @param settings of the PPP profile
     * @param passing  called when packets pass, each time that a network has come
     * @param refused  told why the system refuses them
     */
    SessionNetworks(LiveSession session, Settings settings, Runnable passing, Consumer<String> refused) {
        this.session = session;
        this.worker = session.tunnel().worker();
        this.settings = settings;
        this.told = new PeerTold(worker.engine().neighbourhood(), session.fullName(), settings);
        this.passing = passing;
        this.refused = refused;
    }

    /** PPP has opened one; {@link #pass} is to follow. */
    void opened(Network network) {
        if (network instanceof Network.Ipv4 up) {
            ipv4 = Optional.of(up);
        } else if (network instanceof Network.Ipv6 up) {
            ipv6 = Optional.of(up);
        }
    }

    /** PPP has closed one; {@link #pass} is to follow. */
    void closed(NetworkFamily family) {
        if (family == NetworkFamily.IPV4) {
            ipv4 = Optional.empty();
        } else {
            ipv6 = Optional.empty();
        }
    }

    /** Those of another link of the bundle are this one's from now on: both at once, so that neither goes for a moment. */
    void takeOver(Optional<Network.Ipv4> upIpv4, Optional<Network.Ipv6> upIpv6) {
        ipv4 = upIpv4;
        ipv6 = upIpv6;
    }

    /** They are another link's from now on. */
    void forget() {
        ipv4 = Optional.empty();
        ipv6 = Optional.empty();
        told.nothing();
    }

    /** Has the data path carry those that are open, and no others. */
    void pass() {
        if (isAnyOpen()) {
            bringUp();
        } else {
            told.nothing();
            takeDown();
        }
    }

    /** The session has another data path. */
    void passAgain() {
        if (isAnyOpen()) {
            bringUp();
        }
    }

    private void bringUp() {
        session.path().ifPresent(path -> worker.whenAnswered("bring up session " + session.title(),
                () -> path.networkUp(NetworkSpecs.of(ipv4, ipv6, settings)), (done, failure) -> broughtUp(path, failure)));
    }

    private void broughtUp(SessionPath path, Throwable failure) {
        if (stopped || session.path().orElse(null) != path || !isAnyOpen()) {
            return; // another path, or none, counts by now
        }
        if (failure != null) {
            String why = "the system refuses its addresses or routes: " + Words.of(failure);
            LOG.error("session {}: {}", session.title(), why);
            refused.accept(why);
            return;
        }
        told.tell(ipv4);
        passed = true;
        passing.run();
    }

    /** No network packet passes on the data path any more. */
    void takeDown() {
        session.path().ifPresent(path -> worker.guard("take down session " + session.title(), path::networkDown));
    }

    /** The rest of the system is to know nothing of the peer any more. */
    void tellNothing() {
        told.nothing();
    }

    /** PPP is over. */
    void stop() {
        stopped = true;
        told.nothing();
    }

    /** Whether the data path carries those that are open. */
    boolean arePassing() {
        return passed || !isAnyOpen();
    }

    /** For the log. */
    String words() {
        return ipv4.map(up -> ", " + up.local().getHostAddress() + " to " + up.remote().getHostAddress()).orElse("")
                + (ipv6.isPresent() ? ", IPv6" : "");
    }

    private boolean isAnyOpen() {
        return ipv4.isPresent() || ipv6.isPresent();
    }

    Optional<Network.Ipv4> ipv4() {
        return ipv4;
    }

    Optional<Network.Ipv6> ipv6() {
        return ipv6;
    }
}
