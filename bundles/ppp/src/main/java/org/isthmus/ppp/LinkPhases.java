package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.auth.CollectedProof;
import org.isthmus.ppp.lcp.Lcp;
import org.isthmus.ppp.lcp.LcpHistory;
import org.isthmus.ppp.lcp.LcpOptions;
import org.isthmus.ppp.lcp.LcpOwner;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Ending;
import org.isthmus.ppp.negotiation.RateLimit;
import org.isthmus.ppp.proxy.ProxyStart;
import org.isthmus.ppp.proxy.ProxyValues;

/**
 * The phases of a link, RFC 1661 section 3: LCP opens, then both sides authenticate, then the network protocols run;
 * and at any time the end. Sends each frame to the protocol that it is for, if its phase has come.
 */
final class LinkPhases implements LcpOwner, Authentication.Owner, LinkEncryption.Owner, Networks.Owner {
    private final PppConfig config;
    private final LinkLine line;
    private final PppObserver observer;
    private final Lcp lcp;
    private final Authentication authentication;
    private final LinkEncryption encryption;
    private final Networks networks;
    private final Bundling bundling;
    private final LcpReasons reasons;
    private final RateLimit protocolRejects = new RateLimit(10, 10_000);

    private PppPhase phase = PppPhase.DEAD;
    private CloseReason reason;
    private boolean over;
    private Optional<CollectedProof> collected = Optional.empty();
    private Optional<PppSnapshot> restored = Optional.empty();

    LinkPhases(PppConfig config, LinkLine line, PppObserver observer) {
        this.config = config;
        this.line = line;
        this.observer = observer;
        this.lcp = new Lcp(config.link(), config.auth(), line, this);
        this.reasons = new LcpReasons(config.link(), lcp);
        this.authentication = new Authentication(config.auth(), line, observer, this);
        this.encryption = new LinkEncryption(config, line, observer, this);
        this.networks = new Networks(config, line, observer, this);
        this.bundling = new Bundling(networks, observer);
        line.peerMruFrom(lcp::peerMru);
    }

    PppPhase phase() {
        return phase;
    }

    Authentication authentication() {
        return authentication;
    }

    LinkEncryption encryption() {
        return encryption;
    }

    Networks networks() {
        return networks;
    }

    Bundling bundling() {
        return bundling;
    }

    Lcp lcp() {
        return lcp;
    }

    void open() {
        if (phase != PppPhase.DEAD || over) {
            return;
        }
        enter(PppPhase.ESTABLISH);
        lcp.automaton().open();
        lcp.automaton().up();
    }

    /** Begins with LCP open. */
    void open(ProxyStart.Taken proxy) {
        if (phase != PppPhase.DEAD || over) {
            return;
        }
        enter(PppPhase.ESTABLISH);
        collected = proxy.proof();
        lcp.adopt(LcpOptions.read(proxy.ours()).orElseThrow(), LcpOptions.read(proxy.peers()).orElseThrow());
    }

    /** Begins with all open that was open before. */
    void restore(PppSnapshot before) {
        if (phase != PppPhase.DEAD || over) {
            return;
        }
        enter(PppPhase.ESTABLISH);
        restored = Optional.of(before);
        lcp.adopt(LcpOptions.of(before.localMru(), before.localMagic(), before.peerProvedBy()),
                LcpOptions.of(before.peerMru(), before.peerMagic(), before.weProvedBy()));
    }

    Optional<PppSnapshot> snapshot() {
        PppStatus now = status();
        // What was encrypted cannot go on: nobody knows how far the keys have come.
        return encryption.wanted() || phase != PppPhase.NETWORK || !bundling.isAlone() || now.ipv4().isEmpty() && now.ipv6().isEmpty() ? Optional.empty()
                : Optional.of(new PppSnapshot(now.localMru(), now.peerMru(), now.localMagic(), now.peerMagic(),
                        now.peerProvedBy(), now.peerName(), now.weProvedBy(), now.ipv4(), now.ipv6()));
    }

    /** What another end would need to know to go on with this link; empty before there is anything of use. */
    Optional<ProxyValues> proxyValues() {
        Optional<LcpHistory> history = lcp.history().filter(kept -> lcp.automaton().isOpened());
        return history.map(kept -> authentication.pending()
                .map(attempt -> ProxyValues.of(kept.initialReceived(), kept.last(), attempt,
                        authentication.attemptIdentifier()))
                .orElseGet(() -> ProxyValues.of(kept.initialReceived(), kept.last())));
    }

    void close(String why) {
        end(new CloseReason(Cause.CLOSED_LOCALLY, 0, why.isEmpty() ? "closed from this side" : why), why);
    }

