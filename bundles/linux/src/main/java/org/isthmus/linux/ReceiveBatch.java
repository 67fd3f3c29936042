package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Receives up to a fixed number of datagrams with one system call (recvmmsg) into memory that is allocated once. Between two
 * calls of {@link #receive} the slots 0 to n-1 hold what the last one brought.
 *
 * <p>For one thread at a time. Only {@link #source}, {@link #local} and {@link #replyPath} allocate.
 */
public final class ReceiveBatch {

    private static final Abi ABI = Abi.HOST;
    private static final int MSG_TRUNC = 0x20;

    private final MessageVector vector;
    private int dirty;

    /**
     * @param slots the most datagrams that one call brings, 1 to 1024
     * @param slotBytes the longest datagram, 1 to 65536; a longer one is cut and {@link #truncated} says so
     */
    public ReceiveBatch(int slots, int slotBytes) {
        vector = new MessageVector(slots, slotBytes);
        dirty = slots;
    }

    /** The most datagrams that one call brings. */
    public int slots() {
        return vector.slots;
    }

    /**
     * Takes what waits in the socket, without blocking.
     *
     * @return how many slots are filled, or a negative {@link Errno}: EAGAIN if nothing waits, EINTR, or an ICMP error that an earlier
     *     sent datagram met (then more may wait: call again)
     */
    public int receive(IpSocket socket) {
        for (int slot = 0; slot < dirty; slot++) {
            vector.name(slot, vector.extras.address() + vector.nameOffset(slot), SocketAddress.BYTES);
            vector.control(slot, vector.extras.address() + vector.controlOffset(slot), MessageVector.CONTROL_BYTES);
        }
        dirty = 0;
        int received = LibC.C.recvmmsg(socket.descriptor().number(), vector.address(), vector.slots, 0, 0);
        if (received < 0) {
            return -LibC.errno();
        }
        dirty = received;
        for (int slot = 0; slot < received; slot++) {
            vector.buffer(slot).position(0).limit(Math.min(vector.length(slot), vector.slotBytes));
        }
        return received;
    }

    /** The datagram in a slot: a direct, big-endian buffer, position 0, limit its length. Valid until the next {@link #receive}. */
    public ByteBuffer data(int slot) {
        return vector.buffer(slot);
    }

    /** Whether the datagram was longer than a slot; what is there is its beginning. */
    public boolean truncated(int slot) {
        return (vector.flags(slot) & MSG_TRUNC) != 0;
    }

    /** Whether the sender has an IPv6 address. */
    public boolean sourceIsInet6(int slot) {
        return SocketAddress.isInet6(vector.extras, vector.nameOffset(slot));
    }

    /** The first 64 bits of the sender's IPv6 address; 0 for IPv4. */
    public long sourceHigh(int slot) {
        return SocketAddress.high(vector.extras, vector.nameOffset(slot));
    }

    /** The last 64 bits of the sender's IPv6 address, or its IPv4 address in the low 32 bits. */
    public long sourceLow(int slot) {
        return SocketAddress.low(vector.extras, vector.nameOffset(slot));
    }

    /** The sender's port. */
    public int sourcePort(int slot) {
        return SocketAddress.port(vector.extras, vector.nameOffset(slot));
    }

    /** Whether the datagram came from where a path leads to. */
    public boolean isFrom(int slot, UdpPath path) {
        return sourcePort(slot) == path.remotePort()
                && sourceLow(slot) == path.remoteLow()
                && sourceHigh(slot) == path.remoteHigh()
                && sourceIsInet6(slot) == path.isInet6();
    }

    /** The sender. Allocates. */
    public InetSocketAddress source(int slot) {
        return SocketAddress.get(vector.extras, vector.nameOffset(slot));
    }

    /** Whether {@link UdpSocket#packetInfo} told which local address the datagram was sent to. */
    public boolean hasLocal(int slot) {
        return localInfo(slot) >= 0;
    }

    /** The first 64 bits of the local IPv6 address that the datagram was sent to; 0 for IPv4 or if it is not known. */
    public long localHigh(int slot) {
        int info = localInfo(slot);
        return info >= 0 && infoIsInet6(info) ? SocketAddress.bigEndian(vector.extras.getLong(info)) : 0;
    }

    /** The last 64 bits of that address, or the IPv4 address in the low 32 bits; 0 if it is not known. */
    public long localLow(int slot) {
        int info = localInfo(slot);
        if (info < 0) {
            return 0;
        }
        return infoIsInet6(info)
                ? SocketAddress.bigEndian(vector.extras.getLong(info + 8))
                : SocketAddress.bigEndian(vector.extras.getInt(info + 4)) & 0xffffffffL;
    }

    /** The index of the interface that the datagram came in by; 0 if it is not known. */
    public int interfaceIndex(int slot) {
        int info = localInfo(slot);
        return info < 0 ? 0 : vector.extras.getInt(infoIsInet6(info) ? info + 16 : info);
    }

    /** The local address that the datagram was sent to, if it is known. Allocates. */
    public Optional<InetAddress> local(int slot) {
        int info = localInfo(slot);
        if (info < 0) {
            return Optional.empty();
        }
        return Optional.of(infoIsInet6(info)
                ? SocketAddress.inet6(vector.extras, info, 0)
                : SocketAddress.inet(vector.extras, info + 4));
    }

    /** The way back to the sender, from the address that it wrote to if that is known. Allocates. */
    public UdpPath replyPath(int slot) {
        InetSocketAddress source = source(slot);
        return local(slot).map(local -> UdpPath.to(source, local)).orElseGet(() -> UdpPath.to(source));
    }

    /**
     * Offset of the in_pktinfo (int index, 4 bytes local address, 4 bytes destination) or in6_pktinfo (16 bytes address, int index) within
     * the extras, or -1. The kernel puts nothing else in front, since no other ancillary data is asked for.
     */
    private int localInfo(int slot) {
        int at = vector.controlOffset(slot);
        if (vector.controlLength(slot) < ABI.cmsgHeaderBytes() + 12) {
            return -1;
        }
        int level = vector.extras.getInt(at + ABI.cmsgLevel());
        int type = vector.extras.getInt(at + ABI.cmsgType());
        boolean info = level == UdpPath.SOL_IP && type == UdpPath.IP_PKTINFO || level == UdpPath.SOL_IPV6 && type == UdpPath.IPV6_PKTINFO;
        return info ? at + ABI.cmsgHeaderBytes() : -1;
    }

    private boolean infoIsInet6(int info) {
        return vector.extras.getInt(info - ABI.cmsgHeaderBytes() + ABI.cmsgLevel()) == UdpPath.SOL_IPV6;
    }
}
