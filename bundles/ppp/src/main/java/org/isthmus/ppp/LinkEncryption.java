package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.ccp.Ccp;
import org.isthmus.ppp.ccp.CcpOwner;
import org.isthmus.ppp.mppe.Encryption;
import org.isthmus.ppp.mppe.MppeSender;
import org.isthmus.ppp.mppe.MppeStrength;
import org.isthmus.ppp.mppe.StartKeys;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Ending;
import org.isthmus.ppp.negotiation.Option;
import org.isthmus.ppp.negotiation.RateLimit;

/**
 * Encryption where it is required: asks whether the data path is ready for it, has CCP negotiate it, and lets the network protocols begin
 * once it is there.
 */
final class LinkEncryption implements CcpOwner {
    /** What the rest of the link is told. */
    interface Owner {
        /** Packets may pass: the network protocols begin. Told once per start. */
        void encryptionReady();

        /** The link has to end. */
        void encryptionFailed(Cause cause, String text);
    }

    private final PppConfig config;
    private final LinkLine line;
    private final PppObserver observer;
    private final Owner owner;

    private final RateLimit renegotiations = new RateLimit(10, 60_000);

    private Optional<StartKeys> keys = Optional.empty();
    private EncryptionRequest request;
    private long requestDeadline = Long.MAX_VALUE;
    private Optional<ControlPacket> early = Optional.empty();
    private Ccp ccp;
    private Optional<Encryption> open = Optional.empty();
    private boolean wasOpen;

    LinkEncryption(PppConfig config, LinkLine line, PppObserver observer, Owner owner) {
        this.config = config;
        this.line = line;
        this.observer = observer;
        this.owner = owner;
    }

    /** Whether CCP is spoken on this link. */
    boolean wanted() {
        return config.mppe().required();
    }

    /** Whether the network protocols have to wait for it still. */
    boolean holdsNetworks() {
        return wanted() && !wasOpen;
    }

    /** By how much a packet grows, octets. */
    int overhead() {
        return wanted() ? MppeSender.OVERHEAD : 0;
    }

    /** What both ends have agreed on, while it holds. */
    Optional<Encryption> open() {
        return open;
    }

    /** Authentication is done: go for it. */
    void start(Optional<StartKeys> ofProof) {
        keys = ofProof;
        if (keys.isEmpty()) {
            owner.encryptionFailed(Cause.ENCRYPTION_IMPOSSIBLE, "encryption is required and there are no keys for it: they come from"
                    + " MS-CHAP, and nobody proved a name by it, or its judge gave no keys");
            return;
        }
        ask();
    }

    private void ask() {
        request = new EncryptionRequest(keys.orElseThrow());
        long timeout = config.auth().timers().timeout().toMillis();
        requestDeadline = timeout == 0 ? Long.MAX_VALUE : line.now() + timeout;
        observer.encryptionNeeded(request);
    }

    private void endRequest() {
        request = null;
        requestDeadline = Long.MAX_VALUE;
    }

    /** LCP is no longer open. */
    void stop() {
        keys = Optional.empty();
        wasOpen = false;
        abandon();
    }

    private void abandon() {
        endRequest();
        early = Optional.empty();
        if (ccp != null) {
            ccp.automaton().down();
            ccp = null;
        }
    }

    /** The data path has lost what it knew: everything from the question on once more. */
    void restart() {
        if (keys.isPresent()) {
            abandon();
            ask();
        }
    }

    void possible(EncryptionRequest answered, Set<MppeStrength> strengths) {
        if (request == null || answered != request) {
            return;
        }
        endRequest();
        Set<MppeStrength> allowed = new TreeSet<>(config.mppe().strengths());
        allowed.retainAll(strengths);
        if (allowed.isEmpty()) {
            owner.encryptionFailed(Cause.ENCRYPTION_IMPOSSIBLE, "encryption is required with "
                    + bits(config.mppe().strengths()) + ", and the data path can do " + bits(strengths));
            return;
        }
        ccp = new Ccp(config.mppe(), allowed, keys.orElseThrow(), line, this);
        ccp.automaton().open();
        ccp.automaton().up();
        early.ifPresent(ccp.automaton()::receive);
        early = Optional.empty();
    }

    private static String bits(Set<MppeStrength> strengths) {
        return strengths.isEmpty() ? "none" : String.join(", ", strengths.stream().sorted()
                .map(strength -> String.valueOf(strength.bits())).toList()) + " bits";
    }

    void refused(EncryptionRequest answered, String why) {
        if (request != null && answered == request) {
            endRequest();
            owner.encryptionFailed(Cause.ENCRYPTION_IMPOSSIBLE, "encryption is required and not possible: " + why);
        }
    }

    /** A packet of CCP. While the data path gets ready, the last request of the peer is kept. */
    void receive(ControlPacket packet) {
        if (beginsAnew(packet)) {
            line.count(PppCounter.RENEGOTIATIONS);
            if (!renegotiations.allows(line.now())) {
                ccpFinished(Ending.NOT_CONVERGING, "");
                return;
            }
            restart();
        }
        if (ccp != null) {
            ccp.automaton().receive(packet);
        } else if (request != null && packet.code() == ControlPacket.CONFIGURE_REQUEST) {
            early = Optional.of(new ControlPacket(packet.code(), packet.identifier(), ByteBuffer.wrap(packet.bytes())));
        } else {
            line.count(PppCounter.RX_OUT_OF_PHASE);
        }
    }

    /** Whether the peer takes down what is open: the data path has to get ready before the first answer. */
    private boolean beginsAnew(ControlPacket packet) {
        return open.isPresent() && packet.code() == ControlPacket.CONFIGURE_REQUEST && Option.parse(packet.data()).isPresent();
    }

    /** The peer does not speak CCP. */
    void rejected() {
        if (ccp != null) {
            ccp.automaton().rejected();
        }
    }

    /** What the peer sends cannot be decrypted. */
    void outOfStep(boolean passed) {
        if (ccp != null && !ccp.reset(passed)) {
            restart();
        }
    }

    @Override
    public void ccpUp() {
        open = Optional.of(ccp.agreed());
        observer.encryptionUp(open.get());
        if (!wasOpen) {
            wasOpen = true;
            owner.encryptionReady();
        }
    }

    @Override
    public void ccpUnusable() {
        Ccp unusable = ccp;
        line.later(() -> unusable.automaton().close("MPPE required"));
    }

    @Override
    public void ccpDown() {
        if (open.isPresent()) {
            open = Optional.empty();
            observer.encryptionDown();
            if (ccp.automaton().state().negotiates()) {
                line.later(this::restart);
            }
        }
    }

    @Override
    public void ccpFinished(Ending ending, String detail) {
        owner.encryptionFailed(Cause.ENCRYPTION_REFUSED,
                "encryption is required, and the peer refuses it (CCP: " + (detail.isEmpty() ? ending.text() : detail) + ")");
    }

    long deadline() {
        return Math.min(requestDeadline, ccp == null ? Long.MAX_VALUE : ccp.automaton().deadline());
    }

    void expire(long now) {
        if (requestDeadline <= now) {
            refused(request, "the data path was not ready within " + config.auth().timers().timeout().toMillis() + " ms");
        }
        if (ccp != null && ccp.automaton().deadline() <= now) {
            ccp.automaton().expire();
        }
    }
}
