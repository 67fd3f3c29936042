package org.isthmus.linux.libc;

import com.kenai.jffi.MemoryIO;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of native memory with a fixed address, in the machine's byte order. It lives as long as this object: a caller that hands
 * {@link #address()} to the kernel keeps the object in a field.
 */
public final class Memory {

    private final ByteBuffer bytes;
    private final long address;

    private Memory(ByteBuffer bytes) {
        this.bytes = bytes;
        this.address = MemoryIO.getInstance().getDirectBufferAddress(bytes);
    }

    /** Zeroed memory of a fixed size. */
    public static Memory allocate(int size) {
        return new Memory(ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder()));
    }

    /**
     * Where the next byte of a direct buffer lies. The caller must keep the buffer reachable until the call that uses the address has
     * returned.
     *
     * @throws IllegalArgumentException if the buffer is not direct
     */
    public static long addressOf(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("a direct ByteBuffer is needed");
        }
        return MemoryIO.getInstance().getDirectBufferAddress(direct) + direct.position();
    }

    public long address() {
        return address;
    }

    public int size() {
        return bytes.capacity();
    }

    /** A part of this memory as a buffer of its own, big-endian, that keeps the whole alive. */
    public ByteBuffer slice(int offset, int length) {
        return bytes.slice(offset, length);
    }

    public byte getByte(int offset) {
        return bytes.get(offset);
    }

    public void putByte(int offset, int value) {
        bytes.put(offset, (byte) value);
    }

    public int getShort(int offset) {
        return bytes.getShort(offset) & 0xffff;
    }

    public void putShort(int offset, int value) {
        bytes.putShort(offset, (short) value);
    }

    public int getInt(int offset) {
        return bytes.getInt(offset);
    }

    public void putInt(int offset, int value) {
        bytes.putInt(offset, value);
    }

    public long getLong(int offset) {
        return bytes.getLong(offset);
    }

    public void putLong(int offset, long value) {
        bytes.putLong(offset, value);
    }

    /** Reads a size_t. */
    public long getWord(int offset) {
        return LibC.WORD_BYTES == 8 ? bytes.getLong(offset) : bytes.getInt(offset) & 0xffffffffL;
    }

    /** Writes a pointer or a size_t. */
    public void putWord(int offset, long value) {
        if (LibC.WORD_BYTES == 8) {
            bytes.putLong(offset, value);
        } else {
            bytes.putInt(offset, (int) value);
        }
    }

    public void getBytes(int offset, byte[] into) {
        bytes.get(offset, into);
    }

    public void putBytes(int offset, byte[] from) {
        bytes.put(offset, from);
    }
}
