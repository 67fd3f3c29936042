package org.isthmus.linux.netlink;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Tells of the interfaces that come, change and go in the network namespace of the thread that opened it (rtnetlink, the group of
 * links). Does not block: {@link #descriptor} is readable when there is news. For one thread at a time.
 */
public final class LinkNews implements Closeable {

    private static final int AF_UNSPEC = 0;
    /** Of links alone (RTMGRP_LINK). */
    private static final int GROUPS = 1;
    private static final int RECEIVE_BYTES = 64 * 1024;
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

    private final Descriptor descriptor;
    private final Memory in = Memory.allocate(RECEIVE_BYTES);

    private LinkNews(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    public static LinkNews open() throws LinuxException {
        Descriptor descriptor = NetlinkSocket.hearing(NetlinkSocket.ROUTE, GROUPS);
        Memory value = Memory.allocate(4);
        value.putInt(0, RECEIVE_BUFFER_BYTES);
        LibC.C.setsockopt(descriptor.number(), Abi.HOST.solSocket(), Abi.HOST.soRcvBufForce(), value.address(), 4);
        return new LinkNews(descriptor);
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * Reads all that has happened, in its order.
     *
     * @param changed takes an interface that is new or has changed, as it is now
     * @param gone    takes the index of one that is no more
     * @return false if some news was lost, since too much happened at once: what is known must be asked for anew
     */
    public boolean read(Consumer<Link> changed, IntConsumer gone) throws LinuxException {
        boolean whole = true;
        while (true) {
            int count = LibC.orNegativeErrno(LibC.C.recv(descriptor.number(), in.address(), RECEIVE_BYTES, 0));
            if (count == -Errno.EAGAIN) {
                return whole;
            }
            if (count == -Errno.ENOBUFS) {
                whole = false;
            } else if (count < 0 && count != -Errno.EINTR) {
                throw new LinuxException("read changes of interfaces", -count);
            }
            NetlinkReader messages = new NetlinkReader(in.slice(0, Math.max(count, 0)));
            while (messages.next()) {
                tell(messages, changed, gone);
            }
        }
    }

    /** Messages of the bridge's own family say the same of a port, and that it is gone when it only left the bridge. */
    private static void tell(NetlinkReader message, Consumer<Link> changed, IntConsumer gone) {
        if (message.u8(0) != AF_UNSPEC) {
            return;
        }
        if (message.type() == RouteRequests.DELETE_LINK) {
            gone.accept(message.u32(4));
        } else {
            RouteAnswers.link(message).ifPresent(changed);
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
