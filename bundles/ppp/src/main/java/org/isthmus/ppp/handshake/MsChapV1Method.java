package org.isthmus.ppp.handshake;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.AuthConfig.Credentials;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict.Accept;
import org.isthmus.ppp.auth.AuthenticationVerdict.Reject;
import org.isthmus.ppp.auth.MsChap;
import org.isthmus.ppp.auth.MsChapFailure;

/** RFC 2433: the value of a Response is LM response (24 octets), NT response (24), "use the NT response" (1). */
final class MsChapV1Method implements MsChapMethod {
    private static final int CHALLENGE = 8;
    private static final int RESPONSE = 24;
    /** RFC 2433 section 6: which Change Password packet would be understood; it carries no M=. */
    private static final int VERSION = 2;

    @Override
    public int challengeLength() {
        return CHALLENGE;
    }

    @Override
    public Optional<AuthenticationAttempt> attempt(byte[] name, int identifier, byte[] challenge, byte[] value) {
        if (value.length != 2 * RESPONSE + 1) {
            return Optional.empty();
        }
        return Optional.of(new AuthenticationAttempt.MsChapV1(name, identifier, challenge,
                Arrays.copyOf(value, RESPONSE), Arrays.copyOfRange(value, RESPONSE, 2 * RESPONSE),
                value[2 * RESPONSE] == 1));
    }

    @Override
    public Optional<String> success(Accept accept) {
        return Optional.of(accept.message());
    }

    @Override
    public String failure(Reject reject, boolean retryAllowed, byte[] newChallenge) {
        return new MsChapFailure(reject.errorCode(), retryAllowed, newChallenge, VERSION, "").encode();
    }

    @Override
    public Response respond(Credentials credentials, int identifier, byte[] challenge, RandomGenerator random) {
        byte[] value = new byte[2 * RESPONSE + 1];
        byte[] response = MsChap.challengeResponse(challenge, MsChap.ntPasswordHash(credentials.password()));
        System.arraycopy(response, 0, value, RESPONSE, RESPONSE);
        value[2 * RESPONSE] = 1;
        return new Response(value, "", Optional.of(MsChap.startKeysV1(credentials.password(), challenge)));
    }
}
