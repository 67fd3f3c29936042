package org.isthmus.api.config;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A password or shared secret. Its text appears only when {@link #reveal} is called, never in {@code toString}. */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** The secret itself. Callers must not log or print it. */
    public String reveal() {
        return text;
    }

    /** The secret in UTF-8, as the protocols use it. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
