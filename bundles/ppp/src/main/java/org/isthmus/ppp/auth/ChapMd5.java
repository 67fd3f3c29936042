package org.isthmus.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The arithmetic of CHAP with MD5, RFC 1994 section 4.1. */
public final class ChapMd5 {
    private ChapMd5() {
    }

    /**
     * MD5 of identifier, secret and challenge: 16 octets.
     *
     * @param identifier 0 to 255
     * @param secret the password; hashed as UTF-8
     */
    public static byte[] response(int identifier, String secret, byte[] challenge) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update((byte) identifier);
            md5.update(secret.getBytes(StandardCharsets.UTF_8));
            return md5.digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }
}