    void lowerDown() {
        if (over) {
            return;
        }
        note(reasons.foretold().orElseGet(() ->
                new CloseReason(Cause.LOWER_LAYER_DOWN, 0, "the session below went away")));
        lcp.automaton().down();
        die();
    }

    void receive(ByteBuffer frame) {
        line.count(PppCounter.RX_FRAMES);
        int protocol = PppFrame.readProtocol(frame);
        if (protocol == PppFrame.MALFORMED) {
            line.count(PppCounter.RX_MALFORMED);
        } else if (protocol == PppProtocol.IPV4 || protocol == PppProtocol.IPV6) {
            line.count(PppCounter.RX_DATA);
        } else if (phase == PppPhase.DEAD || protocol != PppProtocol.LCP && !lcp.automaton().isOpened()) {
            line.count(PppCounter.RX_OUT_OF_PHASE);
        } else {
            receive(protocol, frame);
        }
    }

    private void receive(int protocol, ByteBuffer information) {
        switch (protocol) {
            case PppProtocol.LCP -> parse(information).ifPresent(lcp.automaton()::receive);
            case PppProtocol.PAP, PppProtocol.CHAP ->
                    parse(information).ifPresent(packet -> authentication.receive(protocol, packet));
            case PppProtocol.EAP -> line.count(PppCounter.RX_AUTH_NOT_NEGOTIATED);
            case PppProtocol.IPCP -> receive(NetworkFamily.IPV4, information);
            case PppProtocol.IPV6CP -> receive(NetworkFamily.IPV6, information);
            case PppProtocol.CCP -> receiveCcp(information);
            default -> receiveUnknown(protocol, information);
        }
    }

    private void receiveCcp(ByteBuffer information) {
        if (!encryption.wanted()) {
            receiveUnknown(PppProtocol.CCP, information);
        } else if (phase != PppPhase.NETWORK) {
            line.count(PppCounter.RX_OUT_OF_PHASE);
        } else {
            parse(information).ifPresent(encryption::receive);
        }
    }

    private void receiveUnknown(int protocol, ByteBuffer information) {
        line.count(PppCounter.RX_UNKNOWN_PROTOCOL);
        // Before the network phase everything but LCP and authentication "MUST be silently discarded".
        if (phase == PppPhase.NETWORK) {
            rejectProtocol(protocol, information);
        }
    }

    private void receive(NetworkFamily family, ByteBuffer information) {
        if (phase != PppPhase.NETWORK || !bundling.runsNetworks()) {
            line.count(PppCounter.RX_OUT_OF_PHASE);
            return;
        }
        parse(information).ifPresent(packet -> {
            if (encryption.holdsNetworks()) {
                networks.keep(family, packet);
            } else if (!networks.receive(family, packet)) {
                line.count(PppCounter.RX_UNKNOWN_PROTOCOL);
                rejectProtocol(family.controlProtocol(), information);
            }
        });
    }

    private Optional<ControlPacket> parse(ByteBuffer information) {
        Optional<ControlPacket> packet = ControlPacket.parse(information);
        if (packet.isEmpty()) {
            line.count(PppCounter.RX_MALFORMED);
        }
        return packet;
    }

    @Override
    public void rejectProtocol(int protocol, ByteBuffer information) {
        if (protocolRejects.allows(line.now())) {
            lcp.rejectProtocol(protocol, information);
        } else {
            line.count(PppCounter.TX_SUPPRESSED);
        }
    }

    @Override
    public void lcpUp() {
        if (restored.isPresent()) {
            PppSnapshot before = restored.get();
            restored = Optional.empty();
            authentication.restore(before);
            enter(PppPhase.NETWORK);
            if (encryption.wanted()) {
                encryption.start(authentication.keys()); // which are gone, if there were any
            } else {
                networks.restore(before.ipv4(), before.ipv6());
            }
            return;
        }
        Optional<CollectedProof> proof = collected;
        collected = Optional.empty();
        boolean nobody = lcp.peerProvesBy().isEmpty() && lcp.weProveBy().isEmpty() && proof.isEmpty();
        if (!nobody) {
            enter(PppPhase.AUTHENTICATE);
        }
        authentication.start(lcp.peerProvesBy(), lcp.weProveBy(), proof);
    }

    @Override
    public void lcpDown(boolean negotiatesAnew) {
        if (!negotiatesAnew) {
            reasons.foretold().ifPresent(this::note);
        }
        stop();
        enter(negotiatesAnew ? PppPhase.ESTABLISH : PppPhase.TERMINATE);
    }

