package org.isthmus.linux.ppp;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * An open /dev/ppp, which is for life either a channel or a unit. It belongs to the network namespace of the thread that opened it, does not
 * block, and is closed on exec. Frames begin with the two bytes of the PPP protocol. Any number of threads may read and write, each a buffer
 * of its own.
 */
public abstract sealed class PppDevice implements Closeable permits PppChannel, PppUnit {

    private static final String DEVICE = "/dev/ppp";
    private static final int O_RDWR = 2;

    private final Descriptor descriptor;

    PppDevice(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** @throws LinuxException ENOENT or ENXIO without the device or its driver, EPERM without CAP_NET_ADMIN */
    static Descriptor open() throws LinuxException {
        Abi abi = Abi.HOST;
        int number = LibC.C.open(DEVICE, O_RDWR | abi.nonBlock() | abi.closeOnExec(), 0);
        if (number < 0) {
            throw new LinuxException("open " + DEVICE, LibC.errno());
        }
        return Descriptor.owning(number);
    }

    /** Whether the device is there and may be opened. */
    public static void probe() throws LinuxException {
        open().close();
    }

    /** Runs an ioctl on a number and returns what became of it. */
    static int control(String what, Descriptor descriptor, long request, int value) throws LinuxException {
        Memory argument = Memory.allocate(4);
        argument.putInt(0, value);
        control(what, descriptor, request, argument);
        return argument.getInt(0);
    }

    static void control(String what, Descriptor descriptor, long request, Memory argument) throws LinuxException {
        if (LibC.C.ioctl(descriptor.number(), request, argument.address()) < 0) {
            throw new LinuxException(what, LibC.errno());
        }
        Reference.reachabilityFence(argument);
    }

    /**
     * Reads one frame to the position of a direct buffer, and moves the position behind it.
     *
     * @return its bytes, or a negative {@link org.isthmus.linux.Errno}: EAGAIN if none waits, EOVERFLOW if it did not fit and is lost; 0 from
     *     a unit whose channel is gone
     */
    public int read(ByteBuffer into) {
        int count = LibC.orNegativeErrno(LibC.C.read(descriptor.number(), Memory.addressOf(into), into.remaining()));
        if (count > 0) {
            into.position(into.position() + count);
        }
        Reference.reachabilityFence(into);
        return count;
    }

    /**
     * Sends the frame between position and limit of a buffer, which stays as it is. One that is not direct is copied.
     *
     * @return its bytes, or a negative {@link org.isthmus.linux.Errno}
     */
    public int write(ByteBuffer frame) {
        if (!frame.isDirect()) {
            return write(ByteBuffer.allocateDirect(frame.remaining()).put(frame.duplicate()).flip());
        }
        int count = LibC.orNegativeErrno(LibC.C.write(descriptor.number(), Memory.addressOf(frame), frame.remaining()));
        Reference.reachabilityFence(frame);
        return count;
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
