package org.isthmus.ppp.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.PppProtocol;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.AuthenticationVerdict.Accept;
import org.isthmus.ppp.auth.AuthenticationVerdict.Reject;
import org.isthmus.ppp.auth.CollectedProof;
import org.isthmus.ppp.auth.MsChapFailure;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Line;

/** CHAP as the authenticator, RFC 1994 section 4, with the further tries of MS-CHAP. */
public final class ChapAuthenticator implements AuthenticatorHandshake {
    public static final int CHALLENGE = 1;
    public static final int RESPONSE = 2;
    static final int SUCCESS = 3;
    static final int FAILURE = 4;

    private enum State { WAITS_FOR_RESPONSE, WAITS_FOR_VERDICT, ANSWERED }

    private final AuthConfig config;
    private final AuthenticationProtocol protocol;
    private final ChapMethod method;
    private final Line line;
    private final HandshakeOwner owner;
    private State state = State.ANSWERED;
    private int identifier;
    private byte[] challenge = {};
    private int challenges;
    private int tries;
    private int replyCode;
    private String replyMessage = "";
    private long deadline = Long.MAX_VALUE;

    public ChapAuthenticator(AuthenticationProtocol protocol, AuthConfig config, Line line, HandshakeOwner owner) {
        this.config = config;
        this.protocol = protocol;
        this.method = ChapMethod.of(protocol);
        this.line = line;
        this.owner = owner;
    }

    /** Whether these octets are the challenge that the peer has to answer now: it must not have us answer it. */
    public boolean isOwnChallenge(byte[] octets) {
        return state != State.ANSWERED && Arrays.equals(challenge, octets);
    }

    @Override
    public void start() {
        identifier = line.random().nextInt(256);
        challengeAnew();
    }

    /** What another end collected by CHAP of any kind; empty if challenge or response cannot be of that kind. */
    public static Optional<CollectedProof> collected(AuthenticationProtocol protocol, byte[] name, int identifier,
            byte[] challenge, byte[] response) {
        ChapMethod method = ChapMethod.of(protocol);
        if (!method.acceptsChallenge(challenge.length)) {
            return Optional.empty();
        }
        return method.attempt(name, identifier, challenge, response)
                .map(attempt -> new CollectedProof(identifier, challenge, attempt, true));
    }

    @Override
    public void startFrom(CollectedProof proof) {
        identifier = proof.identifier();
        challenge = proof.challenge();
        state = State.WAITS_FOR_VERDICT;
        owner.attempt(proof.attempt());
    }

    @Override
    public int identifier() {
        return identifier;
    }

    private void challengeAnew() {
        challenges = 0;
        tries = 0;
        sendChallenge();
    }

    /** "The Challenge Value MUST be changed each time a Challenge is sent", and the identifier too (section 4.1). */
    private void sendChallenge() {
        challenges++;
        newChallenge();
        state = State.WAITS_FOR_RESPONSE;
        deadline = line.now() + config.timers().chapRestart().toMillis();
        byte[] name = config.localName().getBytes(StandardCharsets.UTF_8);
        send(CHALLENGE, new ChapValue(challenge, name).encode());
    }

    private void newChallenge() {
        identifier = identifier + 1 & 0xff;
        challenge = new byte[method.challengeLength()];
        line.random().nextBytes(challenge);
    }

    @Override
    public void receive(ControlPacket packet) {
        Optional<ChapValue> response = ChapValue.parse(packet);
        if (response.isEmpty()) {
            line.count(PppCounter.RX_MALFORMED);
            return;
        }
        if (packet.identifier() != identifier) {
            line.count(PppCounter.RX_UNEXPECTED_ANSWER);
            return;
        }
        switch (state) {
            case WAITS_FOR_RESPONSE -> {
                Optional<AuthenticationAttempt> attempt = method.attempt(response.get().name(), identifier,
                        challenge, response.get().value());
                if (attempt.isEmpty()) {
                    line.count(PppCounter.RX_MALFORMED);
                    return;
                }
                state = State.WAITS_FOR_VERDICT;
                deadline = Long.MAX_VALUE;
                owner.attempt(attempt.get());
            }
            // "MUST return the same reply Code previously returned": the reply was lost.
            case ANSWERED -> reply();
            case WAITS_FOR_VERDICT -> { }
        }
    }

    @Override
    public void judged(AuthenticationVerdict verdict) {
        if (state != State.WAITS_FOR_VERDICT) {
            return;
        }
        if (verdict instanceof Accept accept) {
            Optional<String> message = method.success(accept);
            if (message.isPresent()) {
                succeed(message.get());
            } else {
                fail(new Reject("Authentication failed", MsChapFailure.AUTHENTICATION_FAILURE, false),
                        "the judge accepted the peer but gave no authenticator response (S=) for " + protocol.label());
            }
        } else if (verdict instanceof Reject reject) {
            fail(reject, reject.message());
        }
    }

    private void succeed(String message) {
        state = State.ANSWERED;
        replyCode = SUCCESS;
        replyMessage = message;
        reply();
        long interval = config.timers().chapRechallenge().toMillis();
        deadline = interval == 0 ? Long.MAX_VALUE : line.now() + interval;
        owner.peerProved();
    }

    private void fail(Reject reject, String why) {
        boolean retry = method.allowsRetry() && reject.retryAllowed() && ++tries < MsChapFailure.MAX_TRIES;
        int failed = identifier;
        newChallenge();
        replyCode = FAILURE;
        replyMessage = method.failure(reject, retry, challenge);
        send(FAILURE, failed, octets(replyMessage));
        if (retry) {
            // "The packet sequence ID is incremented on each authentication retry" (RFC 2759 section 9)
            state = State.WAITS_FOR_RESPONSE;
            deadline = line.now() + config.timers().chapRestart().toMillis();
            return;
        }
        identifier = failed;
        state = State.ANSWERED;
        deadline = Long.MAX_VALUE;
        owner.peerFailed(why);
    }

    private void reply() {
        send(replyCode, octets(replyMessage));
    }

    private static byte[] octets(String message) {
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        return octets.length <= 512 ? octets : Arrays.copyOf(octets, 512);
    }

    private void send(int code, byte[] data) {
        send(code, identifier, data);
    }

    private void send(int code, int packetIdentifier, byte[] data) {
        line.send(PppProtocol.CHAP, ControlPacket.encode(code, packetIdentifier, data));
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public void expire() {
        deadline = Long.MAX_VALUE;
        if (state == State.ANSWERED) {
            challengeAnew();
        } else if (challenges < config.timers().chapMaxChallenges()) {
            sendChallenge();
        } else {
            owner.peerSilent("the peer did not answer " + challenges + " " + protocol.label() + " challenges");
        }
    }
}
