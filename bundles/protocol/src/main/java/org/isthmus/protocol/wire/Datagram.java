package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;

/**
 * Reads the header of a datagram where it lies, without allocating.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |T|L|x|x|S|x|O|P|x|x|x|x|  Ver  |          Length (opt)         |
 * |           Tunnel ID           |           Session ID          |
 * |             Ns (opt)          |             Nr (opt)          |
 * |      Offset Size (opt)        |    Offset pad... (opt)        |
 * </pre>
 *
 * <p>The datagram is what lies between a buffer's position and limit; neither is moved. The
 * buffer's order is that of the network, which is the default. The readers of single
 * fields may be called only after {@link #kind} said {@link DatagramKind#CONTROL}; data messages are read by
 * {@link DataHeader}, save {@link #tunnelId} which fits both. RFC 2661 section 3.1.
 */
public final class Datagram {

    /** Octets of a control message's header, which are also all of a ZLB. */
    public static final int CONTROL_HEADER_BYTES = 12;

    static final int T = 0x8000;
    static final int L = 0x4000;
    static final int S = 0x0800;
    static final int O = 0x0200;
    static final int P = 0x0100;
    static final int VERSION_MASK = 0x000f;
    static final int VERSION = 2;
    /** Flags of every control message: T, L and S set, O and P clear. */
    static final int CONTROL_FLAGS = T | L | S | VERSION;

    private Datagram() {
    }

    /** What the datagram is. Reads the header only; at most a handful of octets are touched. */
    public static DatagramKind kind(ByteBuffer datagram) {
        int available = datagram.remaining();
        if (available < 6) {
            return DatagramKind.TOO_SHORT;
        }
        int at = datagram.position();
        int flags = datagram.getShort(at) & 0xffff;
        int version = flags & VERSION_MASK;
        if (version != VERSION) {
            return switch (version) {
                case 1 -> DatagramKind.L2F;
                case 3 -> DatagramKind.VERSION_3;
                default -> DatagramKind.UNKNOWN_VERSION;
            };
        }
        return (flags & T) != 0 ? controlKind(datagram, flags, available) : DataHeader.kind(datagram);
    }

    private static DatagramKind controlKind(ByteBuffer datagram, int flags, int available) {
        if ((flags & L) == 0) {
            return DatagramKind.CONTROL_WITHOUT_LENGTH;
        }
        if ((flags & S) == 0) {
            return DatagramKind.CONTROL_WITHOUT_SEQUENCE;
        }
        if ((flags & O) != 0) {
            return DatagramKind.CONTROL_WITH_OFFSET;
        }
        if (available < CONTROL_HEADER_BYTES) {
            return DatagramKind.TOO_SHORT;
        }
        int length = length(datagram);
        if (length < CONTROL_HEADER_BYTES) {
            return DatagramKind.LENGTH_BELOW_HEADER;
        }
        return length > available ? DatagramKind.LENGTH_BEYOND_DATAGRAM : DatagramKind.CONTROL;
    }

    /** The Length field of a control message: octets of the message, header included. */
    public static int length(ByteBuffer control) {
        return uint16(control, 2);
    }

    /** The receiver's tunnel identifier, of a control or a data message; 0 before one was assigned. */
    public static int tunnelId(ByteBuffer datagram) {
        boolean hasLength = (datagram.get(datagram.position()) & (L >> 8)) != 0;
        return uint16(datagram, hasLength ? 4 : 2);
    }

    /** The receiver's session identifier of a control message; 0 when it concerns the tunnel. */
    public static int sessionId(ByteBuffer control) {
        return uint16(control, 6);
    }

    /** The sequence number of a control message. */
    public static int ns(ByteBuffer control) {
        return uint16(control, 8);
    }

    /** The sequence number that the sender expects next. */
    public static int nr(ByteBuffer control) {
        return uint16(control, 10);
    }

    /** True for a Zero-Length Body message: a bare acknowledgement. */
    public static boolean isZlb(ByteBuffer control) {
        return length(control) == CONTROL_HEADER_BYTES;
    }

    private static int uint16(ByteBuffer datagram, int offset) {
        return datagram.getShort(datagram.position() + offset) & 0xffff;
    }
}
