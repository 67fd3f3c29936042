package org.isthmus.ppp.handshake;

import java.util.Optional;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;

/**
 * What a peer sent to another end to prove who it is, and which is judged here.
 *
 * @param identifier the identifier of the peer's packet, which the answer to it has to carry
 * @param challenge  what the peer was sent, empty where there was no challenge
 * @param attempt    what it answered
 * @param inPpp      whether it was a packet of PPP, which wants an answer; else it was typed before PPP began
 */
public record CollectedProof(int identifier, byte[] challenge, AuthenticationAttempt attempt, boolean inPpp) {

    /** By PAP, or typed before PPP. */
    public static CollectedProof pap(byte[] name, int identifier, byte[] password, boolean inPpp) {
        return new CollectedProof(identifier, new byte[0], new AuthenticationAttempt.Pap(name, password), inPpp);
    }

    /** By CHAP of any kind; empty if challenge or response cannot be of that kind. */
    public static Optional<CollectedProof> chap(AuthenticationProtocol protocol, byte[] name, int identifier,
            byte[] challenge, byte[] response) {
        ChapMethod method = ChapMethod.of(protocol);
        if (!method.acceptsChallenge(challenge.length)) {
            return Optional.empty();
        }
        return method.attempt(name, identifier, challenge, response)
                .map(attempt -> new CollectedProof(identifier, challenge, attempt, true));
    }

    @Override
    public String toString() {
        return "CollectedProof[" + attempt + "]";
    }
}
