package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.Memory;

/** One msghdr with one iovec and room for an address and control messages, for a single sendmsg or recvmsg. */
final class MessageHeader {

    private static final Abi ABI = Abi.HOST;

    private static final int NAME = ABI.msghdrBytes() + ABI.iovecBytes();
    private static final int CONTROL = NAME + MessageVector.NAME_BYTES;

    private final Memory memory = Memory.allocate(CONTROL + MessageVector.CONTROL_BYTES);

    MessageHeader() {
        memory.putWord(ABI.msgIov(), memory.address() + ABI.msghdrBytes());
        memory.putWord(ABI.msgIovCount(), 1);
    }

    long address() {
        return memory.address();
    }

    /** Addresses the message to a peer. */
    void path(UdpPath path) {
        memory.putBytes(NAME, path.name());
        memory.putBytes(CONTROL, path.control());
        name(memory.address() + NAME, path.name().length);
        control(path.control().length == 0 ? 0 : memory.address() + CONTROL, path.control().length);
    }

    void name(long address, int length) {
        memory.putWord(ABI.msgName(), address);
        memory.putInt(ABI.msgNameLength(), length);
    }

    void control(long address, int length) {
        memory.putWord(ABI.msgControl(), address);
        memory.putWord(ABI.msgControlLength(), length);
    }

    void data(long address, int length) {
        memory.putWord(ABI.msghdrBytes(), address);
        memory.putWord(ABI.msghdrBytes() + ABI.wordBytes(), length);
    }

    int controlLength() {
        return (int) memory.getWord(ABI.msgControlLength());
    }
}
