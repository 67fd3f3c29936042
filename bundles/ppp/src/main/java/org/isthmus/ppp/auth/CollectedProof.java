package org.isthmus.ppp.auth;

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

    @Override
    public String toString() {
        return "CollectedProof[" + attempt + "]";
    }
}
