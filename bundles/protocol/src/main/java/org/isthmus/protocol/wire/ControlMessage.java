package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;

/** A control message that could be read. */
public final class ControlMessage implements Decoded {

    /** Octets of a message that is still read. */
    public static final int MAX_BYTES = 4096;
    /** AVPs in a message that is still read. */
    public static final int MAX_AVPS = 64;

    private ControlMessage() {
    }

    /**
     * Reads a control message.
     *
     * @param secret for hidden AVPs; empty when there is none
     */
    public static Decoded decode(ByteBuffer datagram, byte[] secret) {
        return new Rejection(Rejection.Reason.BAD_HEADER, MessageType.ZLB, "");
    }
}
