package org.isthmus.dataplane.user;

import java.nio.ByteBuffer;

/**
 * The header of an L2TPv2 data message (RFC 2661 3.1), read and written.
 *
 * <pre>
 *  0                   1                   2                   3
 *  T L x x S x O P x x x x  Ver  |        Length (if L)          |
 *           Tunnel ID            |          Session ID           |
 *           Ns (if S)            |          Nr (if S)            |
 *     Offset Size (if O)         |     Offset pad ...
 * </pre>
 *
 * One object is filled again and again by one thread.
 */
final class DataHeader {

    static final int LENGTH = 0x4000;
    static final int SEQUENCE = 0x0800;
    static final int OFFSET = 0x0200;
    static final int PRIORITY = 0x0100;

    private static final int TYPE = 0x8000;
    private static final int VERSION_MASK = 0x000f;
    private static final int VERSION = 2;
    private static final int SHORTEST = 6;

    private int flags;
    private int tunnelId;
    private int sessionId;
    private int ns;
    private int payload;
    private int end;

    /**
     * Reads the header between the buffer's position and limit, which stay as they are.
     *
     * @return whether it makes sense; if not, nothing else here does
     */
    boolean read(ByteBuffer packet) {
        int at = packet.position();
        end = packet.limit();
        if (end - at < SHORTEST) {
            return false;
        }
        int start = at;
        flags = packet.getShort(at) & 0xffff;
        if ((flags & TYPE) != 0 || (flags & VERSION_MASK) != VERSION) {
            return false;
        }
        at += 2;
        if (has(LENGTH)) {
            int length = packet.getShort(at) & 0xffff;
            if (length > end - start) {
                return false;
            }
            // What stands behind the length is padding of a lower layer.
            end = start + length;
            at += 2;
        }
        int needed = 4 + (has(SEQUENCE) ? 4 : 0) + (has(OFFSET) ? 2 : 0);
        if (end - at < needed) {
            return false;
        }
        tunnelId = packet.getShort(at) & 0xffff;
        sessionId = packet.getShort(at + 2) & 0xffff;
        at += 4;
        ns = 0;
        if (has(SEQUENCE)) {
            // Nr is reserved in data messages and ignored.
            ns = packet.getShort(at) & 0xffff;
            at += 4;
        }
        if (has(OFFSET)) {
            at += 2 + (packet.getShort(at) & 0xffff);
        }
        payload = at;
        return payload <= end;
    }

    int tunnelId() {
        return tunnelId;
    }

    int sessionId() {
        return sessionId;
    }

    boolean sequenced() {
        return has(SEQUENCE);
    }

    int ns() {
        return ns;
    }

    /** Where the payload begins. */
    int payload() {
        return payload;
    }

    /** Where the payload ends. */
    int end() {
        return end;
    }

    private boolean has(int bit) {
        return (flags & bit) != 0;
    }

    /** The length of a header with these flags and so many bytes of offset padding. */
    static int bytes(int flags, int offset) {
        return SHORTEST
                + ((flags & LENGTH) != 0 ? 2 : 0)
                + ((flags & SEQUENCE) != 0 ? 4 : 0)
                + ((flags & OFFSET) != 0 ? 2 + offset : 0);
    }

    /**
     * Writes a header in front of the buffer's position and moves the position to its start. The limit is the packet's end.
     *
     * @param flags {@link #LENGTH}, {@link #SEQUENCE}, {@link #OFFSET} and {@link #PRIORITY}, or'ed
     * @param offset bytes of padding, with {@link #OFFSET}
     */
    static void prepend(ByteBuffer packet, int flags, int tunnelId, int sessionId, int ns, int offset) {
        int start = packet.position() - bytes(flags, offset);
        int at = start;
        packet.putShort(at, (short) (flags | VERSION));
        at += 2;
        if ((flags & LENGTH) != 0) {
            packet.putShort(at, (short) (packet.limit() - start));
            at += 2;
        }
        packet.putShort(at, (short) tunnelId);
        packet.putShort(at + 2, (short) sessionId);
        at += 4;
        if ((flags & SEQUENCE) != 0) {
            packet.putShort(at, (short) ns);
            packet.putShort(at + 2, (short) 0);
            at += 4;
        }
        if ((flags & OFFSET) != 0) {
            packet.putShort(at, (short) offset);
            at += 2;
            for (int i = 0; i < offset; i++) {
                packet.put(at + i, (byte) 0);
            }
        }
        packet.position(start);
    }
}
