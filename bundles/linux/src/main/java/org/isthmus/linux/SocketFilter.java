package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.lang.ref.Reference;

/**
 * A program of the classic packet filter. It is given to sockets that share a port ({@link UdpSocket#chooseBy}): then it
 * sees a datagram's payload and returns the index of a socket, in the order in which they were bound; for an index that
 * there is not, the kernel spreads by address and port as usual. Or it is given to a socket that gets copies of everybody's
 * packets ({@link RawSocket#keepOnly}): then it returns how many bytes of a packet to keep, 0 for none.
 *
 * <pre>
 * struct sock_filter   u16 code, u8 jump if true, u8 jump if false, u32 operand
 * struct sock_fprog    u16 length, pointer to the instructions
 * </pre>
 */
public final class SocketFilter {

    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_WORD_BEHIND = 0x40;
    private static final int SET_INDEX = 0x01;
    private static final int SET_INDEX_TO_INET_HEADER = 0xb1;
    private static final int AND = 0x54;
    private static final int JUMP = 0x05;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_BITS = 0x45;
    private static final int MULTIPLY = 0x24;
    private static final int MODULO = 0x94;
    private static final int RETURN_CONSTANT = 0x06;
    private static final int RETURN_ACCUMULATOR = 0x16;
    private static final int NETWORK_HEADER = -0x10_0000;
    private static final int INSTRUCTION_BYTES = 8;
    private static final int MOST_INSTRUCTIONS = 512;

    private final Memory instructions = Memory.allocate(MOST_INSTRUCTIONS * INSTRUCTION_BYTES);
    private final Memory program = Memory.allocate(16);
    private int length;

    /** Loads the byte at an offset. */
    public SocketFilter loadByte(int offset) {
        return add(LOAD_BYTE, 0, 0, offset);
    }

    /** Loads the big-endian 16 bits at an offset; a datagram that is too short makes the program return 0. */
    public SocketFilter loadHalf(int offset) {
        return add(LOAD_HALF, 0, 0, offset);
    }

    /** Loads the big-endian 32 bits at an offset. */
    public SocketFilter loadWord(int offset) {
        return add(LOAD_WORD, 0, 0, offset);
    }

    /** Loads the big-endian 32 bits at an offset from the beginning of the IP header, wherever the program begins. */
    public SocketFilter loadWordOfIpHeader(int offset) {
        return add(LOAD_WORD, 0, 0, NETWORK_HEADER + offset);
    }

    /** Has {@link #loadWordBehind} count from the end of the IPv4 header, with which the packet begins. */
    public SocketFilter indexInetHeader() {
        return add(SET_INDEX_TO_INET_HEADER, 0, 0, 0);
    }

    /** Has {@link #loadWordBehind} count from an offset. */
    public SocketFilter index(int offset) {
        return add(SET_INDEX, 0, 0, offset);
    }

    /** Loads the big-endian 32 bits so many bytes behind the index. */
    public SocketFilter loadWordBehind(int offset) {
        return add(LOAD_WORD_BEHIND, 0, 0, offset);
    }

    /** Keeps these bits of the value. */
    public SocketFilter and(int bits) {
        return add(AND, 0, 0, bits);
    }

    /** Skips instructions. */
    public SocketFilter skip(int count) {
        return add(JUMP, 0, 0, count);
    }

    /** Skips one number of instructions if the value is equal, another if not. */
    public SocketFilter skipIfEqual(int value, int ifEqual, int otherwise) {
        return add(JUMP_IF_EQUAL, ifEqual, otherwise, value);
    }

    /** Skips one number of instructions if any of the bits is set, another if not. */
    public SocketFilter skipIfBits(int bits, int ifSet, int otherwise) {
        return add(JUMP_IF_BITS, ifSet, otherwise, bits);
    }

    /** The remainder of a division. */
    public SocketFilter modulo(int divisor) {
        return add(MODULO, 0, 0, divisor);
    }

    /** The value so many times. */
    public SocketFilter times(int factor) {
        return add(MULTIPLY, 0, 0, factor);
    }

    /** Returns what was computed. */
    public SocketFilter result() {
        return add(RETURN_ACCUMULATOR, 0, 0, 0);
    }

    /** Keeps the packet. */
    public SocketFilter keep() {
        return add(RETURN_CONSTANT, 0, 0, Integer.MAX_VALUE);
    }

    /** Drops the packet. */
    public SocketFilter drop() {
        return add(RETURN_CONSTANT, 0, 0, 0);
    }

    /** Returns an index that there is not. */
    public SocketFilter noResult() {
        return add(RETURN_CONSTANT, 0, 0, -1);
    }

    /** Gives the program to a device by an ioctl that takes a sock_fprog. */
    public void apply(String what, Descriptor device, long request) throws LinuxException {
        if (LibC.C.ioctl(device.number(), request, address()) < 0) {
            throw new LinuxException(what, LibC.errno());
        }
        Reference.reachabilityFence(this);
    }

    /** Where the sock_fprog lies. */
    long address() {
        program.putShort(0, length);
        program.putWord(Abi.HOST.wordBytes(), instructions.address());
        return program.address();
    }

    /** The bytes of a sock_fprog. */
    int bytes() {
        return Abi.HOST.sockFprogBytes();
    }

    private SocketFilter add(int code, int ifTrue, int ifFalse, int operand) {
        if (length == MOST_INSTRUCTIONS) {
            throw new IllegalStateException("a filter has at most " + MOST_INSTRUCTIONS + " instructions");
        }
        int at = length++ * INSTRUCTION_BYTES;
        instructions.putShort(at, code);
        instructions.putByte(at + 2, ifTrue);
        instructions.putByte(at + 3, ifFalse);
        instructions.putInt(at + 4, operand);
        return this;
    }
}
