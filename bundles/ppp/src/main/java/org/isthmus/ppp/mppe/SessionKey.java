package org.isthmus.ppp.mppe;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The key of one direction as it changes, and the cipher under it; RFC 3078 sections 5 and 7.3. Allocates nothing once made. */
final class SessionKey {
    private static final int DIGEST = 20;

    private final MppeStrength strength;
    private final int octets;
    private final byte[] start;
    private final byte[] current;
    private final byte[] saved;
    private final byte[] digest = new byte[DIGEST];
    private final MessageDigest sha1;
    private final Rc4 cipher = new Rc4();

    SessionKey(MppeStrength strength, byte[] startKey) {
        this.strength = strength;
        this.octets = strength.keyOctets();
        if (startKey.length < octets) {
            throw new IllegalArgumentException("MPPE with " + strength.bits() + " bits needs a start key of " + octets + " octets");
        }
        this.start = Arrays.copyOf(startKey, octets);
        this.current = start.clone();
        this.saved = start.clone();
        this.sha1 = Sha.sha1();
        digest();
        System.arraycopy(digest, 0, current, 0, octets);
        strength.weaken(current);
        restart();
    }

    /** GetNewKeyFromSHA. */
    private void digest() {
        sha1.update(start, 0, octets);
        sha1.update(Sha.PAD_1);
        sha1.update(current, 0, octets);
        sha1.update(Sha.PAD_2);
        try {
            sha1.digest(digest, 0, DIGEST);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-1 has more than " + DIGEST + " octets", e);
        }
    }

    /** Goes on to the next key; the cipher is of no use until {@link #restart}. */
    void change() {
        digest();
        cipher.key(digest, octets);
        cipher.crypt(digest, current, octets);
        strength.weaken(current);
    }

    /** The cipher begins anew under the present key. */
    void restart() {
        cipher.key(current, octets);
    }

    /** Remembers the present key. */
    void save() {
        System.arraycopy(current, 0, saved, 0, octets);
    }

    /** Goes back to the key that was saved. */
    void goBack() {
        System.arraycopy(saved, 0, current, 0, octets);
    }

    void crypt(ByteBuffer packet, int from, int to) {
        cipher.crypt(packet, from, to);
    }

    Rc4 cipher() {
        return cipher;
    }

    /** A copy of the present key. */
    byte[] octets() {
        return current.clone();
    }
}
