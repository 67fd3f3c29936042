package org.isthmus.core.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Files as {@link JournalFormat} says. */
final class JournalSamples {
    private JournalSamples() {
    }

    /** One with one batch of one record. */
    static byte[] file(long generation, String key, byte[] record) {
        byte[] name = key.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer entries = ByteBuffer.allocate(JournalFormat.entryBytes(name, record.length))
                .putShort((short) name.length).put(name).putInt(record.length).put(record).flip();
        return ByteBuffer.allocate(JournalFormat.HEADER_BYTES + JournalFormat.BATCH_HEADER_BYTES + entries.remaining())
                .put(JournalFormat.header(generation)).put(JournalFormat.batchHeader(entries)).put(entries).array();
    }
}
