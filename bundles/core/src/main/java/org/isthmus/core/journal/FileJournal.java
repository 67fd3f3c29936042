package org.isthmus.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.isthmus.handover.fields.UnreadableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in two files, of which one is written at the end; when that has grown too long, all that holds goes to the other one, which
 * is the journal from then on. A commit is one write: the system has it then, whatever becomes of the process. It is not written for the
 * machine's death, so nothing waits for a disk.
 */
public final class FileJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    private static final long LEAST_LENGTH = 256 << 10;
    /** A file may be longer by so many times than what holds of it. */
    private static final int MOST_WASTE = 3;
    private static final int REMOVED = -1;
    private static final byte[] NOTHING = {};

    private final String name;
    private final Runnable forget;
    private FileChannel current;
    private FileChannel other;
    private long generation;
    private long end;
    private long live;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, byte[]> changes = new LinkedHashMap<>();
    private boolean broken;

    /** Where a record lies in the current file. */
    private record Place(long at, int bytes) {
    }

    /**
     * A new one.
     *
     * @param name   for messages
     * @param one    an empty file, which is this object's from now on
     * @param two    another one
     * @param forget has both forgotten by whoever keeps them
     */
    public FileJournal(String name, FileChannel one, FileChannel two, Runnable forget) {
        this.name = name;
        this.current = one;
        this.other = two;
        this.forget = forget;
    }

    /**
     * What a journal has, of which a process before this one has left the two files.
     *
     * @throws UnreadableException with the reason, if neither of them is whole
     */
    public static Map<String, byte[]> read(List<ByteBuffer> files) throws UnreadableException {
        JournalFormat.Content latest = null;
        UnreadableException why = new UnreadableException("there is none");
        for (ByteBuffer file : files) {
            try {
                JournalFormat.Content content = JournalFormat.read(file);
                latest = latest == null || content.generation() > latest.generation() ? content : latest;
            } catch (UnreadableException notWhole) {
                why = notWhole;
            }
        }
        if (latest == null) {
            throw why;
        }
        return latest.records();
    }

    @Override
    public void put(String key, byte[] record) {
        changes.put(key, record);
    }

    @Override
    public void remove(String key) {
        if (places.containsKey(key)) {
            changes.put(key, NOTHING);
        } else {
            changes.remove(key);
        }
    }

    @Override
    public void commit() {
        if (changes.isEmpty() || broken) {
            return;
        }
        try {
            ByteBuffer batch = batch();
            if (generation == 0 || end + batch.remaining() > Math.max(LEAST_LENGTH, MOST_WASTE * (live + batch.remaining()))) {
                beginAnew();
            } else {
                enter(write(current, batch, end) - batch.capacity());
            }
            changes.clear();
        } catch (IOException refused) {
            broken = true;
            forget.run(); // what is not true any more must not be gone on with
            LOG.error("{} cannot be written any more: {}; if this process is killed now, its tunnels are lost", name, refused.toString());
        }
    }

    private ByteBuffer batch() {
        int length = 0;
        for (Map.Entry<String, byte[]> change : changes.entrySet()) {
            length += JournalFormat.entryBytes(key(change.getKey()), change.getValue().length);
        }
        ByteBuffer entries = ByteBuffer.allocate(length);
        changes.forEach((key, record) -> entry(entries, key, record == NOTHING ? REMOVED : record.length).put(record));
        return whole(entries.flip());
    }

    private static ByteBuffer entry(ByteBuffer entries, String key, int length) {
        byte[] octets = key(key);
        return entries.putShort((short) octets.length).put(octets).putInt(length);
    }

    private static ByteBuffer whole(ByteBuffer entries) {
        return ByteBuffer.allocate(JournalFormat.BATCH_HEADER_BYTES + entries.remaining())
                .put(JournalFormat.batchHeader(entries)).put(entries).flip();
    }

    private static byte[] key(String key) {
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    private long write(FileChannel file, ByteBuffer octets, long at) throws IOException {
        long position = at;
        while (octets.hasRemaining()) {
            position += file.write(octets, position);
        }
        end = position;
        return end;
    }

    /** The changes lie in the current file, their batch begins here. */
    private void enter(long batchAt) {
        long at = batchAt + JournalFormat.BATCH_HEADER_BYTES;
        for (Map.Entry<String, byte[]> change : changes.entrySet()) {
            at += JournalFormat.entryBytes(key(change.getKey()), change.getValue().length);
            Place before = change.getValue() == NOTHING ? places.remove(change.getKey())
                    : places.put(change.getKey(), new Place(at - change.getValue().length, change.getValue().length));
            live += change.getValue().length - (before == null ? 0 : before.bytes());
        }
    }

    private void beginAnew() throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (Map.Entry<String, Place> kept : places.entrySet()) {
            ByteBuffer record = ByteBuffer.allocate(kept.getValue().bytes());
            for (long at = kept.getValue().at(); record.hasRemaining(); ) {
                at += current.read(record, at);
            }
            all.put(kept.getKey(), record.array());
        }
        changes.forEach((key, record) -> {
            if (record == NOTHING) {
                all.remove(key);
            } else {
                all.put(key, record);
            }
        });
        changes.clear();
        changes.putAll(all);
        places.clear();
        live = 0;
        other.truncate(0);
        ByteBuffer batch = batch();
        write(other, JournalFormat.header(++generation), 0);
        enter(write(other, batch, end) - batch.capacity());
        FileChannel before = current;
        current = other;
        other = before;
        before.truncate(0);
    }

    @Override
    public void leave() {
        broken = true;
        closeQuietly(current);
        closeQuietly(other);
    }

    private static void closeQuietly(FileChannel file) {
        try {
            file.close();
        } catch (IOException never) {
            LOG.debug("a journal was not closed", never);
        }
    }

    @Override
    public void close() {
        if (!broken) {
            forget.run();
        }
        leave();
    }
}
