package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.Memory;

/** One msghdr with one iovec, for a single sendmsg or recvmsg. */
final class MessageHeader {

    private static final Abi ABI = Abi.HOST;

    private final Memory memory = Memory.allocate(ABI.msghdrBytes() + ABI.iovecBytes());

    MessageHeader() {
        memory.putWord(ABI.msgIov(), memory.address() + ABI.msghdrBytes());
        memory.putWord(ABI.msgIovCount(), 1);
    }

    long address() {
        return memory.address();
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
