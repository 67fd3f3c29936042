package org.isthmus.core.state;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.isthmus.handover.fields.UnreadableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each tunnel in a file of its own, {@code ID.tunnel}, that only its owner can read. A file is written beside the one
 * before it and then takes its name, so that one of them is whole whenever the process is killed. Writes in a thread of its own.
 */
public final class StateFolder implements StateStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final String SUFFIX = ".tunnel";
    private static final String HALF_WRITTEN = ".new";
    private static final long MOST_BYTES = 256L << 20;
    private static final long LAST_WRITES_SECONDS = 5;

    private final Path folder;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "isthmus-state");
        thread.setDaemon(true);
        return thread;
    });

    public StateFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<SavedTunnel> read() {
        List<SavedTunnel> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file, found);
            }
        } catch (IOException unreadable) {
            LOG.error("tunnels of before cannot be recovered: {}", unreadable.toString());
        }
        return found;
    }

    private static void read(Path file, List<SavedTunnel> found) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UnreadableException("it is too large");
            }
            found.add(StateFile.read(Files.readAllBytes(file)));
        } catch (IOException | UnreadableException unreadable) {
            LOG.error("the tunnel in {} cannot be recovered: {}; its peer will notice that it is gone", file,
                    unreadable.getMessage());
            delete(file);
        }
    }

    @Override
    public void keep(SavedTunnel tunnel) {
        writer.execute(() -> write(tunnel));
    }

    private void write(SavedTunnel tunnel) {
        Path file = file(tunnel.tunnelId());
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path next = file.resolveSibling(file.getFileName() + HALF_WRITTEN);
            try (FileChannel channel = FileChannel.open(next, EnumSet.of(CREATE, WRITE, TRUNCATE_EXISTING),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer octets = ByteBuffer.wrap(StateFile.write(tunnel));
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            LOG.error("tunnel \"{}\" could not be recovered after a failure now: {}", tunnel.name(), full.toString());
        }
    }

    @Override
    public void forget(int tunnelId) {
        writer.execute(() -> delete(file(tunnelId)));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("{} cannot be deleted: {}", file, stays.toString());
        }
    }

    private Path file(int tunnelId) {
        return folder.resolve(Integer.toUnsignedString(tunnelId) + SUFFIX);
    }

    /** Writes what is still to be written. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(LAST_WRITES_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("what is kept of tunnels was not all written within {} s", LAST_WRITES_SECONDS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
