package org.isthmus.linux;

import org.isthmus.linux.libc.Memory;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * sockaddr_in and sockaddr_in6 in native memory.
 *
 * <pre>
 * sockaddr_in    u16 family, be16 port, 4 bytes address, 8 bytes zero
 * sockaddr_in6   u16 family, be16 port, u32 flow, 16 bytes address, u32 scope
 * </pre>
 */
final class SocketAddress {

    /** Room for either kind. */
    static final int BYTES = 28;

    private static final int INET_BYTES = 16;
    private static final int PORT = 2;
    private static final int INET_ADDRESS = 4;
    private static final int INET6_ADDRESS = 8;
    private static final int INET6_SCOPE = 24;
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private SocketAddress() {
    }

    /** The address as a sockaddr, in a length that tells its kind. */
    static byte[] bytes(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        boolean inet = AddressFamily.of(host) == AddressFamily.INET;
        ByteBuffer out = ByteBuffer.allocate(inet ? INET_BYTES : BYTES).order(ByteOrder.nativeOrder());
        out.putShort(0, (short) AddressFamily.of(host).number());
        out.put(PORT, (byte) (address.getPort() >> 8)).put(PORT + 1, (byte) address.getPort());
        out.put(inet ? INET_ADDRESS : INET6_ADDRESS, host.getAddress());
        if (!inet) {
            out.putInt(INET6_SCOPE, ((Inet6Address) host).getScopeId());
        }
        return out.array();
    }

    /** Writes an address and returns its length. */
    static int put(Memory memory, int offset, InetSocketAddress address) {
        byte[] bytes = bytes(address);
        memory.putBytes(offset, bytes);
        return bytes.length;
    }

    /** Reads an address that the kernel wrote; a family other than IPv4 and IPv6 gives the IPv4 wildcard with port 0. */
    static InetSocketAddress get(Memory memory, int offset) {
        if (isInet6(memory, offset)) {
            return new InetSocketAddress(inet6(memory, offset + INET6_ADDRESS, memory.getInt(offset + INET6_SCOPE)), port(memory, offset));
        }
        if (isInet(memory, offset)) {
            return new InetSocketAddress(inet(memory, offset + INET_ADDRESS), port(memory, offset));
        }
        return new InetSocketAddress(0);
    }

    static boolean isInet(Memory memory, int offset) {
        return memory.getShort(offset) == AddressFamily.INET.number();
    }

    static boolean isInet6(Memory memory, int offset) {
        return memory.getShort(offset) == AddressFamily.INET6.number();
    }

    static int port(Memory memory, int offset) {
        return (memory.getByte(offset + PORT) & 0xff) << 8 | memory.getByte(offset + PORT + 1) & 0xff;
    }

    /** The first 64 bits of an IPv6 address; 0 for IPv4. */
    static long high(Memory memory, int offset) {
        return isInet6(memory, offset) ? bigEndian(memory.getLong(offset + INET6_ADDRESS)) : 0;
    }

    /** The last 64 bits of an IPv6 address; an IPv4 address in the low 32. */
    static long low(Memory memory, int offset) {
        return isInet6(memory, offset)
                ? bigEndian(memory.getLong(offset + INET6_ADDRESS + 8))
                : bigEndian(memory.getInt(offset + INET_ADDRESS)) & 0xffffffffL;
    }

    static InetAddress inet(Memory memory, int offset) {
        byte[] raw = new byte[4];
        memory.getBytes(offset, raw);
        return address(raw);
    }

    static InetAddress inet6(Memory memory, int offset, int scope) {
        byte[] raw = new byte[16];
        memory.getBytes(offset, raw);
        try {
            return scope == 0 ? Inet6Address.getByAddress(null, raw, null) : Inet6Address.getByAddress(null, raw, scope);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an IPv6 address", e);
        }
    }

    static InetAddress address(byte[] raw) {
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    static long bigEndian(long inMachineOrder) {
        return LITTLE ? Long.reverseBytes(inMachineOrder) : inMachineOrder;
    }

    static int bigEndian(int inMachineOrder) {
        return LITTLE ? Integer.reverseBytes(inMachineOrder) : inMachineOrder;
    }
}
