package org.isthmus.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Walks over the attributes of a netlink message. Never throws for what it holds: an attribute that does not fit ends the walk. */
public final class NetlinkAttributes {

    private static final int HEADER_BYTES = 4;
    private static final int TYPE_MASK = 0x3fff;

    private final ByteBuffer in;
    private final int limit;
    private int start;
    private int end;
    private int following;
    private int type;

    NetlinkAttributes(ByteBuffer in, int from, int limit) {
        this.in = in;
        this.limit = limit;
        this.following = from;
        this.start = from;
        this.end = from;
    }

    /** Moves to the next attribute; false if there is none. */
    public boolean next() {
        if (limit - following < HEADER_BYTES) {
            return stop();
        }
        int length = in.getShort(following) & 0xffff;
        if (length < HEADER_BYTES || length > limit - following) {
            return stop();
        }
        type = in.getShort(following + 2) & TYPE_MASK;
        start = following + HEADER_BYTES;
        end = following + length;
        following = Math.min((end + 3) & ~3, limit);
        return true;
    }

    /** The attribute's type, without the bits that mark it as nested or big-endian. */
    public int type() {
        return type;
    }

    /** Length of the value. */
    public int length() {
        return end - start;
    }

    /** The value's first byte, 0 if it has none. */
    public int u8() {
        return length() >= 1 ? in.get(start) & 0xff : 0;
    }

    /** The value's first two bytes, 0 if it is shorter. */
    public int u16() {
        return length() >= 2 ? in.getShort(start) & 0xffff : 0;
    }

    /** The value's first four bytes, 0 if it is shorter. */
    public int u32() {
        return length() >= 4 ? in.getInt(start) : 0;
    }

    /** The value's first eight bytes, 0 if it is shorter. */
    public long u64() {
        return length() >= 8 ? in.getLong(start) : 0;
    }

    /** A copy of the value. */
    public byte[] bytes() {
        byte[] value = new byte[length()];
        in.get(start, value);
        return value;
    }

    /** The value up to its closing zero as text. */
    public String text() {
        byte[] value = bytes();
        int length = 0;
        while (length < value.length && value[length] != 0) {
            length++;
        }
        return new String(value, 0, length, StandardCharsets.UTF_8);
    }

    /** The attributes within the value. */
    public NetlinkAttributes nested() {
        return new NetlinkAttributes(in, start, end);
    }

    private boolean stop() {
        type = 0;
        following = limit;
        start = limit;
        end = limit;
        return false;
    }
}
