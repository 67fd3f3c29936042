package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What sockets for packets over IPv4 or over IPv6 (never both) have in common: non-blocking and closed on exec.
 *
 * <p>One thread sets a socket up, receives from it and polls its errors. Any number of threads may send through it at the same time, single
 * datagrams or a {@link SendBatch} of their own.
 */
public abstract sealed class IpSocket implements Closeable permits UdpSocket, RawSocket, L2tpIpSocket {

    private static final int SOL_IP = UdpPath.SOL_IP;
    private static final int IP_TOS = UdpPath.IP_TOS;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_RECVERR = 11;
    private static final int IP_MTU = 14;
    private static final int SOL_IPV6 = UdpPath.SOL_IPV6;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_MTU = 24;
    private static final int IPV6_RECVERR = 25;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_TCLASS = UdpPath.IPV6_TCLASS;
    private static final int PMTUDISC_DONT = 0;
    private static final int PMTUDISC_PROBE = 3;
    private static final int PMTUDISC_OMIT = 5;

    private final Descriptor descriptor;
    private final AddressFamily family;
    final Memory scratch = Memory.allocate(64);
    private final MessageHeaders headers = new MessageHeaders();
    private final ErrorQueue errors;

    IpSocket(Descriptor descriptor, AddressFamily family) {
        this.descriptor = descriptor;
        this.family = family;
        this.errors = new ErrorQueue(descriptor);
    }

    /** Of a socket that was opened elsewhere. */
    static AddressFamily familyOf(Descriptor descriptor) throws LinuxException {
        Memory value = Memory.allocate(8);
        value.putInt(4, 4);
        check("get socket option SO_DOMAIN", LibC.C.getsockopt(descriptor.number(), Abi.HOST.solSocket(), Abi.HOST.soDomain(),
                value.address(), value.address() + 4));
        return value.getInt(0) == AddressFamily.INET6.number() ? AddressFamily.INET6 : AddressFamily.INET;
    }

    public AddressFamily family() {
        return family;
    }

    /** The socket's descriptor, to wait on it or to hand it over. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * Asks for a receive buffer, past the system's limit where the process has CAP_NET_ADMIN.
     *
     * @return the bytes that the kernel granted (it counts its own overhead, so usually twice the wish)
     */
    public int receiveBuffer(int bytes) throws LinuxException {
        return buffer("SO_RCVBUF", Abi.HOST.soRcvBufForce(), Abi.HOST.soRcvBuf(), bytes);
    }

    /** Asks for a send buffer, as {@link #receiveBuffer}. */
    public int sendBuffer(int bytes) throws LinuxException {
        return buffer("SO_SNDBUF", Abi.HOST.soSndBufForce(), Abi.HOST.soSndBuf(), bytes);
    }

    /**
     * Whether packets carry Don't Fragment. If set, only a send larger than the interface takes fails with EMSGSIZE: what ICMP says of
     * the path is the caller's to judge, not the kernel's, since anybody can forge it. If not set, this host and (IPv4) routers
     * fragment. Either way {@link #receiveErrors} tells of packets that were too big, also of those of other sockets of the port.
     */
    public void dontFragment(boolean on) throws LinuxException {
        // Over IPv4, OMIT is DONT that reports errors; over IPv6, where routers do not fragment, it would ignore them.
        int mode = on ? PMTUDISC_PROBE : pick(PMTUDISC_OMIT, PMTUDISC_DONT);
        set("MTU_DISCOVER", level(), pick(IP_MTU_DISCOVER, IPV6_MTU_DISCOVER), mode);
    }

    /** Has each received datagram say which local address it was sent to ({@link ReceiveBatch#local}). */
    public void packetInfo(boolean on) throws LinuxException {
        set("PKTINFO", level(), pick(UdpPath.IP_PKTINFO, IPV6_RECVPKTINFO), on ? 1 : 0);
    }

    /** Keeps the errors that datagrams met on the way for {@link #pollError}. */
    public void receiveErrors(boolean on) throws LinuxException {
        set("RECVERR", level(), pick(IP_RECVERR, IPV6_RECVERR), on ? 1 : 0);
    }

    /** The mark that policy routing and netfilter see on sent packets; needs CAP_NET_ADMIN. */
    public void mark(int mark) throws LinuxException {
        set("SO_MARK", Abi.HOST.solSocket(), Abi.HOST.soMark(), mark);
    }

