package org.isthmus.protocol.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** MD5, which RFC 2661 uses for hiding and authentication. */
final class Md5 {

    static final int BYTES = 16;

    private Md5() {
    }

    /** A fresh digest; every Java runtime has to have it. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no MD5", e);
        }
    }
}
