package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A socket of the kernel's L2TP over IP protocol 115, for one tunnel. The kernel takes the data packets for itself; through the socket pass
 * control messages, without the four zero octets of RFC 3931 section 4.1.1.2, which the kernel adds and takes away. The modules are
 * {@code l2tp_ip} and {@code l2tp_ip6}.
 */
public final class L2tpIpSocket extends IpSocket {

    private static final int IPPROTO_L2TP = 115;
    private static final int INET_BYTES = 16;
    private static final int INET6_BYTES = 32;

    private L2tpIpSocket(Descriptor descriptor, AddressFamily family) {
        super(descriptor, family);
    }

    /** Opens an unbound socket. EPROTONOSUPPORT without the module. */
    public static L2tpIpSocket open(AddressFamily family) throws LinuxException {
        Abi abi = Abi.HOST;
        int type = abi.sockDgram() | abi.nonBlock() | abi.closeOnExec();
        return new L2tpIpSocket(Descriptor.opened("open a socket for L2TP over IP",
                LibC.C.socket(family.number(), type, IPPROTO_L2TP)), family);
    }

    /** Takes over such a socket that was opened earlier. */
    public static L2tpIpSocket adopt(Descriptor descriptor) throws LinuxException {
        return new L2tpIpSocket(descriptor, familyOf(descriptor));
    }

    /** Binds to a local address and our identifier of the control connection. */
    public void bind(InetAddress local, int connectionId) throws LinuxException {
        byte[] address = address(local, connectionId);
        scratch.putBytes(0, address);
        check("bind " + local.getHostAddress() + " for tunnel " + Integer.toUnsignedString(connectionId),
                LibC.C.bind(descriptor().number(), scratch.address(), address.length));
    }

    /** Fixes the peer, and its identifier of the control connection. */
    public void connect(InetAddress remote, int connectionId) throws LinuxException {
        byte[] address = address(remote, connectionId);
        scratch.putBytes(0, address);
        check("connect " + remote.getHostAddress(), LibC.C.connect(descriptor().number(), scratch.address(), address.length));
    }

    /**
     * The address, in the machine's byte order but for the IP address.
     *
     * <pre>
     * sockaddr_l2tpip    u16 family, u16 zero, 4 bytes address, u32 connection id, 4 bytes zero
     * sockaddr_l2tpip6   u16 family, u16 zero, u32 flow, 16 bytes address, u32 scope, u32 connection id
     * </pre>
     */
    static byte[] address(InetAddress host, int connectionId) {
        boolean inet = AddressFamily.of(host) == AddressFamily.INET;
        ByteBuffer out = ByteBuffer.allocate(inet ? INET_BYTES : INET6_BYTES).order(ByteOrder.nativeOrder());
        out.putShort((short) AddressFamily.of(host).number()).putShort((short) 0);
        if (inet) {
            out.put(host.getAddress());
        } else {
            out.putInt(0).put(host.getAddress()).putInt(((Inet6Address) host).getScopeId());
        }
        return out.putInt(connectionId).array();
    }
}
