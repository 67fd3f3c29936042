package org.isthmus.ppp.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.AuthConfig.Credentials;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict.Accept;
import org.isthmus.ppp.auth.AuthenticationVerdict.Reject;
import org.isthmus.ppp.auth.MsChap;
import org.isthmus.ppp.auth.MsChapFailure;
import org.isthmus.ppp.mppe.StartKeys;

/** RFC 2759: the value of a Response is peer challenge (16 octets), zeros (8), NT response (24), flags (1). */
final class MsChapV2Method implements MsChapMethod {
    private static final int CHALLENGE = 16;
    private static final int RESERVED = 8;
    private static final int RESPONSE = 24;
    private static final int VALUE = CHALLENGE + RESERVED + RESPONSE + 1;
    private static final int VERSION = 3;

    @Override
    public int challengeLength() {
        return CHALLENGE;
    }

    @Override
    public Optional<AuthenticationAttempt> attempt(byte[] name, int identifier, byte[] challenge, byte[] value) {
        if (value.length != VALUE) {
            return Optional.empty();
        }
        return Optional.of(new AuthenticationAttempt.MsChapV2(name, identifier, challenge,
                Arrays.copyOf(value, CHALLENGE),
                Arrays.copyOfRange(value, CHALLENGE + RESERVED, CHALLENGE + RESERVED + RESPONSE),
                value[VALUE - 1] & 0xff));
    }

    @Override
    public Optional<String> success(Accept accept) {
        String proof = accept.authenticatorResponse();
        return proof.matches("S=[0-9A-Fa-f]{40}") ? Optional.of(proof + " M=" + accept.message()) : Optional.empty();
    }

    @Override
    public String failure(Reject reject, boolean retryAllowed, byte[] newChallenge) {
        return new MsChapFailure(reject.errorCode(), retryAllowed, newChallenge, VERSION, reject.message()).encode();
    }

    @Override
    public Response respond(Credentials credentials, int identifier, byte[] challenge, RandomGenerator random) {
        byte[] name = MsChap.withoutDomain(credentials.name().getBytes(StandardCharsets.UTF_8));
        byte[] hash = MsChap.ntPasswordHash(credentials.password());
        byte[] peerChallenge = new byte[CHALLENGE];
        random.nextBytes(peerChallenge);
        byte[] response = MsChap.ntResponse(challenge, peerChallenge, name, hash);
        byte[] value = ByteBuffer.allocate(VALUE).put(peerChallenge).putLong(0).put(response).array();
        return new Response(value, MsChap.authenticatorResponse(hash, response, peerChallenge, challenge, name),
                Optional.of(StartKeys.ofMsChapV2(MsChap.hashNtPasswordHash(hash), response, false)));
    }
}
