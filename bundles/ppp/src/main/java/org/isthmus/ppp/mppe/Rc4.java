package org.isthmus.ppp.mppe;

import java.nio.ByteBuffer;

/** RC4, as MPPE needs it: keyed anew very often, and always with the same table. */
final class Rc4 {
    private static final int SIZE = 256;

    private final byte[] table = new byte[SIZE];
    private int i;
    private int j;

    /** Begins anew with this many octets of a key. */
    void key(byte[] key, int octets) {
        for (int n = 0; n < SIZE; n++) {
            table[n] = (byte) n;
        }
        int other = 0;
        int at = 0;
        for (int n = 0; n < SIZE; n++) {
            byte mine = table[n];
            other = other + mine + key[at] & 0xff;
            table[n] = table[other];
            table[other] = mine;
            at = at + 1 == octets ? 0 : at + 1;
        }
        i = 0;
        j = 0;
    }

    /** The next octet of the key stream, 0 to 255. */
    int next() {
        i = i + 1 & 0xff;
        byte a = table[i];
        j = j + a & 0xff;
        byte b = table[j];
        table[i] = b;
        table[j] = a;
        return table[a + b & 0xff] & 0xff;
    }

    /** Encrypts or decrypts in place, from one offset up to another. */
    void crypt(ByteBuffer packet, int from, int to) {
        for (int at = from; at < to; at++) {
            packet.put(at, (byte) (packet.get(at) ^ next()));
        }
    }

    /** Encrypts so many octets from one array into another. */
    void crypt(byte[] from, byte[] into, int octets) {
        for (int at = 0; at < octets; at++) {
            into[at] = (byte) (from[at] ^ next());
        }
    }
}
