package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;

import java.io.Closeable;
import java.nio.file.Path;

/**
 * A network namespace: interfaces, addresses, routes and ports of its own. A namespace belongs to a thread; sockets, TUN interfaces
 * and child processes stay in the one of the thread that made them. Needs CAP_SYS_ADMIN.
 */
public final class NetworkNamespace implements Closeable {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final Path OF_THREAD = Path.of("/proc/thread-self/ns/net");

    private final Descriptor descriptor;

    private NetworkNamespace(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** The namespace of the calling thread. */
    public static NetworkNamespace current() throws LinuxException {
        return open(OF_THREAD);
    }

    /** A namespace by its file, such as /run/netns/NAME or /proc/PID/ns/net. */
    public static NetworkNamespace open(Path file) throws LinuxException {
        return new NetworkNamespace(
                Descriptor.opened("open " + file, LibC.C.open(file.toString(), Abi.HOST.closeOnExec(), 0)));
    }

    /** Moves the calling thread into a new, empty namespace, where even the loopback interface is down. */
    public static void enterNew() throws LinuxException {
        if (LibC.C.unshare(CLONE_NEWNET) < 0) {
            throw new LinuxException("make a network namespace", LibC.errno());
        }
    }

    /** Moves the calling thread into this namespace. */
    public void enter() throws LinuxException {
        if (LibC.C.setns(descriptor.number(), CLONE_NEWNET) < 0) {
            throw new LinuxException("enter a network namespace", LibC.errno());
        }
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
