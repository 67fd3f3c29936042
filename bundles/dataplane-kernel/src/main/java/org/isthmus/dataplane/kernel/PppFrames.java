package org.isthmus.dataplane.kernel;

import java.nio.ByteBuffer;

/** What PPP frames are, by the protocol that they begin with (RFC 1661 section 2). */
final class PppFrames {

    /** Address and control field, which the kernel puts in front of all that it sends (RFC 1662 section 3.1). */
    static final short HDLC = (short) 0xff03;
    /** FF 03 and the protocol. */
    static final int HEADER_BYTES = 4;
    /** The protocol of what is encrypted and the count (RFC 3078 section 3.1). */
    static final int ENCRYPTION_BYTES = 4;
    /** From here on protocols are for the link itself, and go to the channel. */
    private static final int FIRST_LINK_PROTOCOL = 0xc000;
    private static final int FIRST_CONTROL_PROTOCOL = 0x8000;
    /** RFC 3078 section 3. */
    private static final int ENCRYPTED = 0xfd;

    private PppFrames() {
    }

    /** Whether it is no network packet, which nobody can take before its network is up. A protocol of one octet is always a network's. */
    static boolean isControl(ByteBuffer frame, int at) {
        int first = frame.get(at) & 0xff;
        return (first & 1) == 0 && frame.limit() - at >= 2 && (frame.getShort(at) & 0xffff) >= FIRST_CONTROL_PROTOCOL;
    }

    /** Whether one that is sent is for the interface and what is configured there, not for the link. */
    static boolean isForUnit(ByteBuffer frame) {
        int protocol = frame.remaining() >= 2 ? frame.getShort(frame.position()) & 0xffff : 0;
        return protocol < FIRST_LINK_PROTOCOL;
    }

    /** What the kernel cannot decrypt, it leaves to whoever reads the unit. */
    static boolean isEncrypted(ByteBuffer frame) {
        int first = frame.get(0) & 0xff;
        return first == ENCRYPTED || frame.limit() >= 2 && frame.getShort(0) == ENCRYPTED;
    }
}
