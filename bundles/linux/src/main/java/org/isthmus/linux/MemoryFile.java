package org.isthmus.linux;

import org.isthmus.linux.libc.LibC;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file without a name that is kept in memory and goes with its last descriptor: a child that has one opens it as
 * {@code /dev/fd/N} and reads it from the beginning. Nobody but root can.
 */
public final class MemoryFile implements Closeable {

    private static final int CLOSE_ON_EXEC = 1;
    private static final int OWNER_ONLY = 0600;

    private final Descriptor descriptor;

    private MemoryFile(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** @param name shown by the system, for people */
    public static MemoryFile create(String name) throws LinuxException {
        Descriptor made = Descriptor.opened("make the memory file " + name, LibC.C.memfd_create(name, CLOSE_ON_EXEC));
        if (LibC.C.fchmod(made.number(), OWNER_ONLY) < 0) {
            int errno = LibC.errno();
            made.close();
            throw new LinuxException("set the rights of the memory file " + name, errno);
        }
        return new MemoryFile(made);
    }

    /** Replaces what is in it, for those as well that have it already. */
    public void write(byte[] content) throws IOException {
        Files.write(Path.of("/proc/self/fd/" + descriptor.number()), content);
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
