package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Bytes on their way to this process, from a child that was given the other end or from whoever opens the file of that name. */
public final class Pipe implements Closeable {

    private static final int OWNER_ONLY = 0600;
    private static final int READ_WRITE = 2;

    private final Descriptor reader;
    private final Descriptor writer;

    private Pipe(Descriptor reader, Descriptor writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** A pipe without a name. */
    public static Pipe open() throws LinuxException {
        Memory both = Memory.allocate(2 * Integer.BYTES);
        if (LibC.C.pipe2(both.address(), Abi.HOST.closeOnExec() | Abi.HOST.nonBlock()) < 0) {
            throw new LinuxException("make a pipe", LibC.errno());
        }
        return new Pipe(Descriptor.owning(both.getInt(0)), Descriptor.owning(both.getInt(Integer.BYTES)));
    }

    /** Makes a pipe that root's other processes may write to by its name. There must be no such file. */
    public static Pipe named(Path file) throws LinuxException {
        if (LibC.C.mkfifo(file.toString(), OWNER_ONLY) < 0) {
            throw new LinuxException("make the pipe " + file, LibC.errno());
        }
        // Open for writing too, so that it has no end when a writer closes it.
        Descriptor both = Descriptor.opened("open " + file,
                LibC.C.open(file.toString(), READ_WRITE | Abi.HOST.closeOnExec() | Abi.HOST.nonBlock(), 0));
        return new Pipe(both, both);
    }

    /** The end that is read here; to be watched with {@link Epoll}. */
    public Descriptor reader() {
        return reader;
    }

    /** The end for a child. To be closed once the child has it, or the pipe never ends. */
    public Descriptor writer() {
        return writer;
    }

    /**
     * Reads what has come, into a direct buffer.
     *
     * @return how many bytes; 0 when every writer has closed its end; or a negative {@link Errno}, EAGAIN if nothing has come
     */
    public int read(ByteBuffer into) {
        int read = LibC.orNegativeErrno(LibC.C.read(reader.number(), Memory.addressOf(into), into.remaining()));
        if (read > 0) {
            into.position(into.position() + read);
        }
        return read;
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
