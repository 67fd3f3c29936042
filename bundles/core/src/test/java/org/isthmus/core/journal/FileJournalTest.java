package org.isthmus.core.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isthmus.handover.fields.UnreadableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is committed is there when the process has gone, all of it or nothing. */
class FileJournalTest {

    @TempDir
    Path folder;
    private int forgotten;
    private Journal journal;

    @BeforeEach
    void open() throws IOException {
        journal = new FileJournal("a journal", file("0"), file("1"), () -> forgotten++);
    }

    private FileChannel file(String name) throws IOException {
        return FileChannel.open(folder.resolve(name), CREATE, READ, WRITE);
    }

    private Map<String, byte[]> read() throws IOException, UnreadableException {
        return FileJournal.read(List.of(octets("0"), octets("1")));
    }

    private ByteBuffer octets(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)));
    }

    private static byte[] record(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void theLatestRecordHolds() throws IOException, UnreadableException {
        journal.put("t.1", record("one"));
        journal.put("t.2", record("two"));
        journal.commit();
        journal.put("t.1", record("one again"));
        journal.remove("t.2");
        journal.put("t.3", record("three"));
        journal.remove("t.3");
        journal.commit();
        journal.put("t.4", record("nobody has committed this"));
        assertEquals(List.of("t.1"), List.copyOf(read().keySet()));
        assertArrayEquals(record("one again"), read().get("t.1"));
    }

    @Test
    void filesStayShortHoweverOftenSomethingChanges() throws IOException, UnreadableException {
        Map<String, byte[]> expected = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            String key = "s.1." + random.nextInt(50);
            byte[] record = new byte[random.nextInt(900)];
            random.nextBytes(record);
            if (random.nextInt(5) == 0) {
                journal.remove(key);
                expected.remove(key);
            } else {
                journal.put(key, record);
                expected.put(key, record);
            }
            if (random.nextInt(3) == 0) {
                journal.commit();
            }
            if (i % 500 == 0) {
                journal.commit();
                assertSame(expected);
            }
        }
        journal.commit();
        assertSame(expected);
        assertTrue(Files.size(folder.resolve("0")) + Files.size(folder.resolve("1")) < 300_000);
    }

    private void assertSame(Map<String, byte[]> expected) throws IOException, UnreadableException {
        Map<String, byte[]> found = read();
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((key, record) -> assertArrayEquals(record, found.get(key)));
    }

    /** The process is killed at any octet that it writes: the last commit before is what there is. */
    @Test
    void whatBreaksOffHoldsNotAtAll() throws IOException, UnreadableException {
        journal.put("t.1", record("one"));
        journal.commit();
        long whole = Math.max(octets("0").capacity(), octets("1").capacity());
        journal.put("t.1", record("another"));
        journal.put("t.2", record("two"));
        journal.commit();
        String written = octets("0").capacity() > 0 ? "0" : "1";
        byte[] all = Files.readAllBytes(folder.resolve(written));
        for (int length = (int) whole; length < all.length; length++) {
            Map<String, byte[]> found = FileJournal.read(List.of(ByteBuffer.wrap(all, 0, length)));
            assertEquals(1, found.size());
            assertArrayEquals(record("one"), found.get("t.1"));
        }
        assertEquals(2, FileJournal.read(List.of(ByteBuffer.wrap(all))).size());
    }

    /** It is killed while all goes to the other file: that is not whole, and the one before still is. */
    @Test
    void theFileBeforeHoldsUntilTheNextIsWhole() throws UnreadableException {
        byte[] before = JournalSamples.file(1, "t.1", record("one"));
        byte[] next = JournalSamples.file(2, "t.1", record("another"));
        for (int length = 0; length < next.length; length++) {
            assertArrayEquals(record("one"), FileJournal.read(List.of(ByteBuffer.wrap(next, 0, length), ByteBuffer.wrap(before))).get("t.1"));
        }
        assertArrayEquals(record("another"), FileJournal.read(List.of(ByteBuffer.wrap(next), ByteBuffer.wrap(before))).get("t.1"));
    }

    @Test
    void whatIsForeignIsSaidToBe() {
        assertThrows(UnreadableException.class, () -> FileJournal.read(List.of()));
        assertThrows(UnreadableException.class, () -> FileJournal.read(List.of(ByteBuffer.wrap(record("spoilt")), ByteBuffer.allocate(0))));
    }

    @Test
    void aJournalThatEndsIsForgottenAndOneThatIsLeftIsNot() {
        journal.put("t.1", record("one"));
        journal.commit();
        journal.leave();
        assertEquals(0, forgotten);
        journal.put("t.1", record("two"));
        journal.commit();
        journal.close();
        assertEquals(0, forgotten, "another object has it");
    }

    @Test
    void aJournalThatCannotBeWrittenIsForgotten() throws IOException {
        FileChannel closed = file("2");
        closed.close();
        Journal broken = new FileJournal("a broken journal", closed, closed, () -> forgotten++);
        broken.put("t.1", record("one"));
        broken.commit();
        broken.commit();
        assertEquals(1, forgotten);
    }
}
