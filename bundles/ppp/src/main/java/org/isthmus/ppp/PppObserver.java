package org.isthmus.ppp;

import java.nio.ByteBuffer;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.mppe.Encryption;

/**
 * What a link tells, on the thread that called it. An observer may call the link back from within any of these;
 * such a call takes effect when the running one has ended.
 */
public interface PppObserver {

    /**
     * A frame for the peer. It begins with the two octets of the PPP protocol number; whether FF 03 goes before it is
     * the data path's affair.
     *
     * @param frame from position to limit; it is not touched again by the link
     */
    void send(ByteBuffer frame);

    /** The link went from one phase to another. */
    void phaseChanged(PppPhase from, PppPhase to);

    /**
     * The peer says who it is. Answer with {@link PppLink#authenticationResult}, now or later; until then the link
     * waits, at most {@link AuthConfig.Timers#timeout}.
     */
    void authenticate(AuthenticationAttempt attempt);

    /** The peer has proved to be this user; told once per link start, not for later challenges. */
    void authenticated(AuthenticationAttempt attempt);

    /**
     * Addresses are needed. Answer with {@link PppLink#addressesGiven} or {@link PppLink#addressesRefused}, now or
     * later. Asked again if the peer negotiates the link anew; the same addresses may then be given again.
     */
    void addressesNeeded(AddressRequest request);

    /**
     * Asked before each question whether the peer lives: whether it is known why it answers nothing, and that it may again.
     * The questions of before then do not count, so the link does not end.
     */
    default boolean peerMayBeSilent() {
        return false;
    }

    /**
     * Both ends may bundle the link with others (RFC 1990), and authentication is done. Answer with {@link PppLink#leadBundle}
     * or {@link PppLink#joinBundle}, now or later; no network protocol runs before. Asked only where
     * {@link LinkConfig#multilink} is present, and again if the peer negotiates the link anew.
     *
     * @param userName the name that the peer has proved, or empty
     */
    default void bundleNeeded(Multilink agreed, String userName) {
    }

    /**
     * The link is in no bundle any more, since it ends or is negotiated anew. Told before {@link #networkDown} of what ran on
     * it, so that another link can go on with that.
     */
    default void bundleLeft() {
    }

    /**
     * Packets have to be encrypted: CCP begins once the data path is ready. Answer with {@link PppLink#encryptionPossible} or
     * {@link PppLink#encryptionRefused}, now or later. Asked again when the link negotiates anew.
     */
    default void encryptionNeeded(EncryptionRequest request) {
    }

    /** From now on network packets are encrypted, both ways, and others are not to be taken. */
    default void encryptionUp(Encryption encryption) {
    }

    /** No network packet may be sent or taken until {@link #encryptionUp}; the networks stay as they are. */
    default void encryptionDown() {
    }

    /** From now on packets of this family may be sent, and are to be taken from the peer. */
    void networkUp(Network network);

    /** No packet of this family may be sent or taken any more. */
    void networkDown(NetworkFamily family);

    /** The link has ended. Told exactly once, last; the link does nothing after it. */
    void linkClosed(CloseReason reason);
}
