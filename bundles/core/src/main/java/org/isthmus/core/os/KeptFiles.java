package org.isthmus.core.os;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.core.journal.FileJournal;
import org.isthmus.core.journal.Journal;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.MemoryFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Journals in memory files that whoever keeps the descriptors holds open: they are there as long as the sockets are that they tell of, no
 * longer, and are on no disk, as there are secrets in them.
 */
final class KeptFiles {
    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);
    private static final String PREFIX = "core.journal.";
    private static final List<String> FILES = List.of(".0", ".1");
    private static final long MOST_BYTES = 1L << 30;

    private KeptFiles() {
    }

    /** Makes an empty journal of this name, in the place of one that another object had; empty if that cannot be. */
    static Optional<Journal> make(DescriptorStore store, String name) {
        List<FileChannel> files = new ArrayList<>();
        try {
            forget(store, name);
            for (String file : FILES) {
                try (MemoryFile memory = MemoryFile.create("isthmus." + name + file)) {
                    files.add(open(memory.descriptor().number()));
                    store.keep(PREFIX + name + file, memory.descriptor());
                }
            }
            return Optional.of(new FileJournal("the journal of " + name, files.get(0), files.get(1), () -> forgetQuietly(store, name)));
        } catch (IOException refused) {
            LOG.error("nothing is kept of tunnels in case this process is killed: {}", refused.getMessage());
            return Optional.empty();
        }
    }

    private static FileChannel open(int descriptor) throws IOException {
        return FileChannel.open(Path.of("/proc/self/fd/" + descriptor), READ, WRITE);
    }

    private static void forget(DescriptorStore store, String name) throws LinuxException {
        for (String file : FILES) {
            store.forget(PREFIX + name + file);
        }
    }

    private static void forgetQuietly(DescriptorStore store, String name) {
        try {
            forget(store, name);
        } catch (LinuxException refused) {
            LOG.warn("the journal of {} stays open elsewhere: {}", name, refused.getMessage());
        }
    }

    /**
     * Reads a journal of a process before this one.
     *
     * @param descriptors what that has left, by its names
     */
    static Map<String, byte[]> read(Map<String, Integer> descriptors, String name) throws UnreadableException {
        List<ByteBuffer> contents = new ArrayList<>();
        for (String file : FILES) {
            Integer descriptor = descriptors.get(PREFIX + name + file);
            if (descriptor != null) {
                contents.add(content(descriptor));
            }
        }
        try {
            return FileJournal.read(contents);
        } catch (UnreadableException why) {
            throw new UnreadableException("the journal of " + name + ": " + why.getMessage());
        }
    }

    private static ByteBuffer content(int descriptor) throws UnreadableException {
        try (FileChannel file = open(descriptor)) {
            if (file.size() > MOST_BYTES) {
                throw new UnreadableException("it is too large");
            }
            ByteBuffer octets = ByteBuffer.allocate((int) file.size());
            for (int read = 0; read >= 0 && octets.hasRemaining(); ) {
                read = file.read(octets);
            }
            return octets.flip();
        } catch (IOException foreign) {
            throw new UnreadableException(foreign.toString());
        }
    }

    static boolean isJournal(String descriptor) {
        return descriptor.startsWith(PREFIX);
    }

    /** How many workers' journals there are. */
    static int workers(Map<String, Integer> descriptors) {
        int count = 0;
        while (descriptors.containsKey(PREFIX + Machine.journalOf(count) + FILES.get(0))) {
            count++;
        }
        return count;
    }
}
