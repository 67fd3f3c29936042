package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Where a datagram goes and, if that matters, which local address it comes from: prepared once as the kernel wants it, then used for
 * every packet to that peer without a look-up or an allocation. A plain small object, cheap to make for a peer that is heard once.
 *
 * <p>The local address matters where a socket is bound to the wildcard and the host has several addresses: a peer expects the
 * answer from the address that it wrote to. Immutable; any number of threads may send with it.
 */
public final class UdpPath {

    static final int SOL_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_PKTINFO = 8;
    static final int SOL_IPV6 = 41;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_TCLASS = 67;

    private static final int INET_PKTINFO_BYTES = 12;
    private static final int INET6_PKTINFO_BYTES = 20;
    private static final byte[] NONE = {};

    private final InetSocketAddress remote;
    private final InetAddress local;
    private final int interfaceIndex;
    private final int trafficClass;
    private final byte[] name;
    private final byte[] control;
    private final boolean inet6;
    private final long remoteHigh;
    private final long remoteLow;

    private UdpPath(InetSocketAddress remote, InetAddress local, int interfaceIndex, int trafficClass) {
        if (remote.isUnresolved()) {
            throw new IllegalArgumentException("unresolved address: " + remote);
        }
        if (local != null && AddressFamily.of(local) != AddressFamily.of(remote.getAddress())) {
            throw new IllegalArgumentException(local + " and " + remote + " are of different families");
        }
        this.remote = remote;
        this.local = local;
        this.interfaceIndex = interfaceIndex;
        this.name = SocketAddress.bytes(remote);
        this.trafficClass = trafficClass;
        ByteBuffer host = ByteBuffer.wrap(remote.getAddress().getAddress());
        this.inet6 = host.capacity() == 16;
        this.control = join(local == null ? NONE : packetInfo(local, interfaceIndex),
                trafficClass == 0 ? NONE : trafficClass(inet6, trafficClass));
        this.remoteHigh = inet6 ? host.getLong(0) : 0;
        this.remoteLow = inet6 ? host.getLong(8) : host.getInt(0) & 0xffffffffL;
    }

    /** A path on which the kernel's routing chooses the local address. */
    public static UdpPath to(InetSocketAddress remote) {
        return new UdpPath(remote, null, 0, 0);
    }

    /** A path that leaves from a given local address. */
    public static UdpPath to(InetSocketAddress remote, InetAddress local) {
        return to(remote, local, 0);
    }

    /** A path that leaves from a given local address through a given interface; 0 lets the routing choose the interface. */
    public static UdpPath to(InetSocketAddress remote, InetAddress local, int interfaceIndex) {
        return new UdpPath(remote, local, interfaceIndex, 0);
    }

    /**
     * The same path, whose packets have another TOS byte (IPv4) or traffic class (IPv6).
     *
     * @param other 1 to 255, or 0 for that of the socket
     */
    public UdpPath withTrafficClass(int other) {
        return new UdpPath(remote, local, interfaceIndex, other);
    }

    public InetSocketAddress remote() {
        return remote;
    }

    public Optional<InetAddress> local() {
        return Optional.ofNullable(local);
    }

    /** The peer as a sockaddr. */
    byte[] name() {
        return name;
    }

    /** The control messages, pktinfo and traffic class; empty if there is none. */
    byte[] control() {
        return control;
    }

    boolean isInet6() {
        return inet6;
    }

    long remoteHigh() {
        return remoteHigh;
    }

    long remoteLow() {
        return remoteLow;
    }

    int remotePort() {
        return remote.getPort();
    }

    /**
     * struct cmsghdr with in_pktinfo (int interface, 4 bytes local address, 4 bytes not used) or in6_pktinfo (16 bytes local address, int
     * interface).
     */
    private static byte[] packetInfo(InetAddress local, int interfaceIndex) {
        int data = Abi.HOST.cmsgHeaderBytes();
        if (AddressFamily.of(local) == AddressFamily.INET) {
            return message(SOL_IP, IP_PKTINFO, INET_PKTINFO_BYTES).putInt(data, interfaceIndex).put(data + 4, local.getAddress()).array();
        }
        return message(SOL_IPV6, IPV6_PKTINFO, INET6_PKTINFO_BYTES).put(data, local.getAddress()).putInt(data + 16, interfaceIndex).array();
    }

    /** struct cmsghdr with an int. */
    private static byte[] trafficClass(boolean inet6, int value) {
        ByteBuffer out = inet6 ? message(SOL_IPV6, IPV6_TCLASS, Integer.BYTES) : message(SOL_IP, IP_TOS, Integer.BYTES);
        return out.putInt(Abi.HOST.cmsgHeaderBytes(), value).array();
    }

    private static ByteBuffer message(int level, int type, int bytes) {
        Abi abi = Abi.HOST;
        int length = abi.cmsgHeaderBytes() + bytes;
        ByteBuffer out = ByteBuffer.allocate(abi.alignToWord(length)).order(ByteOrder.nativeOrder());
        if (abi.wordBytes() == 8) {
            out.putLong(0, length);
        } else {
            out.putInt(0, length);
        }
        return out.putInt(abi.cmsgLevel(), level).putInt(abi.cmsgType(), type);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UdpPath
                && remote.equals(((UdpPath) other).remote)
                && local().equals(((UdpPath) other).local())
                && interfaceIndex == ((UdpPath) other).interfaceIndex
                && trafficClass == ((UdpPath) other).trafficClass;
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
