package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.PPP_ESTABLISHED;

import java.nio.ByteBuffer;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.state.SavedPpp;
import org.isthmus.core.timer.Timer;
import org.isthmus.ppp.AddressGrant;
import org.isthmus.ppp.AddressRequest;
import org.isthmus.ppp.CloseReason;
import org.isthmus.ppp.EncryptionRequest;
import org.isthmus.ppp.Multilink;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.NetworkFamily;
import org.isthmus.ppp.PppConfig;
import org.isthmus.ppp.PppLink;
import org.isthmus.ppp.PppObserver;
import org.isthmus.ppp.PppPhase;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.mppe.Encryption;
import org.isthmus.ppp.proxy.ProxyStart;
import org.isthmus.protocol.wire.DisconnectCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs PPP on a session: its frames, its timer, when packets pass. On the worker's thread. */
final class PppRunner implements RunningPpp, PppObserver, BundleLink.Owner {
    /** Up to here the codes of RFC 3145 concern no single control protocol. */
    private static final int LAST_GLOBAL_CODE = 4;
    private static final Logger LOG = LoggerFactory.getLogger(PppRunner.class);

    private final LiveSession session;
    private final Worker worker;
    private final Settings settings;
    private final PppLink link;
    private final PppAddresses addresses;
    private final BundleLink bundle;
    private final PppAuthentication authentication;
    private final SessionEncryption encryption;
    private final PppConfig config;
    private final SessionNetworks networks;
    private final Timer timer = new Timer(this::timeout);

    private boolean wasUp;
    private boolean closed;

    PppRunner(LiveSession session, SessionPlan plan) {
        this.session = session;
        this.worker = session.tunnel().worker();
        Engine engine = worker.engine();
        this.settings = plan.ppp();
        PppConfig plain = PppConfigs.of(settings, session.isLac(), engine.hostName(),
                PppConfigs.credentials(plan, engine.users(), session.tunnel().peerHostName()));
        this.config = plain.withLink(plain.link().withWishes(session.line().wishes())
                .withMultilink(engine.bundles().wish(session, settings, worker.random())));
        this.link = new PppLink(config, this, worker.random());
        this.addresses = new PppAddresses(session, settings);
        this.networks = new SessionNetworks(session, settings, this::packetsPass, this::close);
        this.bundle = new BundleLink(session, this);
        this.authentication = new PppAuthentication(session, settings.find(PppParameters.LOCAL_NAME).orElse(engine.hostName()),
                link, this::rearm);
        this.encryption = new SessionEncryption(session, link, this::rearm);
    }

    /** From where the LAC has brought it if the profile likes that. */
    @Override
    public void open() {
        if (session.lifecycle().awaitsUser() || session.line().wantsLinkInfo()) {
            link.keepForAnotherEnd();
        }
        Optional<ProxyStart.Taken> start = session.proxy().flatMap(
                report -> report.start(settings.get(PppParameters.PROXY), config, session));
        start.ifPresentOrElse(taken -> link.open(taken, worker.nowMillis()), () -> link.open(worker.nowMillis()));
        rearm();
    }

    /** Goes on after our failure, without a word to the peer. */
    void goOn(SavedPpp before) {
        authentication.resume(new AcceptedUser(before.user(), AuthVerdict.Grant.NOTHING));
        before.link().ipv4().ifPresent(up -> before.pool().ifPresent(
                pool -> addresses.lendAgain(new LeaseRequest(pool, before.user(), Optional.of(up.remote()), session.fullName()))));
        link.restore(before.link(), worker.nowMillis());
        rearm();
    }

    /** Goes on where another object was, without a word to anybody. */
    void goOn(LiveSessionCheckpoint.Ppp before) {
        authentication.resume(new AcceptedUser(before.agreed().user(), before.grant()));
        before.lease().ifPresent(addresses::resume);
        wasUp = true;
        link.restore(before.agreed().link(), worker.nowMillis());
        rearm();
    }

    @Override
    public Optional<LiveSessionCheckpoint.Ppp> checkpoint() {
        return saved().map(agreed -> new LiveSessionCheckpoint.Ppp(agreed, authentication.user().grant(), addresses.lease()));
    }

    /** What passes so far ends: the other object negotiates it anew. */
    @Override
    public void leave() {
        bundle.leave();
        stop();
        networks.takeDown();
    }

    @Override
    public Optional<SavedPpp> saved() {
        return link.snapshot().filter(agreed -> wasUp && !closed)
                .map(agreed -> new SavedPpp(authentication.user().name(), addresses.pool(), agreed));
    }

    @Override
    public void received(ByteBuffer frame) {
        link.receive(frame, worker.nowMillis());
        rearm();
    }

    @Override
    public void close(String why) {
        link.close(why, worker.nowMillis());
        rearm();
    }

    @Override
    public void lowerDown() {
        link.lowerDown(worker.nowMillis());
        rearm();
        addresses.giveBack();
        networks.tellNothing();
    }

    @Override
    public void change(Settings changed) {
        link.askAlive(changed.get(PppParameters.LCP_ECHO_INTERVAL), changed.get(PppParameters.LCP_ECHO_FAILURE_COUNT),
                worker.nowMillis());
        rearm();
    }

    @Override
    public void decryptionFailed(boolean passed) {
        link.encryptionOutOfStep(passed, worker.nowMillis());
        rearm();
    }

    /** What was up comes up on it. */
    @Override
    public void attached() {
        link.encryptionLost(worker.nowMillis());
        rearm();
        if (bundle.isBundled()) {
            bundle.attached();
        } else {
            pathAgain();
        }
    }

