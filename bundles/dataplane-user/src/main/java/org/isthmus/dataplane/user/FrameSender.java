package org.isthmus.dataplane.user;

import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.V2Header;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts the L2TP header in front of a session's PPP frames and sends them. The worker and the reader thread may send at the same time;
 * then two frames may leave in the other order than their sequence numbers, and the peer drops one, as it may.
 */
final class FrameSender {

    /** The longest header: 6 bytes, length 2, sequence 4, offset 2 and 255, FF 03, PPP protocol 2; rounded up. */
    static final int HEADROOM = 288;

    private final TunnelPort port;
    private final int peerTunnelId;
    private final int peerSessionId;
    private final int flags;
    private final int offset;
    private final boolean priority;
    private final boolean hdlcHeader;
    private final AtomicInteger nextNs = new AtomicInteger();
    private volatile boolean sequenced;

    FrameSender(TunnelPort port, int peerTunnelId, SessionSpec spec) {
        this.port = port;
        this.peerTunnelId = peerTunnelId;
        this.peerSessionId = spec.peerSessionId();
        V2Header header = (V2Header) spec.header();
        this.flags = (header.useLength() ? DataHeader.WITH_LENGTH : 0) | (header.offset() > 0 ? DataHeader.WITH_OFFSET : 0);
        this.offset = header.offset();
        this.priority = header.usePriority();
        this.hdlcHeader = ((PppPseudowire) spec.pseudowire()).hdlcHeader();
        this.sequenced = spec.sequencing().send() != DataSequencing.NONE || spec.sequencing().required();
    }

    boolean sequenced() {
        return sequenced;
    }

    /** Switches sequence numbers on or off; on again, they go on where they stopped. */
    void sequence(boolean on) {
        sequenced = on;
    }

    /**
     * Sends a PPP frame, which begins with the two bytes of its protocol.
     *
     * @param frame a direct buffer with {@link #HEADROOM} less 2 bytes of room in front of its position
     * @return 0 or a negative errno
     */
    int send(ByteBuffer frame, boolean control) {
        if (hdlcHeader) {
            frame.position(frame.position() - 2);
            frame.putShort(frame.position(), (short) 0xff03);
        }
        boolean withSequence = sequenced;
        int all = flags | (withSequence ? DataHeader.WITH_SEQUENCE : 0) | (control && priority ? DataHeader.WITH_PRIORITY : 0);
        DataHeader.prepend(frame, all, offset, peerTunnelId, peerSessionId, withSequence ? nextNs.getAndIncrement() : 0);
        return port.send(frame);
    }
}
