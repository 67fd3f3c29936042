package org.isthmus.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.isthmus.ppp.mppe.StartKeys;

/** Judges an {@link AuthenticationAttempt} by a clear-text password. Pure functions; comparisons take constant time. */
public final class Verifier {
    private static final String REFUSAL = "Authentication failed";

    private Verifier() {
    }

    /**
     * Judges an attempt by the password that is on record.
     *
     * @param attempt what the peer sent
     * @param password what it should know; an empty one is a password as any other, so refuse users without one before
     * @return an accept that is complete for the protocol, or a reject with error 691 and no retry
     */
    public static AuthenticationVerdict judge(AuthenticationAttempt attempt, String password) {
        if (attempt instanceof AuthenticationAttempt.Pap pap) {
            return verdict(pap.password(), password.getBytes(StandardCharsets.UTF_8));
        }
        if (attempt instanceof AuthenticationAttempt.ChapMd5 chap) {
            return verdict(chap.response(), ChapMd5.response(chap.identifier(), password, chap.challenge()));
        }
        byte[] hash = MsChap.ntPasswordHash(password);
        if (attempt instanceof AuthenticationAttempt.MsChapV1 chap) {
            // The LAN Manager response alone proves next to nothing (RFC 2433 section 7).
            return chap.ntResponseUsed()
                    && MessageDigest.isEqual(chap.ntResponse(), MsChap.challengeResponse(chap.challenge(), hash))
                    ? new AuthenticationVerdict.Accept("", "", Optional.of(MsChap.startKeysV1(password, chap.challenge())))
                    : AuthenticationVerdict.reject(REFUSAL);
        }
        return judgeV2((AuthenticationAttempt.MsChapV2) attempt, hash);
    }

    /** Some peers hash their name with the domain, though RFC 2759 says without. Either is a proof. */
    private static AuthenticationVerdict judgeV2(AuthenticationAttempt.MsChapV2 chap, byte[] hash) {
        byte[] whole = chap.nameOctets();
        byte[] bare = MsChap.withoutDomain(whole);
        for (byte[] name : bare.length == whole.length ? new byte[][] {whole} : new byte[][] {bare, whole}) {
            byte[] expected = MsChap.ntResponse(chap.challenge(), chap.peerChallenge(), name, hash);
            if (MessageDigest.isEqual(expected, chap.ntResponse())) {
                return new AuthenticationVerdict.Accept("", MsChap.authenticatorResponse(hash, chap.ntResponse(),
                        chap.peerChallenge(), chap.challenge(), name), Optional.of(StartKeys.ofMsChapV2(
                                MsChap.hashNtPasswordHash(hash), chap.ntResponse(), true)));
            }
        }
        return AuthenticationVerdict.reject(REFUSAL);
    }

    private static AuthenticationVerdict verdict(byte[] given, byte[] expected) {
        return MessageDigest.isEqual(given, expected)
                ? AuthenticationVerdict.accept() : AuthenticationVerdict.reject(REFUSAL);
    }
}
