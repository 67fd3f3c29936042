package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;

import java.io.Closeable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor and the duty to close it. Every descriptor made here is closed on exec and does not block.
 *
 * <p>Any thread may close it, once; the number is then free for the kernel to give away again, so whoever closes it makes sure
 * that no other thread still uses it.
 */
public final class Descriptor implements Closeable {

    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int CLOSED = -1;

    private final AtomicInteger number;
    /** Who keeps it too, and under which name; null while nobody does. */
    private volatile DescriptorStore keeper;
    private volatile String keptAs;

    private Descriptor(int number) {
        this.number = new AtomicInteger(number);
    }

    /**
     * Takes over a descriptor that was opened elsewhere: it is set to close on exec and not to block.
     *
     * @throws LinuxException EBADF, if no such descriptor is open
     */
    public static Descriptor adopt(int number) throws LinuxException {
        int descriptorFlags = LibC.C.fcntl(number, F_GETFD, 0);
        int statusFlags = LibC.C.fcntl(number, F_GETFL, 0);
        if (descriptorFlags < 0 || statusFlags < 0
                || LibC.C.fcntl(number, F_SETFD, descriptorFlags | FD_CLOEXEC) < 0
                || LibC.C.fcntl(number, F_SETFL, statusFlags | Abi.HOST.nonBlock()) < 0) {
            throw new LinuxException("adopt descriptor " + number, LibC.errno());
        }
        return new Descriptor(number);
    }

    /** Takes the duty to close a descriptor, which is left as it is set up. */
    public static Descriptor owning(int number) {
        return new Descriptor(number);
    }

    /** Wraps the result of a call that opened something; -1 throws what it failed with. */
    static Descriptor opened(String call, int result) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(call, LibC.errno());
        }
        return new Descriptor(result);
    }

    /** The descriptor's number, or -1 once it is closed or released (every call with -1 fails with EBADF). */
    public int number() {
        return number.get();
    }

    public boolean isOpen() {
        return number.get() != CLOSED;
    }

    /** A second descriptor for the same open file. */
    public Descriptor duplicate() throws LinuxException {
        return opened("duplicate descriptor " + number, LibC.C.fcntl(number(), F_DUPFD_CLOEXEC, 3));
    }

    /**
     * Gives the descriptor away without closing it: the caller has the duty now.
     *
     * @return its number
     * @throws IllegalStateException if it is closed
     */
    public int release() {
        int released = number.getAndSet(CLOSED);
        if (released == CLOSED) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return released;
    }

    /** Has another process keep it too, until it is closed here: if this process dies before that, what is open stays open. */
    public void keep(DescriptorStore store, String name) throws LinuxException {
        store.keep(name, this);
        keptAs = name;
        keeper = store;
    }

    /** Closes it, and has it closed by who keeps it; a second call does nothing. */
    @Override
    public void close() {
        int closing = number.getAndSet(CLOSED);
        if (closing != CLOSED) {
            if (keeper != null) {
                forget(); // first: the last to close it is this process, which waits for what comes of it
            }
            LibC.C.close(closing);
        }
    }

    private void forget() {
        try {
            keeper.forget(keptAs);
        } catch (LinuxException goneOrDeaf) {
            keeper = null; // it has nothing any more, or cannot be told
        }
    }

    @Override
    public String toString() {
        return "fd " + number;
    }
}
