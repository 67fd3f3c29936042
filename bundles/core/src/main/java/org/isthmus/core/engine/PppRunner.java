package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.PLUGIN_FAILURES;
import static org.isthmus.core.counters.Counter.POOL_EXHAUSTED;
import static org.isthmus.core.counters.Counter.PPP_AUTH_FAILURES;
import static org.isthmus.core.counters.Counter.PPP_ESTABLISHED;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.core.timer.Timer;
import org.isthmus.ppp.AddressGrant;
import org.isthmus.ppp.AddressRequest;
import org.isthmus.ppp.CloseReason;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.NetworkFamily;
import org.isthmus.ppp.PppConfig;
import org.isthmus.ppp.PppLink;
import org.isthmus.ppp.PppObserver;
import org.isthmus.ppp.PppPhase;
import org.isthmus.ppp.PppStatus;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.MsChapFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs PPP on a session: its frames, its timer, who judges its user, where its addresses come from. */
final class PppRunner implements PppObserver {
    private static final Logger LOG = LoggerFactory.getLogger(PppRunner.class);
    private static final long ADDRESS_WAIT_MILLIS = 20_000;

    private final LiveSession session;
    private final Worker worker;
    private final Engine engine;
    private final Settings settings;
    private final String ourName;
    private final PppLink link;
    private final Timer timer = new Timer(this::timeout);

    private final Timer addressWait = new Timer(now -> noAddress());

    private AcceptedUser user = AcceptedUser.NOBODY;
    /** The latest attempt that a judge accepted, and what it brings; PPP has the last word. */
    private AuthenticationAttempt judgedAttempt;
    private AcceptedUser judgedUser = AcceptedUser.NOBODY;
    private AddressRequest waiting;
    private Optional<Lease> lease = Optional.empty();
    private Optional<Network.Ipv4> ipv4 = Optional.empty();
    private Optional<Network.Ipv6> ipv6 = Optional.empty();
    private boolean wasUp;
    private boolean closed;

    PppRunner(LiveSession session, SessionPlan plan) {
        this.session = session;
        this.worker = session.tunnel().worker();
        this.engine = worker.engine();
        this.settings = plan.ppp();
        this.ourName = settings.find(PppParameters.LOCAL_NAME).orElse(engine.hostName());
        PppConfig config = PppConfigs.of(settings, session.placedHere(), engine.hostName(),
                engine.credentials(plan, session.tunnel().peerHostName()));
        this.link = new PppLink(config, this, worker.random());
    }

    void open() {
        link.open(worker.nowMillis());
        rearm();
    }

    void received(ByteBuffer frame) {
        link.receive(frame, worker.nowMillis());
        rearm();
    }

    void close(String why) {
        link.close(why, worker.nowMillis());
        rearm();
    }

    /** The call is gone. */
    void lowerDown() {
        link.lowerDown(worker.nowMillis());
        rearm();
        giveBack();
    }

    /** Takes over what can change while the link is up. */
    void change(Settings changed) {
        link.askAlive(changed.get(PppParameters.LCP_ECHO_INTERVAL), changed.get(PppParameters.LCP_ECHO_FAILURE_COUNT),
                worker.nowMillis());
        rearm();
    }

    /** The session has a data path, the first or another one: what was up comes up on it. */
    void attached() {
        if (ipv4.isPresent() || ipv6.isPresent()) {
            bringUp();
        }
    }

    // ---- PppObserver

    @Override
    public void send(ByteBuffer frame) {
        session.sendPpp(frame);
    }

    @Override
    public void phaseChanged(PppPhase from, PppPhase to) {
        LOG.debug("session {}: PPP {} -> {}", session.title(), from, to);
    }

    @Override
    public void authenticate(AuthenticationAttempt attempt) {
        AuthRequest request = new AuthRequest(attempt.name(), ourName, Attempts.credentials(attempt),
                session.tunnel().identity().name(), session.tunnel().tunnelId(), session.sessionId(),
                session.plan().call().callingNumber(), session.plan().call().calledNumber());
        worker.whenDone(engine.plugins().judge(request), (verdict, failure) -> judged(attempt, verdict));
    }

