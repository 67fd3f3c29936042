package org.isthmus.ppp.handshake;

import java.util.Optional;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.mppe.StartKeys;

/** What a handshake tells the link that it belongs to. */
public interface HandshakeOwner {

    /** The peer tries; the answer goes to {@link AuthenticatorHandshake#judged}. */
    void attempt(AuthenticationAttempt attempt);

    /** The peer proved itself, for the first time or once more. */
    void peerProved();

    /** The peer did not prove itself, and has no further try. */
    void peerFailed(String why);

    /**
     * The peer accepted us.
     *
     * @param keys what encryption starts from, where the protocol has any
     */
    void weProved(Optional<StartKeys> keys);

    /** The peer did not accept us, or we do not accept it as a judge. */
    void weFailed(String why);

    /** The peer did not answer our demand for a proof. */
    void peerSilent(String what);

    /** The peer did not judge our proof. */
    void judgeSilent(String what);
}
