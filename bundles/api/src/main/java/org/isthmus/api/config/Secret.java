package org.isthmus.api.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password or shared secret. Its text appears only when {@link #reveal} is called, never in {@code toString}. */
public final class Secret {
    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A secret that need not be text. */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** The secret itself, bytes that are no UTF-8 replaced. Callers must not log or print it. */
    public String reveal() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The secret as the protocols use it: a text in UTF-8. A fresh copy, which the caller may wipe. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(secret.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
