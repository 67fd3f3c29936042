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
 * <p>Control messages of version 3 have a Control Connection ID of 32 bits where version 2 has Tunnel ID and Session ID,
 * and no flags but T, L and S (RFC 3931 section 3.2.1). It stands for the tunnel identifier here.
 *
 * <p>The datagram is what lies between a buffer's position and limit; neither is moved. The
 * buffer's order is that of the network, which is the default. The readers of single
 * fields may be called only after {@link #kind} said that it {@link DatagramKind#isControl}; data messages are read by
 * {@link DataHeader}, save {@link #tunnelId} which fits both. RFC 2661 section 3.1.
 */
public final class Datagram {

    /** Octets of a control message's header, which are also all of a ZLB. */
    public static final int CONTROL_HEADER_BYTES = 12;

    /** Flags and version (2), reserved (2), session identifier (4): over UDP (RFC 3931 section 4.1.2.1). */
    private static final int V3_DATA_HEADER_BYTES = 8;

    static final int T = 0x8000;
    static final int L = 0x4000;
    static final int S = 0x0800;
    static final int O = 0x0200;
    static final int P = 0x0100;
    static final int VERSION_MASK = 0x000f;
    static final int VERSION = 2;
    static final int VERSION_3 = 3;
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
        return switch (version) {
            case VERSION -> (flags & T) != 0 ? controlKind(datagram, flags, available) : DataHeader.kind(datagram);
            case VERSION_3 -> (flags & T) != 0 ? controlKind(datagram, flags, available)
                    : available < V3_DATA_HEADER_BYTES ? DatagramKind.TOO_SHORT : DatagramKind.DATA_V3;
            case 1 -> DatagramKind.L2F;
            default -> DatagramKind.UNKNOWN_VERSION;
        };
    }

    /** Of version 3 the flags O and P are reserved, and ignored. */
    private static DatagramKind controlKind(ByteBuffer datagram, int flags, int available) {
        boolean version3 = (flags & VERSION_MASK) == VERSION_3;
        if ((flags & L) == 0) {
            return DatagramKind.CONTROL_WITHOUT_LENGTH;
        }
        if ((flags & S) == 0) {
            return DatagramKind.CONTROL_WITHOUT_SEQUENCE;
        }
        if ((flags & O) != 0 && !version3) {
            return DatagramKind.CONTROL_WITH_OFFSET;
        }
        if (available < CONTROL_HEADER_BYTES) {
            return DatagramKind.TOO_SHORT;
        }
        int length = length(datagram);
        if (length < CONTROL_HEADER_BYTES) {
            return DatagramKind.LENGTH_BELOW_HEADER;
        }
        if (length > available) {
            return DatagramKind.LENGTH_BEYOND_DATAGRAM;
        }
        return version3 ? DatagramKind.CONTROL_V3 : DatagramKind.CONTROL;
    }

    /** What the Ver field of a control message says. */
    public static ProtocolVersion version(ByteBuffer control) {
        boolean version3 = (control.get(control.position() + 1) & VERSION_MASK) == VERSION_3;
        return version3 ? ProtocolVersion.V3 : ProtocolVersion.V2;
    }

    /** The Length field of a control message: octets of the message, header included. */
    public static int length(ByteBuffer control) {
        return uint16(control, 2);
    }

    /**
     * The receiver's tunnel identifier, of a control message or a data message of version 2; 0 before one was assigned.
     */
    public static int tunnelId(ByteBuffer datagram) {
        if ((datagram.get(datagram.position() + 1) & VERSION_MASK) == VERSION_3) {
            return datagram.getInt(datagram.position() + 4);
        }
        boolean hasLength = (datagram.get(datagram.position()) & (L >> 8)) != 0;
        return uint16(datagram, hasLength ? 4 : 2);
    }

    /** The receiver's session identifier of a control message; 0 when it concerns the tunnel, and in version 3. */
    public static int sessionId(ByteBuffer control) {
        return version(control) == ProtocolVersion.V3 ? 0 : uint16(control, 6);
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

    /** True for a message that only acknowledges: a ZLB, or in version 3 an ACK. */
    public static boolean isAcknowledgement(ByteBuffer control) {
        return isZlb(control) || version(control) == ProtocolVersion.V3
                && messageCode(control) == MessageType.ACK.code();
    }

    /** The number of the message, read without a look at the rest; -1 when there is none. */
    static int messageCode(ByteBuffer control) {
        int value = CONTROL_HEADER_BYTES + Avp.HEADER_BYTES;
        return length(control) < value + 2 || uint16(control, CONTROL_HEADER_BYTES + 2) != 0
                || uint16(control, CONTROL_HEADER_BYTES + 4) != AvpType.MESSAGE_TYPE.attribute()
                ? -1 : uint16(control, value);
    }

    private static int uint16(ByteBuffer datagram, int offset) {
        return datagram.getShort(datagram.position() + offset) & 0xffff;
    }
}
