package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A UDP socket over IPv4 or over IPv6 (never both: an IPv6 socket is IPv6 only). */
public final class UdpSocket extends IpSocket {

    private static final int IPV6_V6ONLY = 26;
    private static final int SOL_UDP = 17;
    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    private static final int UDP_NO_CHECK6_TX = 101;
    private static final int IPPROTO_UDP = 17;
    private static final int AF_UNSPEC = 0;

    private UdpSocket(Descriptor descriptor, AddressFamily family) {
        super(descriptor, family);
    }

    /** Opens an unbound socket. */
    public static UdpSocket open(AddressFamily family) throws LinuxException {
        Abi abi = Abi.HOST;
        int type = abi.sockDgram() | abi.nonBlock() | abi.closeOnExec();
        UdpSocket socket = new UdpSocket(
                Descriptor.opened("open a UDP socket", LibC.C.socket(family.number(), type, IPPROTO_UDP)), family);
        if (family == AddressFamily.INET6) {
            try {
                socket.set("IPV6_V6ONLY", UdpPath.SOL_IPV6, IPV6_V6ONLY, 1);
            } catch (LinuxException refused) {
                socket.close();
                throw refused;
            }
        }
        return socket;
    }

    /** Takes over a UDP socket that was opened earlier, for instance by the version of a bundle that this one replaces. */
    public static UdpSocket adopt(Descriptor descriptor) throws LinuxException {
        return new UdpSocket(descriptor, familyOf(descriptor));
    }

    /** Lets a socket bind to an address that another socket with this option has already. Set it before {@link #bind}. */
    public void reuseAddress(boolean on) throws LinuxException {
        set("SO_REUSEADDR", Abi.HOST.solSocket(), Abi.HOST.soReuseAddr(), on ? 1 : 0);
    }

    /** Lets several sockets of one user share an address and port; the kernel spreads the peers over them. Set it before {@link #bind}. */
    public void reusePort(boolean on) throws LinuxException {
        set("SO_REUSEPORT", Abi.HOST.solSocket(), Abi.HOST.soReusePort(), on ? 1 : 0);
    }

    /** Has a program choose among the sockets that share this one's port. Set it on one of them, after {@link #bind}. */
    public void chooseBy(SocketFilter filter) throws LinuxException {
        check("choose among the sockets of a port", LibC.C.setsockopt(descriptor().number(), Abi.HOST.solSocket(),
                SO_ATTACH_REUSEPORT_CBPF, filter.address(), filter.bytes()));
        Reference.reachabilityFence(filter);
    }

    /** Whether sent datagrams carry a UDP checksum; on by default. Without one over IPv6, peers must agree (RFC 6935). */
    public void checksums(boolean on) throws LinuxException {
        if (family() == AddressFamily.INET) {
            set("SO_NO_CHECK", Abi.HOST.solSocket(), Abi.HOST.soNoCheck(), on ? 0 : 1);
        } else {
            set("UDP_NO_CHECK6_TX", SOL_UDP, UDP_NO_CHECK6_TX, on ? 0 : 1);
        }
    }

    /** Fixes the peer: only its datagrams are received, and sends without a path go to it. */
    public void connect(InetSocketAddress remote) throws LinuxException {
        int length = SocketAddress.put(scratch, 0, remote);
        check("connect " + text(remote), LibC.C.connect(descriptor().number(), scratch.address(), length));
    }

    /** Undoes {@link #connect}. */
    public void disconnect() throws LinuxException {
        scratch.putLong(0, 0);
        scratch.putLong(8, 0);
        scratch.putShort(0, AF_UNSPEC);
        check("disconnect", LibC.C.connect(descriptor().number(), scratch.address(), 16));
    }

    /** Sends to the connected peer, as {@link #send(ByteBuffer, UdpPath)}. */
    public int send(ByteBuffer data) {
        long address = Memory.addressOf(data);
        int result = LibC.orNegativeErrno(LibC.C.send(descriptor().number(), address, data.remaining(), 0));
        if (mayBeOfAnother(-result)) {
            result = LibC.orNegativeErrno(LibC.C.send(descriptor().number(), address, data.remaining(), 0));
        }
        Reference.reachabilityFence(data);
        return result;
    }
}
