package org.isthmus.ppp;

import org.isthmus.ppp.lcp.LcpOptions;

/**
 * What the last LCP Configure-Requests of a link asked for: once LCP is open, what holds.
 *
 * @param sent     the options of ours, as on the wire
 * @param received the options of the peer's, as on the wire
 */
public record LcpRequests(byte[] sent, byte[] received) {

    /**
     * The characters that the peer wants escaped in what it receives (RFC 1662 section 7.1), bit n for character n: all
     * unless it said which.
     */
    public int peerAccm() {
        return accm(received);
    }

    /** The characters that we want escaped in what we receive: all unless we said which. */
    public int ourAccm() {
        return accm(sent);
    }

    private static int accm(byte[] options) {
        return LcpOptions.read(options).map(LcpOptions::accm).orElse(LcpOptions.ALL_CHARACTERS);
    }
}