    @Override
    public void lcpFinished(Ending ending) {
        note(reasons.of(ending));
        die();
    }

    @Override
    public void lcpFailed(Cause cause, String text) {
        note(new CloseReason(cause, PppProtocol.LCP, text));
        enter(PppPhase.TERMINATE);
    }

    @Override
    public boolean peerMayBeSilent() {
        return observer.peerMayBeSilent();
    }

    @Override
    public void lcpMustClose() {
        lcp.automaton().close(reason == null ? "" : reason.text());
    }

    /** Told from within LCP, so it has to wait until LCP is done with its packet. */
    @Override
    public void protocolRejected(int protocol) {
        line.later(() -> {
            switch (protocol) {
                case PppProtocol.LCP -> lcp.automaton().rejected();
                case PppProtocol.PAP, PppProtocol.CHAP -> {
                    if (phase == PppPhase.AUTHENTICATE) {
                        authenticationFailed(Cause.PEER_REFUSES_AUTHENTICATION, protocol, "the peer agreed to "
                                + PppProtocol.name(protocol) + " and then rejected it");
                    }
                }
                case PppProtocol.CCP -> encryption.rejected();
                case PppProtocol.IPCP, PppProtocol.IPV4 -> networks.rejected(NetworkFamily.IPV4);
                case PppProtocol.IPV6CP, PppProtocol.IPV6 -> networks.rejected(NetworkFamily.IPV6);
                default -> { }
            }
        });
    }

    @Override
    public void authenticationDone() {
        enter(PppPhase.NETWORK);
        if (encryption.wanted()) {
            encryption.start(authentication.keys());
        } else {
            encryptionReady();
        }
    }

    @Override
    public void encryptionReady() {
        bundling.start(lcp.multilink(), authentication.peerName());
    }

    @Override
    public void encryptionFailed(Cause cause, String text) {
        end(new CloseReason(cause, PppProtocol.CCP, text), text);
    }

    @Override
    public void authenticationFailed(Cause cause, int protocol, String text) {
        end(new CloseReason(cause, protocol, text), "Authentication failed");
    }

    @Override
    public void networkFailed(Cause cause, int protocol, String text) {
        end(new CloseReason(cause, protocol, text), text);
    }

    @Override
    public int mtu() {
        return Math.min(config.link().mtu(), lcp.multilink().map(Multilink::peerMrru).orElseGet(lcp::peerMru))
                - encryption.overhead();
    }

    private void end(CloseReason why, String textForPeer) {
        if (over || reason != null) {
            return;
        }
        boolean neverOpened = phase == PppPhase.DEAD;
        note(why);
        if (neverOpened) {
            die();
        } else {
            enter(PppPhase.TERMINATE);
            lcp.automaton().close(textForPeer);
        }
    }

    /** The first reason is the one that counts. */
    private void note(CloseReason why) {
        if (reason == null) {
            reason = why;
        }
    }

    private void die() {
        if (over) {
            return;
        }
        over = true;
        stop();
        enter(PppPhase.DEAD);
        observer.linkClosed(reason);
    }

    private void stop() {
        authentication.stop();
        bundling.leave();
        networks.stop();
        encryption.stop();
    }

    private void enter(PppPhase next) {
        if (next != phase) {
            PppPhase before = phase;
            phase = next;
            observer.phaseChanged(before, next);
        }
    }

    PppStatus status() {
        return new PppStatus(phase, lcp.automaton().state().label(),
                networks.state(NetworkFamily.IPV4).label(), networks.state(NetworkFamily.IPV6).label(),
                lcp.localMru(), lcp.peerMru(), lcp.localMagic(), lcp.peerMagic(),
                lcp.peerProvesBy(), authentication.peerName(), lcp.weProveBy(), lcp.identification(),
                networks.open(NetworkFamily.IPV4).map(Network.Ipv4.class::cast),
                networks.open(NetworkFamily.IPV6).map(Network.Ipv6.class::cast),
                lcp.echo().sent(), lcp.echo().answered(), lcp.echo().outstanding(), lcp.echo().roundTripMillis());
    }

    long deadline() {
        long next = Math.min(lcp.automaton().deadline(), lcp.echo().deadline());
        next = Math.min(next, Math.min(authentication.deadline(), encryption.deadline()));
        return Math.min(next, networks.deadline());
    }

    void expire(long now) {
        if (lcp.automaton().deadline() <= now) {
            lcp.automaton().expire();
        }
        if (lcp.echo().deadline() <= now) {
            lcp.echo().expire();
        }
        authentication.expire(now);
        encryption.expire(now);
        networks.expire(now);
    }
}
