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

    private static final int AF_NETLINK = 16;
    private static final int AF_UNSPEC = 0;
    private static final int GROUP_LINK = 1;
    private static final int ADDRESS_BYTES = 12;
    private static final int RECEIVE_BYTES = 64 * 1024;
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

    private final Descriptor descriptor;
    private final Memory in = Memory.allocate(RECEIVE_BYTES);

    private LinkNews(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    public static LinkNews open() throws LinuxException {
        Abi abi = Abi.HOST;
        int number = LibC.C.socket(AF_NETLINK, abi.sockRaw() | abi.closeOnExec() | abi.nonBlock(), NetlinkSocket.ROUTE);
        if (number < 0) {
            throw new LinuxException("open a netlink socket", LibC.errno());
        }
        Descriptor descriptor = Descriptor.owning(number);
        Memory value = Memory.allocate(ADDRESS_BYTES);
        value.putInt(0, RECEIVE_BUFFER_BYTES);
        LibC.C.setsockopt(descriptor.number(), abi.solSocket(), abi.soRcvBufForce(), value.address(), Integer.BYTES);
        // struct sockaddr_nl { u16 family; u16 padding; u32 port; u32 groups; }
        value.putInt(0, 0);
        value.putShort(0, AF_NETLINK);
        value.putInt(4, 0);
        value.putInt(8, GROUP_LINK);
        if (LibC.C.bind(descriptor.number(), value.address(), ADDRESS_BYTES) < 0) {
            LinuxException failure = new LinuxException("listen for changes of interfaces", LibC.errno());
            descriptor.close();
            throw failure;
        }
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
