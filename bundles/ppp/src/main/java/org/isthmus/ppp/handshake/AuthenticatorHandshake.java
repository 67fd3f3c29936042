package org.isthmus.ppp.handshake;

import org.isthmus.ppp.auth.AuthenticationVerdict;

/** The side that demands the proof. */
public interface AuthenticatorHandshake extends Handshake {

    /** The answer to the attempt that was told last. */
    void judged(AuthenticationVerdict verdict);
}
