package org.isthmus.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.isthmus.ppp.mppe.StartKeys;

/**
 * The arithmetic of MS-CHAP, RFC 2433 appendix A and RFC 2759 section 8; the functions have the names of the RFCs.
 * Pure; lengths are the caller's affair where they are named.
 */
public final class MsChap {
    private static final byte[] MAGIC_1 =
            "Magic server to client signing constant".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MAGIC_2 =
            "Pad to make it do more than one iteration".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LM_CLEAR = "KGS!@#$%".getBytes(StandardCharsets.US_ASCII);

    private MsChap() {
    }

    /** NtPasswordHash: MD4 of the password in UTF-16, 16 octets. */
    public static byte[] ntPasswordHash(String password) {
        return Md4.digest(password.getBytes(StandardCharsets.UTF_16LE));
    }

    /** HashNtPasswordHash: MD4 of the hash, 16 octets. */
    public static byte[] hashNtPasswordHash(byte[] ntPasswordHash) {
        return Md4.digest(ntPasswordHash);
    }

    /** LmPasswordHash, RFC 2433 A.2: 16 octets. Never used to judge a peer, only for keys (RFC 3079 section 2). */
    public static byte[] lmPasswordHash(String password) {
        byte[] upper = Arrays.copyOf(password.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1), 14);
        byte[] hash = Arrays.copyOf(Des.encrypt(LM_CLEAR, upper, 0), 16);
        System.arraycopy(Des.encrypt(LM_CLEAR, upper, 7), 0, hash, 8, 8);
        return hash;
    }

    /** ChallengeResponse: 8 octets of challenge by a hash of 16 octets, 24 octets. The NT response of version 1. */
    public static byte[] challengeResponse(byte[] challenge, byte[] passwordHash) {
        byte[] keys = Arrays.copyOf(passwordHash, 21);
        byte[] response = new byte[24];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(Des.encrypt(challenge, keys, 7 * i), 0, response, 8 * i, 8);
        }
        return response;
    }

    /**
     * ChallengeHash: 8 octets.
     *
     * @param userName without a domain, as octets
     */
    public static byte[] challengeHash(byte[] peerChallenge, byte[] authenticatorChallenge, byte[] userName) {
        MessageDigest sha1 = sha1();
        sha1.update(peerChallenge);
        sha1.update(authenticatorChallenge);
        sha1.update(userName);
        return Arrays.copyOf(sha1.digest(), 8);
    }

    /** GenerateNTResponse: the NT response of version 2, 24 octets. */
    public static byte[] ntResponse(byte[] authenticatorChallenge, byte[] peerChallenge, byte[] userName,
            byte[] ntPasswordHash) {
        return challengeResponse(challengeHash(peerChallenge, authenticatorChallenge, userName), ntPasswordHash);
    }

    /** GenerateAuthenticatorResponse: {@code S=} and 40 hexadecimal digits in upper case. */
    public static String authenticatorResponse(byte[] ntPasswordHash, byte[] ntResponse, byte[] peerChallenge,
            byte[] authenticatorChallenge, byte[] userName) {
        MessageDigest sha1 = sha1();
        sha1.update(hashNtPasswordHash(ntPasswordHash));
        sha1.update(ntResponse);
        byte[] digest = sha1.digest(MAGIC_1);
        sha1.update(digest);
        sha1.update(challengeHash(peerChallenge, authenticatorChallenge, userName));
        return "S=" + HexFormat.of().withUpperCase().formatHex(sha1.digest(MAGIC_2));
    }

    /** What encryption starts from after version 1, the same at both ends. */
    public static StartKeys startKeysV1(String password, byte[] challenge) {
        return StartKeys.ofMsChapV1(hashNtPasswordHash(ntPasswordHash(password)), lmPasswordHash(password), challenge);
    }

    /** The user name without {@code DOMAIN\} before it: RFC 2759 section 8.2 hashes it so. */
    public static byte[] withoutDomain(byte[] name) {
        for (int i = name.length - 1; i >= 0; i--) {
            if (name[i] == '\\') {
                return Arrays.copyOfRange(name, i + 1, name.length);
            }
        }
        return name;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }
}
