package org.isthmus.ppp;

import java.nio.ByteBuffer;

/**
 * The head of a PPP frame as it travels in L2TP: no flags, no byte stuffing, no check sequence.
 *
 * <pre>
 *   [ FF 03 ]  protocol (1 or 2 octets)  information
 * </pre>
 *
 * FF 03 (address and control, RFC 1662 section 3.1) may be missing; the protocol has one octet where its first octet
 * would be 00 and was left out (RFC 1661 section 6.5).
 */
public final class PppFrame {
    /** The answer of {@link #readProtocol} for what is no PPP frame. */
    public static final int MALFORMED = -1;

    private PppFrame() {
    }

    /**
     * Reads the protocol number and leaves the buffer's position at the first octet of the information. Allocates
     * nothing, throws nothing; meant for the data path as well.
     *
     * @param frame what was received, from position to limit
     * @return the protocol number, 0 to 65535, or {@link #MALFORMED} (the position is then of no meaning)
     */
    public static int readProtocol(ByteBuffer frame) {
        int at = frame.position();
        int end = frame.limit();
        if (end - at >= 2 && frame.get(at) == (byte) 0xff && frame.get(at + 1) == 0x03) {
            at += 2;
        }
        if (at >= end) {
            return MALFORMED;
        }
        int protocol = frame.get(at++) & 0xff;
        if ((protocol & 1) == 0) {
            if (at >= end) {
                return MALFORMED;
            }
            protocol = protocol << 8 | frame.get(at++) & 0xff;
            // RFC 1661 section 2: the last octet of every protocol number is odd.
            if ((protocol & 1) == 0) {
                return MALFORMED;
            }
        }
        frame.position(at);
        return protocol;
    }
}