    // ---- PppObserver

    @Override
    public void send(ByteBuffer frame) {
        session.ppp().send(frame);
    }

    @Override
    public void phaseChanged(PppPhase from, PppPhase to) {
        LOG.debug("session {}: PPP {} -> {}", session.title(), from, to);
        boolean agreed = from == PppPhase.ESTABLISH && (to == PppPhase.AUTHENTICATE || to == PppPhase.NETWORK);
        if (agreed && session.line().wantsLinkInfo()) {
            link.lcpRequests().ifPresent(session.line()::linkAgreed);
        }
    }

    @Override
    public boolean peerMayBeSilent() {
        return session.tunnel().awaitsPeer();
    }

    @Override
    public void authenticate(AuthenticationAttempt attempt) {
        if (session.lifecycle().takesUser(session, attempt.name(), link::proxyValues)) {
            stop(); // another end goes on with the link: not a word more from this one
            return;
        }
        authentication.ask(attempt);
    }

    @Override
    public void authenticated(AuthenticationAttempt attempt) {
        authentication.accepted(attempt);
    }

    @Override
    public void addressesNeeded(AddressRequest request) {
        if (!request.ipv4()) {
            grant(request, Optional.empty());
            return;
        }
        addresses.needed(request.userName(), authentication.user(), new PppAddresses.Asker() {
            @Override
            public void given(AddressGrant.Ipv4 ours) {
                grant(request, Optional.of(ours));
            }

            @Override
            public void refused(String why) {
                link.addressesRefused(request, why, worker.nowMillis());
                rearm();
            }
        });
    }

    private void grant(AddressRequest request, Optional<AddressGrant.Ipv4> ours) {
        Optional<AddressGrant.Ipv6> ids = request.ipv6() ? Optional.of(new AddressGrant.Ipv6(0, 0)) : Optional.empty();
        link.addressesGiven(request, new AddressGrant(ours, ids), worker.nowMillis());
        rearm();
    }

    @Override
    public void encryptionNeeded(EncryptionRequest request) {
        encryption.prepare(request);
    }

    @Override
    public void encryptionUp(Encryption agreed) {
        encryption.begin(agreed);
    }

    @Override
    public void encryptionDown() {
        encryption.end();
    }

    @Override
    public void networkUp(Network up) {
        networks.opened(up);
        bundle.networks(networks.ipv4(), networks.ipv6());
        session.touched();
        networks.pass();
    }

    @Override
    public void networkDown(NetworkFamily family) {
        networks.closed(family);
        bundle.networks(networks.ipv4(), networks.ipv6());
        session.touched();
        networks.pass();
    }

    private void packetsPass() {
        if (!wasUp) {
            LOG.info("session {}: packets pass{}", session.title(), networks.words());
            comeUp();
        }
    }

    @Override
    public boolean passes() {
        return closed || networks.arePassing();
    }

    private void comeUp() {
        if (!wasUp) {
            wasUp = true;
            worker.count(PPP_ESTABLISHED);
            session.pppUp(authentication.user());
            session.tunnel().sessionChanged();
        }
    }

    @Override
    public void linkClosed(CloseReason reason) {
        stop();
        boolean byPeer = reason.cause().direction() == 1;
        session.end().pppClosed(new Cause(byPeer, 0, 0, "PPP: " + reason.text()), disconnect(reason));
    }

    /** RFC 3145; what the operator reads stays here, and goes out in the Result Code. */
    private static DisconnectCause disconnect(CloseReason reason) {
        int code = reason.cause().disconnectCode();
        return new DisconnectCause(code, code <= LAST_GLOBAL_CODE ? 0 : reason.protocol(), reason.cause().direction(), "");
    }

    private void stop() {
        closed = true;
        worker.wheel().cancel(timer);
        addresses.stop();
        networks.stop();
    }

    // ---- the bundle that the link may be one of

    @Override
    public void bundleNeeded(Multilink agreed, String userName) {
        if (bundle.join(agreed, userName)) {
            addresses.giveBack(); // of a bundle that it led before: this one's is another link's affair
            link.joinBundle(worker.nowMillis());
        }
    }

    @Override
    public void bundleLeft() {
        bundle.leave();
    }

    @Override
    public void leadBundle(Optional<Network.Ipv4> upIpv4, Optional<Network.Ipv6> upIpv6, Optional<Lease> lease) {
        networks.takeOver(upIpv4, upIpv6);
        lease.ifPresent(addresses::takeOver);
        link.leadBundle(upIpv4, upIpv6, worker.nowMillis());
        rearm();
    }

    @Override
    public void pathAgain() {
        networks.passAgain();
    }

    @Override
    public void joinedBundle(Bundle joined) {
        LOG.info("session {}: is a link of bundle {}", session.title(), joined.name());
        comeUp();
    }

    @Override
    public Optional<Lease> handOver() {
        networks.forget();
        return addresses.handOver();
    }

    @Override
    public long heard(long millis) {
        return bundle.heard(millis);
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

    @Override
    public PppLinkStatus status() {
        Optional<Bundle> in = bundle.bundle();
        int takes = in.map(of -> of.terms().peerMrru()).orElseGet(session::largestPacket);
        String accepted = authentication.user().name();
        String name = accepted.isEmpty() ? session.plan().userName() : accepted;
        return LinkShown.of(link.status(), name, in.map(Bundle::ipv4).orElseGet(networks::ipv4),
                in.map(Bundle::ipv6).orElseGet(networks::ipv6), Math.min(link.mtu(), takes), bundle.status(), link.encryption());
    }
}
