package org.isthmus.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks over the netlink messages of a buffer. Never throws for what the buffer holds: a message that does not fit ends the walk
 * and {@link #malformed} says so. Before the first and behind the last message all values are 0.
 *
 * <pre>
 * NetlinkReader messages = ...;
 * while (messages.next()) {
 *     NetlinkAttributes attributes = messages.attributes(16);
 *     while (attributes.next()) { ... }
 * }
 * </pre>
 */
public final class NetlinkReader {

    static final int ERROR = 2;
    static final int DONE = 3;

    private final ByteBuffer in;
    private int start;
    private int end;
    private int following;
    private boolean malformed;

    /** Reads from the buffer's position to its limit; the buffer itself is left as it is. */
    public NetlinkReader(ByteBuffer in) {
        this.in = in.slice().order(ByteOrder.nativeOrder());
    }

    /** Moves to the next message; false if there is none. */
    public boolean next() {
        start = following;
        if (in.limit() - start < NetlinkWriter.HEADER_BYTES) {
            malformed |= in.limit() > start;
            return stop();
        }
        int length = in.getInt(start);
        if (length < NetlinkWriter.HEADER_BYTES || length > in.limit() - start) {
            malformed = true;
            return stop();
        }
        end = start + length;
        following = Math.min((end + 3) & ~3, in.limit());
        return true;
    }

    /** Whether the walk ended because a message did not fit. */
    public boolean malformed() {
        return malformed;
    }

    public int type() {
        return end == 0 ? 0 : in.getShort(start + 4) & 0xffff;
    }

    public int flags() {
        return end == 0 ? 0 : in.getShort(start + 6) & 0xffff;
    }

    public int sequence() {
        return end == 0 ? 0 : in.getInt(start + 8);
    }

    /** Length of the message behind its 16 bytes of header. */
    public int payloadBytes() {
        return end == 0 ? 0 : end - start - NetlinkWriter.HEADER_BYTES;
    }

    /** A byte of the family's fixed header, 0 where the message is shorter. */
    public int u8(int offset) {
        return holds(offset, 1) ? in.get(at(offset)) & 0xff : 0;
    }

    /** Two bytes of the family's fixed header, 0 where the message is shorter. */
    public int u16(int offset) {
        return holds(offset, 2) ? in.getShort(at(offset)) & 0xffff : 0;
    }

    /** Four bytes of the family's fixed header, 0 where the message is shorter. */
    public int u32(int offset) {
        return holds(offset, 4) ? in.getInt(at(offset)) : 0;
    }

    /** The attributes behind the family's fixed header of so many bytes; none where the message is shorter. */
    public NetlinkAttributes attributes(int fixedHeaderBytes) {
        int from = Math.min(at((Math.max(fixedHeaderBytes, 0) + 3) & ~3), end);
        return new NetlinkAttributes(in, from, end);
    }

    private int at(int offset) {
        return start + NetlinkWriter.HEADER_BYTES + offset;
    }

    private boolean holds(int offset, int bytes) {
        return offset >= 0 && offset <= payloadBytes() - bytes;
    }

    private boolean stop() {
        following = in.limit();
        start = 0;
        end = 0;
        return false;
    }
}
