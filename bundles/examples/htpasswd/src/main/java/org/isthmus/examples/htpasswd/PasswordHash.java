package org.isthmus.examples.htpasswd;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that is not kept: PBKDF2 with HMAC-SHA-256 (RFC 8018), written as
 *
 * <pre>
 * pbkdf2$ITERATIONS$SALT$HASH     salt and hash in Base64, the hash of 32 bytes
 * </pre>
 */
record PasswordHash(int iterations, byte[] salt, byte[] hash) {
    private static final String SCHEME = "pbkdf2";
    private static final int FEWEST = 1_000;
    private static final int MOST = 10_000_000;
    private static final int HASH_BYTES = 32;

    /** Empty if it is not written so. */
    static Optional<PasswordHash> parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            return Optional.empty();
        }
        try {
            PasswordHash parsed = new PasswordHash(Integer.parseInt(parts[1]), Base64.getDecoder().decode(parts[2]),
                    Base64.getDecoder().decode(parts[3]));
            boolean sound = parsed.iterations >= FEWEST && parsed.iterations <= MOST && parsed.salt.length > 0
                    && parsed.hash.length == HASH_BYTES;
            return sound ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    static PasswordHash of(String password, int iterations, byte[] salt) {
        return new PasswordHash(iterations, salt, derive(password, iterations, salt));
    }

    /** Takes some milliseconds, as it is meant to. */
    boolean isOf(String password) {
        return MessageDigest.isEqual(hash, derive(password, iterations, salt));
    }

    private static byte[] derive(String password, int iterations, byte[] salt) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 8 * HASH_BYTES);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no PBKDF2", missing);
        } finally {
            spec.clearPassword();
        }
    }

    /** As it stands in the file. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return SCHEME + "$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    @Override
    public String toString() {
        return "PasswordHash[hidden]";
    }
}
