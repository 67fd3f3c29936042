package org.isthmus.ppp;

import java.util.Optional;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.CollectedProof;
import org.isthmus.ppp.handshake.AuthenticatorHandshake;
import org.isthmus.ppp.handshake.ChapAuthenticator;
import org.isthmus.ppp.handshake.ChapClient;
import org.isthmus.ppp.handshake.Handshake;
import org.isthmus.ppp.handshake.HandshakeOwner;
import org.isthmus.ppp.handshake.PapAuthenticator;
import org.isthmus.ppp.handshake.PapClient;
import org.isthmus.ppp.handshake.TypedAuthenticator;
import org.isthmus.ppp.mppe.StartKeys;
import org.isthmus.ppp.negotiation.ControlPacket;

/** The authentication phase, RFC 1661 section 3.5: both directions at once, and the time that they may take. */
final class Authentication implements HandshakeOwner {
    /** What the rest of the link is told. */
    interface Owner {
        /** Everybody has proved what was demanded; told once per start. */
        void authenticationDone();

        /** The link has to end. */
        void authenticationFailed(Cause cause, int protocol, String text);
    }

    private final AuthConfig config;
    private final LinkLine line;
    private final PppObserver observer;
    private final Owner owner;

    private Optional<AuthenticationProtocol> peerProtocol = Optional.empty();
    private Optional<AuthenticationProtocol> ownProtocol = Optional.empty();
    private AuthenticatorHandshake authenticator;
    private Handshake client;
    private AuthenticationAttempt pending;
    /** Only while its verdict is worked in: an attempt may hold a password, and a link lives long. */
    private AuthenticationAttempt judged;
    private String peerName = "";
    private Optional<StartKeys> judgedKeys = Optional.empty();
    /** Of the proof that was accepted last, whichever end gave it. */
    private Optional<StartKeys> keys = Optional.empty();
    private boolean peerProven;
    private boolean weProven;
    private boolean done;
    private long deadline = Long.MAX_VALUE;

    Authentication(AuthConfig config, LinkLine line, PppObserver observer, Owner owner) {
        this.config = config;
        this.line = line;
        this.observer = observer;
        this.owner = owner;
    }

    /**
     * LCP is open: begin with what it agreed on.
     *
     * @param proof what the peer has shown another end already
     */
    void start(Optional<AuthenticationProtocol> peerProvesBy, Optional<AuthenticationProtocol> weProveBy,
            Optional<CollectedProof> proof) {
        stop();
        peerProtocol = peerProvesBy;
        ownProtocol = weProveBy;
        peerProven = peerProvesBy.isEmpty() && proof.isEmpty();
        weProven = weProveBy.isEmpty();
        done = false;
        boolean typed = proof.isPresent() && !proof.get().inPpp();
        authenticator = typed ? new TypedAuthenticator(this) : peerProvesBy.map(this::authenticatorFor).orElse(null);
        client = weProveBy.map(this::clientFor).orElse(null);
        startClock();
        if (authenticator != null) {
            proof.ifPresentOrElse(authenticator::startFrom, authenticator::start);
        }
        if (client != null) {
            client.start();
        }
        endIfDone();
    }

    private AuthenticatorHandshake authenticatorFor(AuthenticationProtocol protocol) {
        return protocol == AuthenticationProtocol.PAP
                ? new PapAuthenticator(line, this)
                : new ChapAuthenticator(protocol, config, line, this);
    }

    private Handshake clientFor(AuthenticationProtocol protocol) {
        return protocol == AuthenticationProtocol.PAP
                ? new PapClient(config, line, this)
                : new ChapClient(protocol, config, this::isOurChallenge, line, this);
    }

    private boolean isOurChallenge(byte[] challenge) {
        return authenticator instanceof ChapAuthenticator chap && chap.isOwnChallenge(challenge);
    }

    /** Everybody has proved what was demanded, before. We may be challenged again at any time. */
    void restore(PppSnapshot before) {
        stop();
        peerProtocol = before.peerProvedBy();
        ownProtocol = before.weProvedBy();
        peerName = before.peerName();
        peerProven = true;
        weProven = true;
        done = true;
        client = ownProtocol.filter(protocol -> protocol != AuthenticationProtocol.PAP).map(this::clientFor).orElse(null);
    }

    /** LCP is no longer open. */
    void stop() {
        authenticator = null;
        client = null;
        pending = null;
        peerName = "";
        keys = Optional.empty();
        deadline = Long.MAX_VALUE;
    }

    /** What the peer tried and nobody has judged yet. */
    Optional<AuthenticationAttempt> pending() {
        return Optional.ofNullable(pending);
    }

    /** The identifier of the packet with which the peer tried last. */
    int attemptIdentifier() {
        return authenticator == null ? 0 : authenticator.identifier();
    }

    /** The name that the peer proved, empty if none. */
    String peerName() {
        return peerName;
    }

    /** What encryption starts from; empty if nobody gave a proof that brings keys. */
    Optional<StartKeys> keys() {
        return keys;
    }

