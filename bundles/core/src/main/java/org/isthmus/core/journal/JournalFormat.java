package org.isthmus.core.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

import org.isthmus.handover.fields.UnreadableException;

/**
 * The octets of a journal. All numbers are in network order.
 *
 * <pre>
 * file   = "ISTHMUS" 0x02  generation (8 octets)  batch...
 * batch  = length of the entries (4)  their CRC-32 (4)  entry...
 * entry  = length of the key (2)  key  length of the record (4)  record       length -1: the record is taken out
 * </pre>
 *
 * A batch holds as a whole or not at all. The first one has all that there is, those after it what has changed since. The file ends where
 * a batch is not whole: the process was killed while it wrote that.
 */
final class JournalFormat {
    static final int HEADER_BYTES = 16;
    static final int BATCH_HEADER_BYTES = 8;
    private static final byte[] MAGIC = {'I', 'S', 'T', 'H', 'M', 'U', 'S', 2};

    private JournalFormat() {
    }

    /**
     * What a file has.
     *
     * @param generation which of several files is the latest: the one with the highest
     * @param records    by their keys, in the order of their coming
     */
    record Content(long generation, Map<String, byte[]> records) {
    }

    static ByteBuffer header(long generation) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putLong(generation).flip();
    }

    /** What goes in front of the entries of a batch. */
    static ByteBuffer batchHeader(ByteBuffer entries) {
        return ByteBuffer.allocate(BATCH_HEADER_BYTES).putInt(entries.remaining()).putInt(checksum(entries)).flip();
    }

    static int entryBytes(byte[] key, int record) {
        return Short.BYTES + key.length + Integer.BYTES + record;
    }

    /** @throws UnreadableException if it is no journal, or one whose first batch is not whole */
    static Content read(ByteBuffer octets) throws UnreadableException {
        ByteBuffer rest = octets.slice();
        byte[] magic = new byte[MAGIC.length];
        if (rest.remaining() < HEADER_BYTES || !Arrays.equals(MAGIC, magic(rest, magic))) {
            throw new UnreadableException("it is not of a format that is known here");
        }
        long generation = rest.getLong();
        Map<String, byte[]> records = new LinkedHashMap<>();
        int batches = 0;
        for (ByteBuffer entries = nextBatch(rest); entries != null; entries = nextBatch(rest)) {
            entries(entries, records);
            batches++;
        }
        if (batches == 0) {
            throw new UnreadableException("nothing of it is whole");
        }
        return new Content(generation, records);
    }

    private static byte[] magic(ByteBuffer rest, byte[] into) {
        rest.get(into);
        return into;
    }

    private static ByteBuffer nextBatch(ByteBuffer rest) {
        if (rest.remaining() < BATCH_HEADER_BYTES) {
            return null;
        }
        int length = rest.getInt();
        int checksum = rest.getInt();
        if (length <= 0 || length > rest.remaining()) {
            return null;
        }
        ByteBuffer entries = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return checksum(entries) == checksum ? entries : null;
    }

    private static void entries(ByteBuffer in, Map<String, byte[]> records) throws UnreadableException {
        while (in.hasRemaining()) {
            String key = new String(octets(in, in.remaining() < Short.BYTES ? -1 : in.getShort() & 0xffff), StandardCharsets.US_ASCII);
            int length = in.remaining() < Integer.BYTES ? -2 : in.getInt();
            if (length == -1) {
                records.remove(key);
            } else {
                records.put(key, octets(in, length));
            }
        }
    }

    private static byte[] octets(ByteBuffer in, int length) throws UnreadableException {
        if (length < 0 || length > in.remaining()) {
            throw new UnreadableException("an entry breaks off");
        }
        byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    private static int checksum(ByteBuffer octets) {
        CRC32 crc = new CRC32();
        crc.update(octets.duplicate());
        return (int) crc.getValue();
    }
}
