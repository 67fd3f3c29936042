package org.isthmus.linux.netlink;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.util.function.Consumer;

/**
 * What the kernel tells the members of a multicast group of netlink, unasked. It does not block: wait for {@link #descriptor} to be
 * readable. For one thread at a time.
 */
public final class NetlinkNews implements Closeable {

    private static final int SOL_NETLINK = 270;
    private static final int ADD_MEMBERSHIP = 1;
    private static final int BYTES = 64 * 1024;
    /** Messages taken in one call, so that a flood of them does not keep the thread. */
    private static final int MOST = 256;

    private final Descriptor descriptor;
    private final Memory in = Memory.allocate(BYTES);

    private NetlinkNews(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Joins a group.
     *
     * @param protocol as {@link NetlinkSocket#open}
     * @param group    the group's number
     */
    public static NetlinkNews join(int protocol, int group) throws LinuxException {
        Descriptor descriptor = NetlinkSocket.hearing(protocol, 0);
        Memory value = Memory.allocate(4);
        value.putInt(0, group);
        if (LibC.C.setsockopt(descriptor.number(), SOL_NETLINK, ADD_MEMBERSHIP, value.address(), 4) < 0) {
            LinuxException refused = new LinuxException("join the netlink group " + group, LibC.errno());
            descriptor.close();
            throw refused;
        }
        return new NetlinkNews(descriptor);
    }

    /**
     * Hands over what has come.
     *
     * @return whether everything could be heard; false if some of it was lost, since it came too fast
     */
    public boolean read(Consumer<NetlinkReader> hear) {
        boolean whole = true;
        for (int i = 0; i < MOST; i++) {
            int count = LibC.orNegativeErrno(LibC.C.recv(descriptor.number(), in.address(), BYTES, 0));
            if (count == -Errno.ENOBUFS) {
                whole = false;
            } else if (count <= 0) {
                return whole;
            } else {
                NetlinkReader messages = new NetlinkReader(in.slice(0, count));
                while (messages.next()) {
                    hear.accept(messages);
                }
            }
        }
        return whole;
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