    /** The TOS byte (IPv4) or traffic class (IPv6) of sent packets, 0 to 255. */
    public void trafficClass(int trafficClass) throws LinuxException {
        set("TOS", level(), pick(IP_TOS, IPV6_TCLASS), trafficClass);
    }

    /** Ties the socket to one interface, or with an empty name to none. */
    public void bindToDevice(String interfaceName) throws LinuxException {
        byte[] name = InterfaceName.bytes(interfaceName);
        scratch.putBytes(0, name);
        check("bind to device " + interfaceName, LibC.C.setsockopt(descriptor.number(), Abi.HOST.solSocket(),
                Abi.HOST.soBindToDevice(), scratch.address(), name.length));
    }

    /** Binds to a local address; port 0 lets the kernel choose, see {@link #localAddress}. */
    public void bind(InetSocketAddress local) throws LinuxException {
        int length = SocketAddress.put(scratch, 0, local);
        check("bind " + text(local), LibC.C.bind(descriptor.number(), scratch.address(), length));
    }

    /** The address and port that the socket is bound to. */
    public InetSocketAddress localAddress() throws LinuxException {
        scratch.putInt(32, SocketAddress.BYTES);
        check("getsockname", LibC.C.getsockname(descriptor.number(), scratch.address(), scratch.address() + 32));
        return SocketAddress.get(scratch, 0);
    }

    /** The MTU of the path to the connected peer in bytes, IP header included. */
    public int pathMtu() throws LinuxException {
        return get("MTU", level(), pick(IP_MTU, IPV6_MTU));
    }

    /**
     * Sends the bytes between the position and the limit of a direct buffer; the buffer stays as it is. Any number of threads may send
     * at the same time, each a buffer of its own.
     *
     * @return the bytes sent, or a negative {@link Errno}: EAGAIN (send buffer full), EMSGSIZE, ENETUNREACH, ...
     */
    public int send(ByteBuffer data, UdpPath path) {
        int claimed = headers.claim();
        MessageHeader message = headers.get(claimed);
        message.path(path);
        message.data(Memory.addressOf(data), data.remaining());
        int result = LibC.orNegativeErrno(LibC.C.sendmsg(descriptor.number(), message.address(), 0));
        if (mayBeOfAnother(-result)) {
            result = LibC.orNegativeErrno(LibC.C.sendmsg(descriptor.number(), message.address(), 0));
        }
        headers.release(claimed);
        Reference.reachabilityFence(data);
        return result;
    }

    /**
     * The oldest error of an earlier datagram, if {@link #receiveErrors} is on; empty when there is none. epoll reports
     * {@link Epoll#ERROR} while some wait. Whoever empties the queue sets a limit: peers can fill it.
     */
    public Optional<SocketError> pollError() {
        return errors.poll();
    }

    @Override
    public void close() {
        descriptor.close();
    }

    /**
     * Whether an error may be the ICMP error of an earlier datagram to somebody else, which the kernel hands out with the next call,
     * whatever that is. The datagram at hand was not sent then and is worth a second try.
     */
    static boolean mayBeOfAnother(int errno) {
        return errno > 0 && errno != Errno.EAGAIN && errno != Errno.EBADF;
    }

    private int level() {
        return pick(SOL_IP, SOL_IPV6);
    }

    private int pick(int inet, int inet6) {
        return family == AddressFamily.INET ? inet : inet6;
    }

    private int buffer(String what, int force, int usual, int bytes) throws LinuxException {
        scratch.putInt(0, bytes);
        if (LibC.C.setsockopt(descriptor.number(), Abi.HOST.solSocket(), force, scratch.address(), 4) < 0) {
            set(what, Abi.HOST.solSocket(), usual, bytes);
        }
        return get(what, Abi.HOST.solSocket(), usual);
    }

    final void set(String what, int level, int option, int value) throws LinuxException {
        scratch.putInt(0, value);
        check("set socket option " + what + " to " + value,
                LibC.C.setsockopt(descriptor.number(), level, option, scratch.address(), 4));
    }

    final int get(String what, int level, int option) throws LinuxException {
        scratch.putInt(4, 4);
        check("get socket option " + what,
                LibC.C.getsockopt(descriptor.number(), level, option, scratch.address(), scratch.address() + 4));
        return scratch.getInt(0);
    }

    static void check(String call, int result) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(call, LibC.errno());
        }
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " port " + address.getPort();
    }
}
