package org.isthmus.linux.l2tp;

import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The socket that ties a session of the kernel's L2TP to PPP (AF_PPPOX, PX_PROTO_OL2TP). The session lives as long as the socket is open.
 */
public final class PppSocket implements Closeable {

    private static final int AF_PPPOX = 24;
    private static final int PX_PROTO_OL2TP = 1;

    private final Descriptor descriptor;

    private PppSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Connects to a session that {@link L2tpFamily#createSession} has made.
     *
     * @param session its identifiers
     * @param version 2 or 3, of its tunnel
     * @param family  that of the tunnel's addresses
     * @throws LinuxException EPROTONOSUPPORT or EAFNOSUPPORT without the module l2tp_ppp, EEXIST if the session has a socket already
     */
    public static PppSocket connect(KernelSession session, int version, AddressFamily family) throws LinuxException {
        Abi abi = Abi.HOST;
        int number = LibC.C.socket(AF_PPPOX, abi.sockDgram() | abi.closeOnExec() | abi.nonBlock(), PX_PROTO_OL2TP);
        if (number < 0) {
            throw new LinuxException("open a PPPoL2TP socket", LibC.errno());
        }
        PppSocket socket = new PppSocket(Descriptor.owning(number));
        byte[] address = address(session, version, family);
        Memory memory = Memory.allocate(address.length);
        memory.putBytes(0, address);
        if (LibC.C.connect(number, memory.address(), address.length) < 0) {
            LinuxException refused = new LinuxException("connect a PPPoL2TP socket to " + session, LibC.errno());
            socket.close();
            throw refused;
        }
        return socket;
    }

    /** Takes over the socket of a session that another process connected. */
    public static PppSocket adopt(Descriptor descriptor) {
        return new PppSocket(descriptor);
    }

    /**
     * The address of a session, packed, in the machine's byte order. The kernel tells the four kinds apart by their length and reads nothing
     * of the socket address within; the descriptor counts only where it makes a tunnel too.
     *
     * <pre>
     * all            u16 24, u32 1, s32 process, s32 descriptor
     * v2, IPv4  38   sockaddr_in (16), u16 our tunnel, u16 our session, u16 peer's tunnel, u16 peer's session
     * v3, IPv4  46   the same with u32
     * v2, IPv6  50   the identifiers as u16, then sockaddr_in6 (28)
     * v3, IPv6  58   the identifiers as u32, then sockaddr_in6 (28)
     * </pre>
     */
    static byte[] address(KernelSession session, int version, AddressFamily family) {
        int idBytes = version == 2 ? 2 : 4;
        boolean inet = family == AddressFamily.INET;
        ByteBuffer out = ByteBuffer.allocate(14 + 4 * idBytes + (inet ? 16 : 28)).order(ByteOrder.nativeOrder());
        out.putShort((short) AF_PPPOX).putInt(PX_PROTO_OL2TP).putInt(0).putInt(-1);
        if (inet) {
            out.putShort((short) family.number()).position(14 + 16);
        }
        for (int id : new int[] {session.tunnelId(), session.id(), session.peerTunnelId(), session.peerId()}) {
            if (idBytes == 2) {
                out.putShort((short) id);
            } else {
                out.putInt(id);
            }
        }
        if (!inet) {
            out.putShort((short) family.number());
        }
        return out.array();
    }

    /** The number of the PPP channel that the session is from now on, for {@link org.isthmus.linux.ppp.PppChannel}. */
    public int channel() throws LinuxException {
        Memory index = Memory.allocate(4);
        if (LibC.C.ioctl(descriptor.number(), Abi.HOST.ior('t', 55, 4), index.address()) < 0) {
            throw new LinuxException("ask for the PPP channel of a session", LibC.errno());
        }
        return index.getInt(0);
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /** Closes it, and so deletes the session and its channel. */
    @Override
    public void close() {
        descriptor.close();
    }
}
