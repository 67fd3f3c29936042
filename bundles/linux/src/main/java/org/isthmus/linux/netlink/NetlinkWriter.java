package org.isthmus.linux.netlink;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes netlink messages one behind the other, in the machine's byte order.
 *
 * <pre>
 * message     u32 length, u16 type, u16 flags, u32 sequence, u32 port; then the family's fixed header; then attributes
 * attribute   u16 length, u16 type, value, zeros to a multiple of 4
 * </pre>
 *
 * <p>Writing past the end of the buffer throws {@link BufferOverflowException}.
 */
public final class NetlinkWriter {

    static final int HEADER_BYTES = 16;
    private static final int NESTED = 0x8000;

    private final ByteBuffer out;

    NetlinkWriter(ByteBuffer out) {
        this.out = out.order(ByteOrder.nativeOrder());
    }

    void message(int type, int flags, int sequence, Consumer<NetlinkWriter> body) {
        int start = out.position();
        out.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
        body.accept(this);
        pad();
        out.putInt(start, out.position() - start);
    }

    /** A byte of the family's fixed header. */
    public NetlinkWriter u8(int value) {
        out.put((byte) value);
        return this;
    }

    /** Two bytes of the family's fixed header. */
    public NetlinkWriter u16(int value) {
        out.putShort((short) value);
        return this;
    }

    /** Four bytes of the family's fixed header. */
    public NetlinkWriter u32(int value) {
        out.putInt(value);
        return this;
    }

    /** Bytes of the family's fixed header. */
    public NetlinkWriter raw(byte[] value) {
        out.put(value);
        return this;
    }

    /** An attribute without a value. */
    public NetlinkWriter flag(int type) {
        return attribute(type, new byte[0]);
    }

    public NetlinkWriter attributeU8(int type, int value) {
        out.putShort((short) 5).putShort((short) type).put((byte) value);
        return pad();
    }

    public NetlinkWriter attributeU16(int type, int value) {
        out.putShort((short) 6).putShort((short) type).putShort((short) value);
        return pad();
    }

    public NetlinkWriter attributeU32(int type, int value) {
        out.putShort((short) 8).putShort((short) type).putInt(value);
        return this;
    }

    public NetlinkWriter attributeU64(int type, long value) {
        out.putShort((short) 12).putShort((short) type).putLong(value);
        return this;
    }

    public NetlinkWriter attribute(int type, byte[] value) {
        out.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        return pad();
    }

    /** A string with its closing zero. */
    public NetlinkWriter attribute(int type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) (5 + bytes.length)).putShort((short) type).put(bytes).put((byte) 0);
        return pad();
    }

    /** An attribute that holds what {@code content} writes: attributes, or a fixed header and attributes. */
    public NetlinkWriter nested(int type, Consumer<NetlinkWriter> content) {
        int start = out.position();
        out.putShort((short) 0).putShort((short) (type | NESTED));
        content.accept(this);
        out.putShort(start, (short) (out.position() - start));
        return pad();
    }

    private NetlinkWriter pad() {
        while ((out.position() & 3) != 0) {
            out.put((byte) 0);
        }
        return this;
    }
}
