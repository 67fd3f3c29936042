package org.isthmus.ppp.handshake;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.AuthConfig.Credentials;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.AuthenticationVerdict.Accept;
import org.isthmus.ppp.auth.AuthenticationVerdict.Reject;
import org.isthmus.ppp.mppe.StartKeys;

/** What differs between CHAP with MD5 and the two versions of MS-CHAP. */
interface ChapMethod {

    /** The method of a protocol other than PAP. */
    static ChapMethod of(AuthenticationProtocol protocol) {
        return switch (protocol) {
            case MSCHAP_V1 -> new MsChapV1Method();
            case MSCHAP_V2 -> new MsChapV2Method();
            default -> new ChapMd5Method();
        };
    }

    /** How many octets our challenges have. */
    int challengeLength();

    /** Whether this method can work with a challenge of so many octets. */
    boolean acceptsChallenge(int length);

    /** Reads the value of a Response; empty if it is malformed. */
    Optional<AuthenticationAttempt> attempt(byte[] name, int identifier, byte[] challenge, byte[] value);

    /** The text of a Success; empty if the verdict lacks what the method needs. */
    Optional<String> success(Accept accept);

    /** The text of a Failure; the new challenge is for another try, if there is one. */
    String failure(Reject reject, boolean retryAllowed, byte[] newChallenge);

    /** Whether a Failure can allow another try. */
    boolean allowsRetry();

    /** The client's answer to a challenge. */
    Response respond(Credentials credentials, int identifier, byte[] challenge, RandomGenerator random);

    /** For people: what a Failure says. */
    String explainFailure(String message);

    /**
     * A client's answer.
     *
     * @param value for the Response packet
     * @param expectedSuccess what the text of the Success must begin with, by which the authenticator proves itself
     * @param keys what encryption starts from once it is accepted; empty with MD5
     */
    record Response(byte[] value, String expectedSuccess, Optional<StartKeys> keys) {
    }
}
