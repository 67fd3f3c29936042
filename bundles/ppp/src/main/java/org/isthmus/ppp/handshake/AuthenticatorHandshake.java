package org.isthmus.ppp.handshake;

import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.CollectedProof;

/** The side that demands the proof. */
public interface AuthenticatorHandshake extends Handshake {

    /** Begins with a proof that another end collected, instead of {@link #start}: it waits for its verdict. */
    void startFrom(CollectedProof proof);

    /** The answer to the attempt that was told last. */
    void judged(AuthenticationVerdict verdict);

    /** The identifier of the packet with which the peer tried last. */
    int identifier();
}
