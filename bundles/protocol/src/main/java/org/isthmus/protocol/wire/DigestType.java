package org.isthmus.protocol.wire;

/** How messages of version 3 are authenticated (RFC 3931 sections 4.3 and 5.4.1). */
public enum DigestType {
    /** Not at all. */
    NONE(-1, 0, ""),
    /** HMAC-MD5, which every implementation has. */
    MD5(0, 16, "HmacMD5"),
    /** HMAC-SHA-1. */
    SHA1(1, 20, "HmacSHA1");

    private final int number;
    private final int bytes;
    private final String algorithm;

    DigestType(int number, int bytes, String algorithm) {
        this.number = number;
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    /** The Digest Type on the wire; -1 for {@link #NONE}. */
    int number() {
        return number;
    }

    /** Octets of a digest. */
    public int bytes() {
        return bytes;
    }

    /** The name that the Java runtime knows it by. */
    String algorithm() {
        return algorithm;
    }

    /** The type with this number, or {@link #NONE}. */
    static DigestType of(int number) {
        return switch (number) {
            case 0 -> MD5;
            case 1 -> SHA1;
            default -> NONE;
        };
    }
}
