package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.Memory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a datagram goes and, if that matters, which local address it comes from: prepared once in native memory, then used for
 * every packet to that peer without a look-up or an allocation.
 *
 * <p>The local address matters where a socket is bound to the wildcard and the host has several addresses: a peer expects the
 * answer from the address that it wrote to. Immutable; any number of threads may send with it.
 */
public final class UdpPath {

    static final int SOL_IP = 0;
    static final int IP_PKTINFO = 8;
    static final int SOL_IPV6 = 41;
    static final int IPV6_PKTINFO = 50;

    private static final int INET_PKTINFO_BYTES = 12;
    private static final int INET6_PKTINFO_BYTES = 20;
    private static final int CONTROL = 32;

    private final InetSocketAddress remote;
    private final InetAddress local;
    private final int interfaceIndex;
    private final Memory memory;
    private final int nameLength;
    private final int controlLength;

    private UdpPath(InetSocketAddress remote, InetAddress local, int interfaceIndex) {
        if (remote.isUnresolved()) {
            throw new IllegalArgumentException("unresolved address: " + remote);
        }
        if (local != null && AddressFamily.of(local) != AddressFamily.of(remote.getAddress())) {
            throw new IllegalArgumentException(local + " and " + remote + " are of different families");
        }
        this.remote = remote;
        this.local = local;
        this.interfaceIndex = interfaceIndex;
        this.memory = Memory.allocate(local == null ? CONTROL : CONTROL + 64);
        this.nameLength = SocketAddress.put(memory, 0, remote);
        this.controlLength = local == null ? 0 : putPacketInfo();
    }

    /** A path on which the kernel's routing chooses the local address. */
    public static UdpPath to(InetSocketAddress remote) {
        return new UdpPath(remote, null, 0);
    }

    /** A path that leaves from a given local address. */
    public static UdpPath to(InetSocketAddress remote, InetAddress local) {
        return to(remote, local, 0);
    }

    /** A path that leaves from a given local address through a given interface; 0 lets the routing choose the interface. */
    public static UdpPath to(InetSocketAddress remote, InetAddress local, int interfaceIndex) {
        return new UdpPath(remote, local, interfaceIndex);
    }

    public InetSocketAddress remote() {
        return remote;
    }

    public Optional<InetAddress> local() {
        return Optional.ofNullable(local);
    }

    long nameAddress() {
        return memory.address();
    }

    int nameLength() {
        return nameLength;
    }

    /** Where the pktinfo control message lies; 0 if there is none. */
    long controlAddress() {
        return controlLength == 0 ? 0 : memory.address() + CONTROL;
    }

    int controlLength() {
        return controlLength;
    }

    boolean isInet6() {
        return SocketAddress.isInet6(memory, 0);
    }

    long remoteHigh() {
        return SocketAddress.high(memory, 0);
    }

    long remoteLow() {
        return SocketAddress.low(memory, 0);
    }

    int remotePort() {
        return SocketAddress.port(memory, 0);
    }

    private int putPacketInfo() {
        Abi abi = Abi.HOST;
        boolean inet = AddressFamily.of(local) == AddressFamily.INET;
        int data = CONTROL + abi.cmsgHeaderBytes();
        int length = abi.cmsgHeaderBytes() + (inet ? INET_PKTINFO_BYTES : INET6_PKTINFO_BYTES);
        memory.putWord(CONTROL, length);
        memory.putInt(CONTROL + abi.cmsgLevel(), inet ? SOL_IP : SOL_IPV6);
        memory.putInt(CONTROL + abi.cmsgType(), inet ? IP_PKTINFO : IPV6_PKTINFO);
        if (inet) {
            memory.putInt(data, interfaceIndex);
            memory.putBytes(data + 4, local.getAddress());
        } else {
            memory.putBytes(data, local.getAddress());
            memory.putInt(data + 16, interfaceIndex);
        }
        return abi.alignToWord(length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UdpPath
                && remote.equals(((UdpPath) other).remote)
                && local().equals(((UdpPath) other).local())
                && interfaceIndex == ((UdpPath) other).interfaceIndex;
    }

    @Override
    public int hashCode() {
        return remote.hashCode();
    }

    @Override
    public String toString() {
        return (local == null ? "" : local.getHostAddress() + " -> ") + remote.getAddress().getHostAddress() + " port " + remote.getPort();
    }
}
