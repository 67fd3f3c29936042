package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;

/**
 * The header of an L2TPv2 data message: a reusable holder to parse into, and a writer. Neither allocates.
 *
 * <p>Layout as in {@link Datagram}; all of L, S and O are optional, P asks for preferential treatment.
 * Tolerant on receive: reserved bits are ignored, and what follows the octets that a Length field counts is
 * cut off. One holder belongs to one thread. RFC 2661 section 3.1.
 */
public final class DataHeader {

    /** Write a Length field (L). */
    public static final int WITH_LENGTH = Datagram.L;
    /** Write Ns and Nr (S). */
    public static final int WITH_SEQUENCE = Datagram.S;
    /** Write an Offset Size field and its padding (O). */
    public static final int WITH_OFFSET = Datagram.O;
    /** Ask for preferential treatment (P). */
    public static final int WITH_PRIORITY = Datagram.P;

    private static final int OPTIONS = WITH_LENGTH | WITH_SEQUENCE | WITH_OFFSET | WITH_PRIORITY;

    private int tunnelId;
    private int sessionId;
    private int ns;
    private boolean sequenced;
    private boolean priority;
    private int payloadPosition;
    private int payloadLength;

    /**
     * Reads the header of the data message between the buffer's position and limit, moving neither.
     *
     * @return {@link DatagramKind#DATA} when the fields of this holder are filled; otherwise what is wrong,
     *         and the fields hold nothing of use
     */
    public DatagramKind parse(ByteBuffer datagram) {
        DatagramKind kind = kind(datagram);
        if (kind != DatagramKind.DATA) {
            return kind;
        }
        int start = datagram.position();
        int flags = datagram.getShort(start) & 0xffff;
        int at = start + 2;
        int end = datagram.limit();
        if ((flags & WITH_LENGTH) != 0) {
            end = start + (datagram.getShort(at) & 0xffff);
            at += 2;
        }
        tunnelId = datagram.getShort(at) & 0xffff;
        sessionId = datagram.getShort(at + 2) & 0xffff;
        sequenced = (flags & WITH_SEQUENCE) != 0;
        priority = (flags & WITH_PRIORITY) != 0;
        ns = sequenced ? datagram.getShort(at + 4) & 0xffff : 0;
        payloadPosition = start + headerBytes(flags);
        if ((flags & WITH_OFFSET) != 0) {
            payloadPosition += datagram.getShort(payloadPosition - 2) & 0xffff;
        }
        payloadLength = end - payloadPosition;
        return kind;
    }

    /** Checks flags and lengths of what is a data message by its T bit; reads the header only. */
    static DatagramKind kind(ByteBuffer datagram) {
        int available = datagram.remaining();
        if (available < 6) {
            return DatagramKind.TOO_SHORT;
        }
        int start = datagram.position();
        int flags = datagram.getShort(start) & 0xffff;
        if ((flags & Datagram.T) != 0 || (flags & Datagram.VERSION_MASK) != Datagram.VERSION) {
            return (flags & Datagram.T) != 0 ? DatagramKind.CONTROL : DatagramKind.UNKNOWN_VERSION;
        }
        int header = headerBytes(flags);
        if (available < header) {
            return DatagramKind.TOO_SHORT;
        }
        int length = available;
        if ((flags & WITH_LENGTH) != 0) {
            length = datagram.getShort(start + 2) & 0xffff;
            if (length < header) {
                return DatagramKind.LENGTH_BELOW_HEADER;
            }
            if (length > available) {
                return DatagramKind.LENGTH_BEYOND_DATAGRAM;
            }
        }
        if ((flags & WITH_OFFSET) != 0 && (datagram.getShort(start + header - 2) & 0xffff) > length - header) {
            return DatagramKind.OFFSET_BEYOND_DATAGRAM;
        }
        return DatagramKind.DATA;
    }

    /** Octets of a header with these options, offset padding not counted. */
    public static int headerBytes(int options) {
        return 6 + ((options & WITH_LENGTH) != 0 ? 2 : 0) + ((options & WITH_SEQUENCE) != 0 ? 4 : 0)
                + ((options & WITH_OFFSET) != 0 ? 2 : 0);
    }

    /**
     * Writes a header in front of a buffer's position and moves the position to its start; the limit is the end of the
     * message. Nr is written as 0.
     *
     * @param packet    has {@code headerBytes(options) + padding} octets of room in front of its position
     * @param options   any of the WITH constants, or-ed
     * @param padding   octets between header and payload, used with {@link #WITH_OFFSET}, else 0
     * @param tunnelId  the peer's tunnel identifier, 1 to 65535
     * @param sessionId the peer's session identifier, 1 to 65535
     * @param ns        sequence number, used with {@link #WITH_SEQUENCE}
     */
    public static void prepend(ByteBuffer packet, int options, int padding, int tunnelId, int sessionId, int ns) {
        int start = packet.position() - headerBytes(options) - padding;
        packet.putShort(start, (short) (options & OPTIONS | Datagram.VERSION));
        int next = start + 2;
        if ((options & WITH_LENGTH) != 0) {
            packet.putShort(next, (short) (packet.limit() - start));
            next += 2;
        }
        packet.putShort(next, (short) tunnelId);
        packet.putShort(next + 2, (short) sessionId);
        next += 4;
        if ((options & WITH_SEQUENCE) != 0) {
            packet.putShort(next, (short) ns);
            packet.putShort(next + 2, (short) 0);
            next += 4;
        }
        if ((options & WITH_OFFSET) != 0) {
            packet.putShort(next, (short) padding);
            for (int i = 0; i < padding; i++) {
                packet.put(next + 2 + i, (byte) 0);
            }
        }
        packet.position(start);
    }

    /** The receiver's tunnel identifier. */
    public int tunnelId() {
        return tunnelId;
    }

    /** The receiver's session identifier. */
    public int sessionId() {
        return sessionId;
    }

    /** True when the message carries a sequence number. */
    public boolean sequenced() {
        return sequenced;
    }

    /** The sequence number, 0 to 65535; 0 when not {@link #sequenced}. */
    public int ns() {
        return ns;
    }

    /** True when the sender asked for preferential treatment. */
    public boolean priority() {
        return priority;
    }

    /** Absolute index in the buffer at which the PPP frame starts. */
    public int payloadPosition() {
        return payloadPosition;
    }

    /** Octets of the PPP frame; may be 0. */
    public int payloadLength() {
        return payloadLength;
    }
}
