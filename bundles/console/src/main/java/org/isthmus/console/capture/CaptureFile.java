package org.isthmus.console.capture;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.isthmus.api.TracedDatagram;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.protocol.capture.CapturedDatagram;
import org.isthmus.protocol.capture.PcapngBlocks;

/**
 * A pcapng file that only its owner can read, and that never grows beyond a size. When it is full, either no more fits in,
 * or, as a ring, it becomes FILE.1 in place of the FILE.1 before and a new one is begun.
 */
public final class CaptureFile implements AutoCloseable {
    private final Path path;
    private final Path older;
    private final byte[] start;
    private final long mostBytes;
    private final boolean ring;
    private OutputStream out;
    private long bytes;

    /**
     * @param mostBytes how large the file may grow
     * @param force     takes the place of a file that is there
     * @throws FileAlreadyExistsException if there is a file and no force, or something else than a file
     */
    public CaptureFile(Path path, String tunnel, long mostBytes, boolean ring, boolean force) throws IOException {
        this.path = path;
        this.older = path.resolveSibling(path.getFileName() + ".1");
        this.start = PcapngBlocks.start("Isthmus", tunnel, "L2TP tunnel \"" + tunnel + "\"; IP and UDP headers are made up");
        this.mostBytes = mostBytes;
        this.ring = ring;
        makeRoom(path, force);
        if (ring) {
            makeRoom(older, force);
        }
        begin();
    }

    private static void makeRoom(Path file, boolean force) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!force || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.delete(file);
        }
    }

    private void begin() throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // Not a channel: Ctrl-C interrupts this thread, and would close it under what is still to be written.
        out = new BufferedOutputStream(new FileOutputStream(path.toFile()));
        out.write(start);
        bytes = start.length;
    }

    /** Adds a datagram; false if the file is full. */
    public boolean add(TracedDatagram datagram) throws IOException {
        byte[] block = PcapngBlocks.packet(captured(datagram));
        if (bytes + block.length > mostBytes) {
            if (!ring || bytes == start.length) {
                return false;
            }
            out.close();
            Files.move(path, older, StandardCopyOption.REPLACE_EXISTING);
            begin();
        }
        out.write(block);
        bytes += block.length;
        return true;
    }

    private static CapturedDatagram captured(TracedDatagram datagram) {
        boolean overIp = datagram.encapsulation() == Encapsulation.IP;
        ByteBuffer payload = ByteBuffer.wrap(datagram.payload());
        if (overIp && datagram.control()) {
            payload = ByteBuffer.allocate(4 + datagram.payload().length).putInt(0).put(datagram.payload()).flip();
        }
        return new CapturedDatagram(ChronoUnit.MICROS.between(Instant.EPOCH, datagram.when()), datagram.sent(),
                datagram.source(), datagram.destination(), overIp, payload);
    }

    /** Puts what was added on the disk, so that it can be read meanwhile. */
    public void flush() throws IOException {
        out.flush();
    }

    /** Octets in the file that is being written. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
