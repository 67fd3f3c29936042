package org.isthmus.protocol.tunnel;

import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ChallengeResponse;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;

/** Tunnel authentication, both directions (RFC 2661 section 5.1.1): our challenge, and answers to the peer's. */
final class Handshake {

    private static final int CHALLENGE_BYTES = 16;

    /** What a message of the peer says about authentication. */
    enum Verdict {
        ACCEPTED(""),
        NO_RESPONSE("the peer did not answer our challenge"),
        WRONG_RESPONSE("the peer's answer to our challenge is wrong: the secrets differ"),
        NO_CHALLENGE("the peer did not challenge us, but the configuration demands it"),
        NO_SECRET("the peer demands authentication, but no secret is configured for it"),
        REFLECTED("the peer sent back a challenge of ours");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final TunnelConfig config;
    private final RandomGenerator random;
    private byte[] challenge = {};

    Handshake(TunnelConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
    }

    /** Our challenge, entered in the book; empty when the peer is not challenged. */
    byte[] challenge() {
        if (config.challenge()) {
            challenge = new byte[CHALLENGE_BYTES];
            random.nextBytes(challenge);
            config.challengeBook().add(challenge);
        }
        return challenge;
    }

    /** Our challenge that is not answered yet; empty when there is none. */
    byte[] outstanding() {
        return challenge;
    }

    /** This one was sent, and is not answered yet. */
    void resume(byte[] sent) {
        challenge = sent;
        if (sent.length > 0) {
            config.challengeBook().add(sent);
        }
    }

    /** Judges the challenge of an SCCRQ or SCCRP. */
    Verdict judgeChallenge(ControlMessage message) {
        if (!message.has(AvpType.CHALLENGE)) {
            return config.requirePeerChallenge() ? Verdict.NO_CHALLENGE : Verdict.ACCEPTED;
        }
        if (!config.hasSecret()) {
            return Verdict.NO_SECRET;
        }
        return config.challengeBook().contains(message.octets(AvpType.CHALLENGE))
                ? Verdict.REFLECTED : Verdict.ACCEPTED;
    }

    /** Judges the response of an SCCRP or SCCCN; our challenge is spent thereby. */
    Verdict judgeResponse(ControlMessage message) {
        if (challenge.length == 0) {
            return Verdict.ACCEPTED;
        }
        byte[] ours = challenge;
        forget();
        byte[] response = message.octets(AvpType.CHALLENGE_RESPONSE);
        if (response.length == 0) {
            return Verdict.NO_RESPONSE;
        }
        return ChallengeResponse.matches(response, message.type(), config.secret(), ours)
                ? Verdict.ACCEPTED : Verdict.WRONG_RESPONSE;
    }

    /** Our answer to the challenge in a message, to be carried by the message of this type; empty when none is due. */
    byte[] response(ControlMessage message, MessageType carrier) {
        return message.has(AvpType.CHALLENGE)
                ? ChallengeResponse.of(carrier, config.secret(), message.octets(AvpType.CHALLENGE)) : new byte[0];
    }

    /** Our challenge is no longer outstanding. */
    void forget() {
        config.challengeBook().remove(challenge);
        challenge = new byte[0];
    }
}
