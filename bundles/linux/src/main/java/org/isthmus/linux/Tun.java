package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A network interface whose other end is this process: TUN carries IP packets, TAP Ethernet frames. It does not block, and goes away
 * when the last of its queues is closed.
 *
 * <p>Any number of threads may read and write at the same time, each a buffer of its own. Several readers do better with a queue each
 * ({@link Option#MULTI_QUEUE}, {@link #openQueue}), which keeps the packets of a flow in order.
 */
public final class Tun implements Closeable {

    /** What the interface carries. */
    public enum Kind {
        /** IP packets without any header in front. */
        TUN(1),
        /** Ethernet frames without frame check sequence. */
        TAP(2);

        private final int flag;

        Kind(int flag) {
            this.flag = flag;
        }
    }

    /** How the interface is opened. */
    public enum Option {
        /** It may have several queues; the kernel spreads flows over them. */
        MULTI_QUEUE(0x100),
        /** Each packet has a virtio_net_hdr in front, for checksum and segmentation offload. */
        VNET_HDR(0x4000);

        private final int flag;

        Option(int flag) {
            this.flag = flag;
        }
    }

    private static final String DEVICE = "/dev/net/tun";
    private static final int IFF_NO_PI = 0x1000;
    private static final int O_RDWR = 2;

    private final Descriptor descriptor;
    private final String name;
    private final Kind kind;
    private final Set<Option> options;

    private Tun(Descriptor descriptor, String name, Kind kind, Set<Option> options) {
        this.descriptor = descriptor;
        this.name = name;
        this.kind = kind;
        this.options = options;
    }

    /**
     * Makes the interface (down, without an address), or attaches to a persistent one of that name.
     *
     * @param name at most 15 characters; "l2tp%d" has the kernel put a number in; empty has it choose
     * @throws LinuxException ENOENT if there is no /dev/net/tun, EPERM without CAP_NET_ADMIN, EBUSY if another process holds it
     */
    public static Tun open(Kind kind, String name, Option... options) throws LinuxException {
        return open(kind, name, Set.of(options));
    }

    /** Takes over an interface that was opened earlier, with the name and the options it was opened with. */
    public static Tun adopt(Descriptor descriptor, Kind kind, String name, Option... options) {
        return new Tun(descriptor, name, kind, Set.of(options));
    }

    /** Takes over an interface that another process opened with no option, whatever it is and is called. */
    public static Tun adopt(Descriptor descriptor) throws LinuxException {
        Memory request = Memory.allocate(Abi.HOST.ifreqBytes());
        if (LibC.C.ioctl(descriptor.number(), Abi.HOST.ior('T', 210, Integer.BYTES), request.address()) < 0) {
            throw new LinuxException("ask for the interface of " + descriptor, LibC.errno());
        }
        Kind kind = (request.getShort(InterfaceName.BYTES) & Kind.TAP.flag) != 0 ? Kind.TAP : Kind.TUN;
        return new Tun(descriptor, name(request), kind, Set.of());
    }

    private static Tun open(Kind kind, String name, Set<Option> options) throws LinuxException {
        Abi abi = Abi.HOST;
        byte[] wish = InterfaceName.bytes(name);
        Descriptor descriptor = Descriptor.opened("open " + DEVICE,
                LibC.C.open(DEVICE, O_RDWR | abi.nonBlock() | abi.closeOnExec(), 0));
        Memory request = Memory.allocate(abi.ifreqBytes());
        request.putBytes(0, wish);
        int flags = kind.flag | IFF_NO_PI;
        for (Option option : options) {
            flags |= option.flag;
        }
        request.putShort(InterfaceName.BYTES, flags);
        long setInterface = abi.iow('T', 202, 4);
        if (LibC.C.ioctl(descriptor.number(), setInterface, request.address()) < 0) {
            LinuxException failure = new LinuxException("make the " + kind + " interface '" + name + "'", LibC.errno());
            descriptor.close();
            throw failure;
        }
        return new Tun(descriptor, name(request), kind, options);
    }

    private static String name(Memory request) {
        byte[] got = new byte[InterfaceName.BYTES];
        request.getBytes(0, got);
        int length = 0;
        while (length < got.length && got[length] != 0) {
            length++;
        }
        return new String(got, 0, length, StandardCharsets.UTF_8);
    }

    /** One more queue of the same interface; needs {@link Option#MULTI_QUEUE}. */
    public Tun openQueue() throws LinuxException {
        return open(kind, name, options);
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** The interface's index, as routes want it. */
    public int index() throws LinuxException {
        int index = LibC.C.if_nametoindex(name);
        if (index == 0) {
            throw new LinuxException("find the interface " + name, LibC.errno());
        }
        return index;
    }

    /**
     * Has the interface lose its carrier, or get it back, as if a cable was pulled: the system then sends nothing into it and
     * whoever watches the interface sees it.
     *
     * @throws LinuxException EINVAL before Linux 5.0
     */
    public void carrier(boolean present) throws LinuxException {
        Memory value = Memory.allocate(Integer.BYTES);
        value.putInt(0, present ? 1 : 0);
        if (LibC.C.ioctl(descriptor.number(), Abi.HOST.iow('T', 226, Integer.BYTES), value.address()) < 0) {
            throw new LinuxException("set the carrier of the interface " + name, LibC.errno());
        }
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * Reads one packet to the buffer's position, no farther than its limit (a longer packet is cut), and moves the position behind
     * it.
     *
     * @param into a direct buffer
     * @return the packet's bytes, or a negative {@link Errno}: EAGAIN if none waits
     */
    public int read(ByteBuffer into) {
        int count = LibC.orNegativeErrno(LibC.C.read(descriptor.number(), Memory.addressOf(into), into.remaining()));
        Reference.reachabilityFence(into);
        if (count > 0) {
            into.position(into.position() + count);
        }
        return count;
    }

    /**
     * Writes what lies between position and limit of a direct buffer as one packet; the buffer stays as it is.
     *
     * @return the bytes written, or a negative {@link Errno}: EIO while the interface is down, EINVAL for what is no packet
     */
    public int write(ByteBuffer packet) {
        int count = LibC.orNegativeErrno(LibC.C.write(descriptor.number(), Memory.addressOf(packet), packet.remaining()));
        Reference.reachabilityFence(packet);
        return count;
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
