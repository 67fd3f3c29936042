package org.isthmus.ppp.auth;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** DES of one block, as MS-CHAP uses it: keys of 7 octets without parity, RFC 2759 section 8.6. */
final class Des {
    private Des() {
    }

    /** Encrypts 8 octets by the 56 key bits that begin at an offset. */
    static byte[] encrypt(byte[] clear, byte[] keys, int offset) {
        try {
            Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(withParity(keys, offset), "DES"));
            return cipher.doFinal(clear);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no DES", e);
        }
    }

    /** Spreads 56 bits over 8 octets, and sets the lowest bit of each so that the number of ones is odd. */
    static byte[] withParity(byte[] keys, int offset) {
        long bits = 0;
        for (int i = 0; i < 7; i++) {
            bits = bits << 8 | keys[offset + i] & 0xff;
        }
        byte[] key = new byte[8];
        for (int i = 0; i < 8; i++) {
            int seven = (int) (bits >>> 49 - 7 * i) & 0x7f;
            key[i] = (byte) (seven << 1 | ~Integer.bitCount(seven) & 1);
        }
        return key;
    }
}
