package org.isthmus.dataplane.user;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.linux.Errno;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.SessionHeader;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts the L2TP header in front of a session's frames and sends them. Several threads may send at the same time; then two frames may
 * leave in the other order than their sequence numbers, and the peer drops one or puts them in order, as it may.
 */
final class FrameSender {

    /** The longest header: 6 bytes, length 2, sequence 4, offset 2 and 255, FF 03, PPP protocol 2; rounded up. */
    static final int HEADROOM = 288;

    private static final int V3_NUMBERS = 0xff_ffff;

    private final TunnelPort port;
    /** Of L2TPv3; null in L2TPv2. */
    private final SessionHeader header;
    private final int peerTunnelId;
    private final int peerSessionId;
    private final int flags;
    private final int offset;
    private final boolean priority;
    private final boolean hdlcHeader;
    private final int headerBytes;
    private final int dscp;
    private final AtomicInteger nextNumber;
    private volatile DataSequencing sequencing;
    /** The far end takes nothing now. */
    private volatile boolean held;

    FrameSender(TunnelPort port, TunnelSpec tunnel, SessionSpec spec) {
        this.port = port;
        this.peerTunnelId = tunnel.peerTunnelId();
        this.peerSessionId = spec.peerSessionId();
        this.dscp = spec.dscp();
        this.nextNumber = new AtomicInteger(spec.sequencing().first());
        this.hdlcHeader = spec.pseudowire() instanceof PppPseudowire ppp && ppp.hdlcHeader();
        DataSequencing wanted = spec.sequencing().required() && spec.sequencing().send() == DataSequencing.NONE
                ? DataSequencing.ALL : spec.sequencing().send();
        int hdlcBytes = hdlcHeader ? 2 : 0;
        if (spec.header() instanceof V3Header v3) {
            header = new SessionHeader(tunnel.encapsulation() == Encapsulation.UDP, peerSessionId, v3.peerCookie(), v3.sendSublayer());
            flags = 0;
            offset = 0;
            priority = false;
            headerBytes = hdlcBytes + header.bytes();
            sequencing = v3.sendSublayer() ? wanted : DataSequencing.NONE;
        } else {
            V2Header v2 = (V2Header) spec.header();
            header = null;
            flags = (v2.useLength() ? DataHeader.WITH_LENGTH : 0) | (v2.offset() > 0 ? DataHeader.WITH_OFFSET : 0);
            offset = v2.offset();
            priority = v2.usePriority();
            headerBytes = hdlcBytes + DataHeader.headerBytes(flags | DataHeader.WITH_SEQUENCE) + offset;
            sequencing = wanted;
        }
    }

    /** The most bytes that are put in front of a frame. */
    int headerBytes() {
        return headerBytes;
    }

    DataSequencing sequencing() {
        return sequencing;
    }

    int nextNumber() {
        return nextNumber.get();
    }

    /** Changes which frames are numbered; the numbers go on where they stopped. */
    void sequence(DataSequencing wanted) {
        sequencing = wanted;
    }

    void hold(boolean value) {
        held = value;
    }

    /**
     * Sends a frame; a PPP frame begins with the two bytes of its protocol.
     *
     * @param frame a direct buffer with {@link #headerBytes} of room in front of its position
     * @param ip    whether it is an IP packet, which needs less care than what is not
     * @return 0 or a negative errno
     */
    int send(ByteBuffer frame, boolean ip) {
        if (held) {
            return -Errno.ENETDOWN;
        }
        if (hdlcHeader) {
            frame.position(frame.position() - 2);
            frame.putShort(frame.position(), (short) 0xff03);
        }
        DataSequencing level = sequencing;
        boolean numbered = level == DataSequencing.ALL || level == DataSequencing.NON_IP && !ip;
        int number = numbered ? nextNumber.getAndIncrement() & V3_NUMBERS : SessionHeader.UNNUMBERED;
        if (header != null) {
            header.prepend(frame, number);
        } else {
            int all = flags | (numbered ? DataHeader.WITH_SEQUENCE : 0) | (priority && !ip ? DataHeader.WITH_PRIORITY : 0);
            DataHeader.prepend(frame, all, offset, peerTunnelId, peerSessionId, number);
        }
        return port.send(frame, dscp);
    }
}
