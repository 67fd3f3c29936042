package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.POOL_EXHAUSTED;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.core.timer.Timer;
import org.isthmus.ppp.AddressGrant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the addresses of a session's PPP come from: what the user was granted, the PPP profile, or a pool. */
final class PppAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(PppAddresses.class);
    private static final long WAIT_MILLIS = 20_000;
    private static final long ASK_AGAIN_MILLIS = 1_000;
    private static final int MOST_ASKED = 30;

    private final LiveSession session;
    private final Worker worker;
    private final Settings settings;
    private final Timer wait = new Timer(now -> noAnswer());
    private Asker waiting;
    /** What is asked for again after our failure. */
    private LeaseRequest again;
    private int asked;
    private Optional<Lease> lease = Optional.empty();
    private boolean stopped;

    /** A question for addresses, and who hears the answer. Each is an object of its own. */
    interface Asker {
        void given(AddressGrant.Ipv4 addresses);

        /** @param why in words, which the log has already */
        void refused(String why);
    }

    PppAddresses(LiveSession session, Settings settings) {
        this.session = session;
        this.worker = session.tunnel().worker();
        this.settings = settings;
    }

    /**
     * Answers, now or later.
     *
     * @param name the name that the peer proved, or empty
     */
    void needed(String name, AcceptedUser user, Asker asker) {
        Optional<Inet4Address> fixed = user.grant().address().filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast).or(() -> PppConfigs.ipv4(settings, PppParameters.REMOTE_ADDRESS));
        Optional<String> pool = user.grant().pool().or(() -> settings.find(PppParameters.IP_POOL));
        if (fixed.isPresent()) {
            grant(asker, user, fixed.get(), Optional.empty());
        } else if (pool.isEmpty()) {
            refuse(asker, "no address for the peer: set ip_pool_name or remote_ipaddr in ppp profile \""
                    + session.plan().values().pppProfile() + "\", or give the user one in the secrets file");
        } else if (lease.isPresent()) {
            grant(asker, user, (Inet4Address) lease.get().address(), lease.get().gateway());
        } else {
            lend(asker, name, user, pool.get());
        }
    }

    private void lend(Asker asker, String name, AcceptedUser user, String pool) {
        LeaseRequest wanted = new LeaseRequest(pool, name, Optional.empty(), session.fullName());
        Plugins plugins = worker.engine().plugins();
        waiting = asker;
        worker.wheel().arm(wait, worker.nowMillis() + WAIT_MILLIS);
        worker.whenDone(plugins.lend(wanted), (lent, failure) -> {
            if (asker == waiting) {
                waiting = null;
                worker.wheel().cancel(wait);
            }
            if (failure != null) {
                if (isExhausted(failure)) {
                    worker.count(POOL_EXHAUSTED);
                }
                refuse(asker, Words.of(failure));
                return;
            }
            if (stopped || lease.isPresent()) { // too late, or PPP has asked twice
                plugins.takeBack(lent);
            } else {
                lease = Optional.of(lent);
            }
            lease.ifPresent(ours -> grant(asker, user, (Inet4Address) ours.address(), ours.gateway()));
        });
    }

    private static boolean isExhausted(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof PoolException pool && pool.reason() == PoolException.Reason.EXHAUSTED;
    }

    private void noAnswer() {
        if (again != null) {
            LeaseRequest wanted = again;
            again = null;
            lendAgain(wanted);
            return;
        }
        Asker unanswered = waiting;
        waiting = null;
        refuse(unanswered, "the lender of addresses did not answer within " + WAIT_MILLIS / 1000 + " s");
    }

    private void grant(Asker asker, AcceptedUser user, Inet4Address remote, Optional<InetAddress> gateway) {
        Optional<Inet4Address> local = PppConfigs.ipv4(settings, PppParameters.LOCAL_ADDRESS)
                .or(() -> gateway.filter(Inet4Address.class::isInstance).map(Inet4Address.class::cast));
        if (local.isEmpty()) {
            refuse(asker, "no address for our own end: set local_ipaddr in ppp profile \""
                    + session.plan().values().pppProfile() + "\", or gateway in the pool");
            return;
        }
        List<Inet4Address> dns = user.grant().dns().stream().filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast).limit(2).toList();
        asker.given(new AddressGrant.Ipv4(local.get(), remote,
                dns.isEmpty() ? PppConfigs.ipv4List(settings, PppParameters.DNS) : dns,
                PppConfigs.ipv4List(settings, PppParameters.WINS)));
    }

    private void refuse(Asker asker, String why) {
        LOG.warn("session {}: {}", session.title(), why);
        asker.refused(why);
    }

    /** After our failure: the address that the session has is to be its own again. */
    void lendAgain(LeaseRequest wanted) {
        worker.whenDone(worker.engine().plugins().lend(wanted), (lent, failure) -> {
            if (failure == null && !stopped && lent.address().equals(wanted.wished().orElseThrow())) {
                lease = Optional.of(lent);
                return;
            }
            if (failure == null) {
                worker.engine().plugins().takeBack(lent);
            }
            if (stopped) {
                return;
            }
            if (failure != null && ++asked < MOST_ASKED) { // the pool may not be there yet
                again = wanted;
                worker.wheel().arm(wait, worker.nowMillis() + ASK_AGAIN_MILLIS);
            } else {
                session.end().hangUp("its address " + wanted.wished().orElseThrow().getHostAddress() + " cannot be lent again"
                        + (failure == null ? "" : ": " + Words.of(failure)));
            }
        });
    }

    /** Another object had borrowed this. */
    void resume(Lease borrowed) {
        lease = Optional.of(borrowed);
    }

    Optional<Lease> lease() {
        return lease;
    }

    /** The pool that lent the peer's address. */
    Optional<String> pool() {
        return lease.map(Lease::pool);
    }

    /** What was lent is another session's from now on. */
    Optional<Lease> handOver() {
        Optional<Lease> handed = lease;
        lease = Optional.empty();
        return handed;
    }

    /** What was lent to another session is this one's from now on. */
    void takeOver(Lease handed) {
        giveBack();
        lease = Optional.of(handed);
        if (stopped) { // the link has ended on the way
            giveBack();
        }
    }

    /** The link is over, or goes on elsewhere: what was lent goes back. */
    void stop() {
        stopped = true;
        worker.wheel().cancel(wait);
        giveBack();
    }

    /** Gives back what was lent. */
    void giveBack() {
        lease.ifPresent(worker.engine().plugins()::takeBack);
        lease = Optional.empty();
    }
}