    private void judged(AuthenticationAttempt attempt, AuthVerdict verdict) {
        AuthenticationVerdict answer;
        if (verdict instanceof AuthVerdict.Accept accept) {
            judgedAttempt = attempt;
            judgedUser = new AcceptedUser(attempt.name(), accept.grant());
            answer = new AuthenticationVerdict.Accept(accept.message(), accept.authenticatorResponse());
        } else {
            worker.count(PPP_AUTH_FAILURES);
            String why = verdict instanceof AuthVerdict.Reject reject ? reject.reason() : "nobody knows the user";
            LOG.info("session {}: user \"{}\" is refused ({}): {}", session.title(), attempt.name(),
                    attempt.protocol().label(), why);
            String message = verdict instanceof AuthVerdict.Reject reject ? reject.message() : "Authentication failed";
            answer = new AuthenticationVerdict.Reject(message, MsChapFailure.AUTHENTICATION_FAILURE, false);
        }
        link.authenticationResult(attempt, answer, worker.nowMillis());
        rearm();
    }

    @Override
    public void authenticated(AuthenticationAttempt attempt) {
        if (attempt == judgedAttempt) {
            user = judgedUser;
        }
        LOG.info("session {}: user \"{}\" is accepted ({})", session.title(), attempt.name(),
                attempt.protocol().label());
    }

