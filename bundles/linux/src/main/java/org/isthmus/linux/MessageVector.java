package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.Memory;

import java.nio.ByteBuffer;

/**
 * An array of mmsghdr, each with its iovec and a slot of data in one big direct area. The layout that {@link ReceiveBatch} and
 * {@link SendBatch} share:
 *
 * <pre>
 * headers   mmsghdr[slots], iovec[slots]
 * extras    per slot: 32 bytes address, 64 bytes control messages
 * data      per slot: slotBytes, the start of each on a cache line
 * </pre>
 */
final class MessageVector {

    static final int NAME_BYTES = 32;
    static final int CONTROL_BYTES = 64;
    static final int MAX_SLOTS = 1024;
    static final int MAX_SLOT_BYTES = 65536;

    private static final Abi ABI = Abi.HOST;
    private static final int EXTRA_BYTES = NAME_BYTES + CONTROL_BYTES;

    final int slots;
    final int slotBytes;
    final Memory extras;

    private final Memory headers;
    private final Memory area;
    private final int stride;
    private final ByteBuffer[] data;

    MessageVector(int slots, int slotBytes) {
        if (slots < 1 || slots > MAX_SLOTS || slotBytes < 1 || slotBytes > MAX_SLOT_BYTES) {
            throw new IllegalArgumentException("1 to " + MAX_SLOTS + " slots of 1 to " + MAX_SLOT_BYTES + " bytes, not "
                    + slots + " of " + slotBytes);
        }
        this.slots = slots;
        this.slotBytes = slotBytes;
        this.stride = (slotBytes + 63) & -64;
        this.headers = Memory.allocate(slots * (ABI.mmsghdrBytes() + ABI.iovecBytes()));
        this.extras = Memory.allocate(slots * EXTRA_BYTES);
        this.area = Memory.allocate(slots * stride);
        this.data = new ByteBuffer[slots];
        for (int slot = 0; slot < slots; slot++) {
            data[slot] = area.slice(slot * stride, slotBytes);
            headers.putWord(header(slot) + ABI.msgIov(), headers.address() + iovec(slot));
            headers.putWord(header(slot) + ABI.msgIovCount(), 1);
            data(slot, 0, slotBytes);
        }
    }

    /** The slot's buffer, always the same object. */
    ByteBuffer buffer(int slot) {
        return data[slot];
    }

    long address() {
        return headers.address();
    }

    long address(int slot) {
        return headers.address() + header(slot);
    }

    /** Points the slot's iovec at a part of its data. */
    void data(int slot, int offset, int length) {
        headers.putWord(iovec(slot), area.address() + (long) slot * stride + offset);
        headers.putWord(iovec(slot) + ABI.wordBytes(), length);
    }

    /** Addresses the slot's message to a peer. */
    void path(int slot, UdpPath path) {
        extras.putBytes(nameOffset(slot), path.name());
        extras.putBytes(controlOffset(slot), path.control());
        name(slot, extras.address() + nameOffset(slot), path.name().length);
        control(slot, path.control().length == 0 ? 0 : extras.address() + controlOffset(slot), path.control().length);
    }

    void name(int slot, long address, int length) {
        headers.putWord(header(slot) + ABI.msgName(), address);
        headers.putInt(header(slot) + ABI.msgNameLength(), length);
    }

    void control(int slot, long address, int length) {
        headers.putWord(header(slot) + ABI.msgControl(), address);
        headers.putWord(header(slot) + ABI.msgControlLength(), length);
    }

    /** Offset of the slot's address within {@link #extras}. */
    int nameOffset(int slot) {
        return slot * EXTRA_BYTES;
    }

    /** Offset of the slot's control messages within {@link #extras}. */
    int controlOffset(int slot) {
        return slot * EXTRA_BYTES + NAME_BYTES;
    }

    int controlLength(int slot) {
        return (int) headers.getWord(header(slot) + ABI.msgControlLength());
    }

    int flags(int slot) {
        return headers.getInt(header(slot) + ABI.msgFlags());
    }

    int length(int slot) {
        return headers.getInt(header(slot) + ABI.mmsgLength());
    }

    private static int header(int slot) {
        return slot * ABI.mmsghdrBytes();
    }

    private int iovec(int slot) {
        return slots * ABI.mmsghdrBytes() + slot * ABI.iovecBytes();
    }
}
