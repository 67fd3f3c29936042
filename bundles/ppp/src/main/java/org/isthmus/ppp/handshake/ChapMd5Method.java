package org.isthmus.ppp.handshake;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.AuthConfig.Credentials;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict.Accept;
import org.isthmus.ppp.auth.AuthenticationVerdict.Reject;
import org.isthmus.ppp.auth.ChapMd5;

/** RFC 1994: the value of a Response is an MD5 digest. */
final class ChapMd5Method implements ChapMethod {
    private static final int DIGEST = 16;

    @Override
    public int challengeLength() {
        return 16;
    }

    @Override
    public boolean acceptsChallenge(int length) {
        return length > 0;
    }

    @Override
    public Optional<AuthenticationAttempt> attempt(byte[] name, int identifier, byte[] challenge, byte[] value) {
        return value.length == DIGEST
                ? Optional.of(new AuthenticationAttempt.ChapMd5(name, identifier, challenge, value))
                : Optional.empty();
    }

    @Override
    public Optional<String> success(Accept accept) {
        return Optional.of(accept.message());
    }

    @Override
    public String failure(Reject reject, boolean retryAllowed, byte[] newChallenge) {
        return reject.message();
    }

    @Override
    public boolean allowsRetry() {
        return false;
    }

    @Override
    public Response respond(Credentials credentials, int identifier, byte[] challenge, RandomGenerator random) {
        return new Response(ChapMd5.response(identifier, credentials.password(), challenge), "", Optional.empty());
    }

    @Override
    public String explainFailure(String message) {
        return message;
    }
}