    @Override
    public void addressesNeeded(AddressRequest request) {
        if (!request.ipv4()) {
            grant(request, Optional.empty());
            return;
        }
        Optional<Inet4Address> fixed = user.grant().address().filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast).or(() -> PppConfigs.ipv4(settings, PppParameters.REMOTE_ADDRESS));
        Optional<String> pool = user.grant().pool().or(() -> settings.find(PppParameters.IP_POOL));
        if (fixed.isPresent()) {
            grantIpv4(request, fixed.get(), Optional.empty());
        } else if (pool.isEmpty()) {
            refuse(request, "no address for the peer: set ip_pool_name or remote_ipaddr in ppp profile \""
                    + session.plan().values().pppProfile() + "\", or give the user one in the secrets file");
        } else if (lease.isPresent()) {
            grantIpv4(request, (Inet4Address) lease.get().address(), lease.get().gateway());
        } else {
            lend(request, pool.get());
        }
    }

    private void lend(AddressRequest request, String pool) {
        LeaseRequest wanted = new LeaseRequest(pool, request.userName(), Optional.empty(), session.fullName());
        waiting = request;
        worker.wheel().arm(addressWait, worker.nowMillis() + ADDRESS_WAIT_MILLIS);
        worker.whenDone(engine.plugins().lend(wanted), (lent, failure) -> {
            if (request == waiting) {
                waiting = null;
                worker.wheel().cancel(addressWait);
            }
            if (failure != null) {
                if (isExhausted(failure)) {
                    worker.count(POOL_EXHAUSTED);
                }
                refuse(request, Words.of(failure));
                return;
            }
            if (closed || lease.isPresent()) { // too late, or PPP has asked twice
                engine.plugins().takeBack(lent);
            } else {
                lease = Optional.of(lent);
            }
            lease.ifPresent(ours -> grantIpv4(request, (Inet4Address) ours.address(), ours.gateway()));
        });
    }

    private static boolean isExhausted(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof PoolException pool && pool.reason() == PoolException.Reason.EXHAUSTED;
    }

    private void noAddress() {
        AddressRequest unanswered = waiting;
        waiting = null;
        refuse(unanswered, "the lender of addresses did not answer within " + ADDRESS_WAIT_MILLIS / 1000 + " s");
    }

    private void grantIpv4(AddressRequest request, Inet4Address remote, Optional<InetAddress> gateway) {
        Optional<Inet4Address> local = PppConfigs.ipv4(settings, PppParameters.LOCAL_ADDRESS)
                .or(() -> gateway.filter(Inet4Address.class::isInstance).map(Inet4Address.class::cast));
        if (local.isEmpty()) {
            refuse(request, "no address for our own end: set local_ipaddr in ppp profile \""
                    + session.plan().values().pppProfile() + "\", or gateway in the pool");
            return;
        }
        List<Inet4Address> dns = user.grant().dns().stream().filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast).limit(2).toList();
        grant(request, Optional.of(new AddressGrant.Ipv4(local.get(), remote,
                dns.isEmpty() ? PppConfigs.ipv4List(settings, PppParameters.DNS) : dns,
                PppConfigs.ipv4List(settings, PppParameters.WINS))));
    }

    private void grant(AddressRequest request, Optional<AddressGrant.Ipv4> addresses) {
        Optional<AddressGrant.Ipv6> ids =
                request.ipv6() ? Optional.of(new AddressGrant.Ipv6(0, 0)) : Optional.empty();
        link.addressesGiven(request, new AddressGrant(addresses, ids), worker.nowMillis());
        rearm();
    }

    private void refuse(AddressRequest request, String why) {
        LOG.warn("session {}: {}", session.title(), why);
        link.addressesRefused(request, why, worker.nowMillis());
        rearm();
    }

    @Override
    public void networkUp(Network network) {
        if (network instanceof Network.Ipv4 up) {
            ipv4 = Optional.of(up);
        } else if (network instanceof Network.Ipv6 up) {
            ipv6 = Optional.of(up);
        }
        bringUp();
    }

    @Override
    public void networkDown(NetworkFamily family) {
        if (family == NetworkFamily.IPV4) {
            ipv4 = Optional.empty();
        } else {
            ipv6 = Optional.empty();
        }
        if (ipv4.isPresent() || ipv6.isPresent()) {
            bringUp();
        } else {
            session.path().ifPresent(path -> worker.guard("take down session " + session.title(), path::networkDown));
        }
    }

    private void bringUp() {
        session.path().ifPresent(path -> {
            try {
                worker.whenDone(path.networkUp(networkSpec()), (done, failure) -> broughtUp(path, failure));
            } catch (RuntimeException broken) {
                worker.count(PLUGIN_FAILURES);
                broughtUp(path, broken);
            }
        });
    }

    private void broughtUp(SessionPath path, Throwable failure) {
        if (closed || session.path().orElse(null) != path || ipv4.isEmpty() && ipv6.isEmpty()) {
            return; // another path, or none, counts by now
        }
        if (failure != null) {
            String why = "the system refuses its addresses or routes: " + Words.of(failure);
            LOG.error("session {}: {}", session.title(), why);
            close(why);
        } else if (!wasUp) {
            wasUp = true;
            worker.count(PPP_ESTABLISHED);
            LOG.info("session {}: packets pass{}{}", session.title(),
                    ipv4.map(up -> ", " + up.local().getHostAddress() + " to " + up.remote().getHostAddress())
                            .orElse(""), ipv6.isPresent() ? ", IPv6" : "");
            session.pppUp(user);
        }
    }

    private NetworkSpec networkSpec() {
        int mtu = Math.min(ipv4.map(Network.Ipv4::mtu).orElse(Integer.MAX_VALUE),
                ipv6.map(Network.Ipv6::mtu).orElse(Integer.MAX_VALUE));
        return new NetworkSpec(ipv4.map(Network.Ipv4::local), ipv4.map(Network.Ipv4::remote),
                ipv6.map(up -> LinkLocal.of(up.localInterfaceId())),
                ipv6.map(up -> LinkLocal.of(up.remoteInterfaceId())), mtu,
                settings.find(PppParameters.ROUTES).orElse(List.of()), settings.get(PppParameters.DEFAULT_ROUTE));
    }

    @Override
    public void linkClosed(CloseReason reason) {
        closed = true;
        worker.wheel().cancel(timer);
        worker.wheel().cancel(addressWait);
        giveBack();
        boolean byPeer = reason.cause().direction() == 1;
        session.pppClosed(new Cause(byPeer, 0, 0, "PPP: " + reason.text()));
    }

    private void giveBack() {
        lease.ifPresent(engine.plugins()::takeBack);
        lease = Optional.empty();
    }

    // ---- time

    private void timeout(long nowMillis) {
        link.timeout(nowMillis);
        rearm();
    }

    private void rearm() {
        long next = closed ? Long.MAX_VALUE : link.nextTimeoutMillis();
        if (next == Long.MAX_VALUE) {
            worker.wheel().cancel(timer);
        } else {
            worker.wheel().arm(timer, next);
        }
    }

    // ---- what it is

    PppLinkStatus status() {
        PppStatus status = link.status();
        Optional<AuthenticationProtocol> protocol = status.peerProvedBy().or(status::weProvedBy);
        String name = user.name().isEmpty() ? session.plan().userName() : user.name();
        return new PppLinkStatus(status.phase().name().toLowerCase(Locale.ROOT), name,
                protocol.map(Attempts::word).orElse("none"), ipv4.map(Network.Ipv4::local),
                ipv4.map(Network.Ipv4::remote), ipv6.map(up -> LinkLocal.of(up.localInterfaceId())),
                ipv6.map(up -> LinkLocal.of(up.remoteInterfaceId())),
                ipv4.map(up -> List.<InetAddress>copyOf(up.dns())).orElse(List.of()), status.peerMru(),
                status.localMru());
    }
}
