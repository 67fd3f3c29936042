package org.isthmus.protocol.wire;

/** How messages of version 3 are authenticated (RFC 3931 sections 4.3 and 5.4.1). */
public enum DigestType implements WireCode {
    /** Not at all; its code is none that the wire knows. */
    NONE(-1, "none", 0, ""),
    /** HMAC-MD5, which every implementation has. */
    MD5(0, "HMAC-MD5", 16, "HmacMD5"),
    /** HMAC-SHA-1. */
    SHA1(1, "HMAC-SHA-1", 20, "HmacSHA1");

    private final int code;
    private final String words;
    private final int bytes;
    private final String algorithm;

    DigestType(int code, String words, int bytes, String algorithm) {
        this.code = code;
        this.words = words;
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String words() {
        return words;
    }

    /** Octets of a digest. */
    public int bytes() {
        return bytes;
    }

    /** The name that the Java runtime knows it by. */
    String algorithm() {
        return algorithm;
    }
}
