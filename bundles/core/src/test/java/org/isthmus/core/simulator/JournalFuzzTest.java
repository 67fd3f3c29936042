package org.isthmus.core.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.isthmus.core.journal.FileJournal;
import org.isthmus.core.journal.Remains;
import org.isthmus.handover.fields.UnreadableException;
import org.junit.jupiter.api.Tag;

/** Whatever a process before this one, or somebody else, has left in a journal: it is gone on with or it is not. */
@Tag("fuzz")
class JournalFuzzTest {
    private static final Map<String, byte[]> ENGINE;
    private static final Map<String, byte[]> WORKER;
    private static final Map<String, Integer> SOCKETS;

    static {
        Pair pair = new Pair(1).up();
        ENGINE = pair.lns.journal.committed();
        WORKER = pair.lns.journals.get(0).committed();
        SOCKETS = pair.lns.sockets();
    }

    @FuzzTest(maxDuration = "30s")
    void anyFile(FuzzedDataProvider data) {
        try {
            FileJournal.read(List.of(ByteBuffer.wrap(data.consumeBytes(4096)), ByteBuffer.wrap(data.consumeRemainingAsBytes())));
        } catch (UnreadableException expected) {
            // said what is wrong
        }
    }

    @FuzzTest(maxDuration = "30s")
    void recordsWithHarmDone(FuzzedDataProvider data) {
        Map<String, byte[]> engine = harmed(ENGINE, data);
        Map<String, byte[]> worker = harmed(WORKER, data);
        try {
            new Remains(SOCKETS).read(engine, List.of(worker));
        } catch (UnreadableException expected) {
            // said what is wrong
        }
    }

    private static Map<String, byte[]> harmed(Map<String, byte[]> whole, FuzzedDataProvider data) {
        Map<String, byte[]> harmed = new LinkedHashMap<>();
        whole.forEach((key, record) -> harmed.put(key, record.clone()));
        List<byte[]> records = new ArrayList<>(harmed.values());
        for (int i = 0; i < 16 && data.remainingBytes() > 0; i++) {
            byte[] record = data.pickValue(records);
            if (record.length > 0) {
                record[data.consumeInt(0, record.length - 1)] = data.consumeByte();
            }
        }
        return harmed;
    }
}