    /** A PAP or CHAP packet while LCP is open. Packets of what was not agreed on are ignored. */
    void receive(int protocol, ControlPacket packet) {
        boolean chap = protocol == PppProtocol.CHAP;
        int code = packet.code();
        if (code < 1 || code > (chap ? 4 : 3)) {
            line.count(PppCounter.RX_UNKNOWN_CODE);
            return;
        }
        boolean toAuthenticator = code == (chap ? ChapAuthenticator.RESPONSE : PapAuthenticator.REQUEST);
        Handshake side = toAuthenticator ? authenticator : client;
        Optional<AuthenticationProtocol> agreed = toAuthenticator ? peerProtocol : ownProtocol;
        if (side == null || agreed.isEmpty() || agreed.get().protocol() != protocol) {
            line.count(PppCounter.RX_AUTH_NOT_NEGOTIATED);
            return;
        }
        side.receive(packet);
    }

    void result(AuthenticationAttempt attempt, AuthenticationVerdict verdict) {
        if (pending == null || attempt != pending) {
            return;
        }
        pending = null;
        if (verdict instanceof AuthenticationVerdict.Reject) {
            line.count(PppCounter.AUTH_FAILURES);
        }
        judged = attempt;
        judgedKeys = verdict instanceof AuthenticationVerdict.Accept accept ? accept.keys() : Optional.empty();
        authenticator.judged(verdict);
        judged = null;
        judgedKeys = Optional.empty();
    }

    @Override
    public void attempt(AuthenticationAttempt attempt) {
        line.count(PppCounter.AUTH_ATTEMPTS);
        if (done && !attempt.name().equals(peerName)) {
            peerFailed("it answered a later challenge as '" + attempt.name() + "', and was '" + peerName + "' before");
            return;
        }
        pending = attempt;
        if (deadline == Long.MAX_VALUE) {
            startClock();
        }
        observer.authenticate(attempt);
    }

    @Override
    public void peerProved() {
        if (done) {
            deadline = Long.MAX_VALUE;
            return;
        }
        peerProven = true;
        peerName = judged.name();
        keys = judgedKeys.or(() -> keys);
        observer.authenticated(judged);
        endIfDone();
    }

    @Override
    public void weProved(Optional<StartKeys> ofProof) {
        weProven = true;
        if (!done) {
            keys = ofProof.or(() -> keys);
        }
        endIfDone();
    }

    private void endIfDone() {
        if (!done && peerProven && weProven) {
            done = true;
            deadline = Long.MAX_VALUE;
            owner.authenticationDone();
        }
    }

    @Override
    public void peerFailed(String why) {
        fail(Cause.PEER_NOT_AUTHENTICATED, peerProtocol, "the peer failed to authenticate by " + label(peerProtocol)
                + (why.isEmpty() ? "" : ": " + why));
    }

    @Override
    public void weFailed(String why) {
        fail(Cause.WE_ARE_NOT_AUTHENTICATED, ownProtocol, why);
    }

    @Override
    public void peerSilent(String what) {
        fail(Cause.AUTHENTICATION_TIMEOUT, peerProtocol, what);
    }

    @Override
    public void judgeSilent(String what) {
        fail(Cause.AUTHENTICATION_TIMEOUT, ownProtocol, what);
    }

    private void startClock() {
        long timeout = config.timers().timeout().toMillis();
        deadline = timeout == 0 ? Long.MAX_VALUE : line.now() + timeout;
    }

    long deadline() {
        long next = deadline;
        next = authenticator == null ? next : Math.min(next, authenticator.deadline());
        return client == null ? next : Math.min(next, client.deadline());
    }

    void expire(long now) {
        if (deadline <= now) {
            expireWhole();
            return;
        }
        if (authenticator != null && authenticator.deadline() <= now) {
            authenticator.expire();
        }
        if (client != null && client.deadline() <= now) {
            client.expire();
        }
    }

    private void expireWhole() {
        deadline = Long.MAX_VALUE;
        String within = " within " + config.timers().timeout().toMillis() + " ms";
        if (pending != null) {
            fail(Cause.AUTHENTICATION_TIMEOUT, peerProtocol,
                    "nobody judged user '" + pending.name() + "'" + within + "; does the authenticator answer?");
        } else if (!peerProven) {
            fail(Cause.AUTHENTICATION_TIMEOUT, peerProtocol,
                    "the peer did not authenticate by " + label(peerProtocol) + within);
        } else {
            fail(Cause.AUTHENTICATION_TIMEOUT, ownProtocol,
                    "the peer demanded " + label(ownProtocol) + " and did not end it" + within);
        }
    }

    private void fail(Cause cause, Optional<AuthenticationProtocol> protocol, String text) {
        owner.authenticationFailed(cause, protocol.map(AuthenticationProtocol::protocol).orElse(0), text);
    }

    private static String label(Optional<AuthenticationProtocol> protocol) {
        return protocol.map(AuthenticationProtocol::label).orElse("nothing");
    }
}
