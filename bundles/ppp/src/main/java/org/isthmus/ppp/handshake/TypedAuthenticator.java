package org.isthmus.ppp.handshake;

import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.CollectedProof;
import org.isthmus.ppp.negotiation.ControlPacket;

/** Has a name and a password judged that were typed before PPP began: the peer expects no packet about it. */
public final class TypedAuthenticator implements AuthenticatorHandshake {
    private final HandshakeOwner owner;

    public TypedAuthenticator(HandshakeOwner owner) {
        this.owner = owner;
    }

    @Override
    public void start() {
        // There is nothing to ask for.
    }

    @Override
    public void startFrom(CollectedProof proof) {
        owner.attempt(proof.attempt());
    }

    @Override
    public void judged(AuthenticationVerdict verdict) {
        if (verdict instanceof AuthenticationVerdict.Reject reject) {
            owner.peerFailed(reject.message());
        } else {
            owner.peerProved();
        }
    }

    @Override
    public void receive(ControlPacket packet) {
        // None was agreed on, so none gets here.
    }

    @Override
    public int identifier() {
        return 0;
    }

    @Override
    public long deadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public void expire() {
    }
}
