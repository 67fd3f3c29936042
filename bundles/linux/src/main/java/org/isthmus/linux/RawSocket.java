package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * A socket for the packets of one IP protocol over IPv4 or over IPv6, without ports; needs CAP_NET_RAW. Every such socket of
 * the protocol gets a copy of every packet, so that each should have a {@link #keepOnly} of its own. Paths have port 0.
 *
 * <p>What is sent is the payload, the kernel writes the IP header. What is received begins with the IP header over IPv4
 * and with the payload over IPv6: {@link #payloadOffset} says where the payload is.
 */
public final class RawSocket extends IpSocket {

    private static final int SO_ATTACH_FILTER = 26;
    private static final int INET_HEADER_BYTES = 20;

    private RawSocket(Descriptor descriptor, AddressFamily family) {
        super(descriptor, family);
    }

    /**
     * Opens a socket for an IP protocol.
     *
     * @throws LinuxException with EPERM when CAP_NET_RAW is missing
     */
    public static RawSocket open(AddressFamily family, int protocol) throws LinuxException {
        Abi abi = Abi.HOST;
        int type = abi.sockRaw() | abi.nonBlock() | abi.closeOnExec();
        return new RawSocket(Descriptor.opened("open a raw socket for IP protocol " + protocol,
                LibC.C.socket(family.number(), type, protocol)), family);
    }

    /** Takes over such a socket that was opened earlier, with its program. */
    public static RawSocket adopt(Descriptor descriptor) throws LinuxException {
        return new RawSocket(descriptor, familyOf(descriptor));
    }

    /**
     * Has a program choose which packets the socket receives: those for which it does not return 0. It sees what the socket
     * would receive. What came before the program was set is received all the same.
     */
    public void keepOnly(SocketFilter filter) throws LinuxException {
        check("set a packet filter", LibC.C.setsockopt(descriptor().number(), Abi.HOST.solSocket(), SO_ATTACH_FILTER,
                filter.address(), filter.bytes()));
        Reference.reachabilityFence(filter);
    }

    /** Where the payload of a received packet begins, or its length where that makes no sense. Allocates nothing. */
    public int payloadOffset(ByteBuffer packet) {
        if (family() == AddressFamily.INET6) {
            return 0;
        }
        if (packet.remaining() < INET_HEADER_BYTES) {
            return packet.remaining();
        }
        return Math.min((packet.get(packet.position()) & 0x0f) * 4, packet.remaining());
    }
}
