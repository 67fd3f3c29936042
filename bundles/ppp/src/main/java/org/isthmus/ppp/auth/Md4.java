package org.isthmus.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** MD4, RFC 1320: no longer a part of Java, still a part of MS-CHAP. */
final class Md4 {
    private static final int BLOCK = 64;
    private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
    private static final int[] ROUND_2_ORDER = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
    private static final int[] ROUND_3_ORDER = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};

    private Md4() {
    }

    /** The 16 octets of the digest. */
    static byte[] digest(byte[] message) {
        int paddedLength = (message.length + 8) / BLOCK * BLOCK + BLOCK;
        byte[] padded = Arrays.copyOf(message, paddedLength);
        padded[message.length] = (byte) 0x80;
        ByteBuffer input = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        input.putLong(paddedLength - 8, 8L * message.length);

        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        int[] words = new int[16];
        while (input.hasRemaining()) {
            for (int i = 0; i < 16; i++) {
                words[i] = input.getInt();
            }
            mix(state, words);
        }
        ByteBuffer digest = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : state) {
            digest.putInt(word);
        }
        return digest.array();
    }

    private static void mix(int[] state, int[] words) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int step = 0; step < 48; step++) {
            int i = step % 16;
            int sum;
            if (step < 16) {
                sum = (b & c | ~b & d) + words[i];
            } else if (step < 32) {
                sum = (b & c | b & d | c & d) + words[ROUND_2_ORDER[i]] + 0x5a827999;
            } else {
                sum = (b ^ c ^ d) + words[ROUND_3_ORDER[i]] + 0x6ed9eba1;
            }
            int rotated = Integer.rotateLeft(a + sum, SHIFTS[step / 16][i % 4]);
            a = d;
            d = c;
            c = b;
            b = rotated;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
