package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads a socket's error queue (recvmsg with MSG_ERRQUEUE). Each entry is a control message of IP_RECVERR or IPV6_RECVERR:
 *
 * <pre>
 * u32 errno, u8 origin, u8 type, u8 code, u8 pad, u32 info (the MTU for EMSGSIZE), u32 data, then the address of who reported
 * </pre>
 *
 * The data of the entry is what the report quotes of the datagram.
 */
final class ErrorQueue {

    private static final Abi ABI = Abi.HOST;
    private static final int MSG_ERRQUEUE = 0x2000;
    private static final int IP_RECVERR = 11;
    private static final int IPV6_RECVERR = 25;
    private static final int CONTROL = 32;
    private static final int CONTROL_BYTES = 256;
    private static final int QUOTED = CONTROL + CONTROL_BYTES;
    private static final int QUOTED_BYTES = 64;
    private static final int EXTENDED_ERROR_BYTES = 16;

    private final Descriptor descriptor;
    private final Memory memory = Memory.allocate(QUOTED + QUOTED_BYTES);
    private final MessageHeader message = new MessageHeader();

    ErrorQueue(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    Optional<SocketError> poll() {
        message.name(memory.address(), SocketAddress.BYTES);
        message.control(memory.address() + CONTROL, CONTROL_BYTES);
        message.data(memory.address() + QUOTED, QUOTED_BYTES);
        int received = (int) LibC.C.recvmsg(descriptor.number(), message.address(), MSG_ERRQUEUE);
        if (received < 0) {
            return Optional.empty();
        }
        int end = CONTROL + Math.min(message.controlLength(), CONTROL_BYTES);
        int at = CONTROL;
        while (at + ABI.cmsgHeaderBytes() <= end) {
            int length = (int) Math.min(memory.getWord(at), end - at);
            int data = at + ABI.cmsgHeaderBytes();
            if (isError(at) && data + EXTENDED_ERROR_BYTES <= at + length) {
                return Optional.of(read(data, received));
            }
            at += Math.max(ABI.alignToWord(length), ABI.cmsgHeaderBytes());
        }
        return Optional.of(new SocketError(0, SocketError.Origin.OTHER, 0, 0, 0, SocketAddress.get(memory, 0),
                quoted(received)));
    }

    private boolean isError(int at) {
        int level = memory.getInt(at + ABI.cmsgLevel());
        int type = memory.getInt(at + ABI.cmsgType());
        return level == UdpPath.SOL_IP && type == IP_RECVERR || level == UdpPath.SOL_IPV6 && type == IPV6_RECVERR;
    }

    private ByteBuffer quoted(int received) {
        byte[] bytes = new byte[Math.min(received, QUOTED_BYTES)];
        memory.getBytes(QUOTED, bytes);
        return ByteBuffer.wrap(bytes);
    }

    private SocketError read(int at, int received) {
        int errno = memory.getInt(at);
        int origin = memory.getByte(at + 4);
        return new SocketError(
                errno,
                origin == 1 ? SocketError.Origin.LOCAL
                        : origin == 2 || origin == 3 ? SocketError.Origin.ICMP : SocketError.Origin.OTHER,
                memory.getByte(at + 5) & 0xff,
                memory.getByte(at + 6) & 0xff,
                errno == Errno.EMSGSIZE ? memory.getInt(at + 8) : 0,
                SocketAddress.get(memory, 0),
                quoted(received));
    }
}
