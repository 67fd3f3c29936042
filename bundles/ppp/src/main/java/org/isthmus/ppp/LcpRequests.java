package org.isthmus.ppp;

import java.nio.ByteBuffer;

/**
 * What the last LCP Configure-Requests of a link asked for: once LCP is open, what holds.
 *
 * @param sent     the options of ours, as on the wire
 * @param received the options of the peer's, as on the wire
 */
public record LcpRequests(byte[] sent, byte[] received) {
    private static final int ACCM = 2;
    private static final int ALL_CHARACTERS = -1;

    /** The characters that the peer wants escaped in what it receives (RFC 1662 section 7.1): all unless it said which. */
    public int peerAccm() {
        return accm(received);
    }

    /** The characters that we want escaped in what we receive: all unless we said which. */
    public int ourAccm() {
        return accm(sent);
    }

    private static int accm(byte[] options) {
        int at = 0;
        while (at + 2 <= options.length) {
            int length = options[at + 1] & 0xff;
            if (options[at] == ACCM && length == 6 && at + length <= options.length) {
                return ByteBuffer.wrap(options).getInt(at + 2);
            }
            at += Math.max(2, length);
        }
        return ALL_CHARACTERS;
    }
}
