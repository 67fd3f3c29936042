package org.isthmus.protocol.wire;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Hides and reveals the value of an AVP (RFC 2661 section 4.3).
 *
 * <p>Hidden AVP Subformat: Length of Original Value (2), the value, padding. With S the secret, RV the random
 * vector and AV the attribute number in 2 octets, its blocks p of 16 octets become
 * c1 = p1 xor MD5(AV + S + RV), ci = pi xor MD5(S + c(i-1)).
 */
final class AvpHiding {

    /** Octets of the length in front of the value. */
    static final int PREFIX_BYTES = 2;

    private AvpHiding() {
    }

    /** Turns a subformat into what goes on the wire, in place. */
    static void hide(int attribute, byte[] secret, byte[] randomVector, byte[] subformat) {
        MessageDigest md5 = Md5.digest();
        byte[] pad = firstPad(md5, attribute, secret, randomVector, 0, randomVector.length);
        for (int at = 0; at < subformat.length; at += Md5.BYTES) {
            int end = Math.min(subformat.length, at + Md5.BYTES);
            xor(subformat, at, end, pad);
            if (end < subformat.length) {
                md5.update(secret);
                md5.update(subformat, at, Md5.BYTES);
                pad = md5.digest();
            }
        }
    }

    /**
     * Reveals a value of the wire.
     *
     * @param bytes the message; the hidden value and the random vector lie in it
     * @return the original value; null when its length prefix does not fit, as with a wrong secret
     */
    static byte[] reveal(int attribute, byte[] secret, byte[] bytes, int vectorOffset, int vectorLength,
            int offset, int length) {
        if (length < PREFIX_BYTES) {
            return null;
        }
        MessageDigest md5 = Md5.digest();
        byte[] plain = Arrays.copyOfRange(bytes, offset, offset + length);
        byte[] pad = firstPad(md5, attribute, secret, bytes, vectorOffset, vectorLength);
        for (int at = 0; at < length; at += Md5.BYTES) {
            int end = Math.min(length, at + Md5.BYTES);
            xor(plain, at, end, pad);
            if (at == 0 && originalLength(plain) > length - PREFIX_BYTES) {
                return null;
            }
            if (end < length) {
                md5.update(secret);
                md5.update(bytes, offset + at, Md5.BYTES);
                pad = md5.digest();
            }
        }
        return Arrays.copyOfRange(plain, PREFIX_BYTES, PREFIX_BYTES + originalLength(plain));
    }

    private static int originalLength(byte[] subformat) {
        return (subformat[0] & 0xff) << 8 | subformat[1] & 0xff;
    }

    private static byte[] firstPad(MessageDigest md5, int attribute, byte[] secret, byte[] vector, int vectorOffset,
            int vectorLength) {
        md5.update((byte) (attribute >> 8));
        md5.update((byte) attribute);
        md5.update(secret);
        md5.update(vector, vectorOffset, vectorLength);
        return md5.digest();
    }

    private static void xor(byte[] value, int from, int to, byte[] pad) {
        for (int i = from; i < to; i++) {
            value[i] ^= pad[i - from];
        }
    }
}
