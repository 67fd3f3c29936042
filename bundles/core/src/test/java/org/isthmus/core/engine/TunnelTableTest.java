package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelTableTest {

    @ParameterizedTest
    @CsvSource({"0,1,65535", "0,2,32767", "1,2,32768", "2,3,21845", "255,256,256"})
    void everyIdentifierOfItsShareIsLentOnceAndNoOther(int index, int workers, int share) {
        TunnelTable table = new TunnelTable(new WorkerShare(index, workers), new SplittableRandom(1));
        assertEquals(share, table.size());
        Set<Integer> lent = new HashSet<>();
        for (int i = 0; i < share; i++) {
            int id = table.lend(0);
            assertTrue(id >= 1 && id <= 65_535, () -> "id " + id);
            assertEquals(index, id % workers);
            assertTrue(lent.add(id), () -> id + " was lent twice");
        }
        assertEquals(0, table.lend(0), "all are lent");
    }

    @Test
    void identifiersAreNotGuessed() {
        TunnelTable table = new TunnelTable(new WorkerShare(0, 1), new SplittableRandom(2));
        int before = table.lend(0);
        int steps = 0;
        for (int i = 0; i < 100; i++) {
            int next = table.lend(0);
            steps += next == before + 1 ? 1 : 0;
            before = next;
        }
        assertTrue(steps < 3, "they count up");
    }

    @Test
    void aFixedIdentifierIsTakenOnceAndOnlyByItsWorker() {
        TunnelTable table = new TunnelTable(new WorkerShare(1, 2), new SplittableRandom(3));
        assertTrue(table.take(4711));
        assertFalse(table.take(4711), "it is lent");
        assertFalse(table.take(4712), "it is the other worker's");
        assertFalse(table.take(0));
        assertFalse(table.take(65_536));
        table.giveBack(4711);
        assertTrue(table.take(4711));
    }

    @Test
    void whatTheVersionBeforeHasUsedRestsForAMinuteUnlessItIsAskedForByNumber() {
        TunnelTable table = new TunnelTable(new WorkerShare(0, 1), new SplittableRandom(4));
        table.letRest(7, 0);
        table.letRest(8, 0);
        assertEquals(65_533, table.free(59_999));
        assertTrue(table.take(8), "the operator knows what he does");
        assertEquals(65_534, table.free(60_000));
        assertEquals(1, table.unfit().count());
    }

    @Test
    void whenNearlyAllRestThoseThatRestedLongestAreUsed() {
        TunnelTable table = new TunnelTable(new WorkerShare(0, 1), new SplittableRandom(5));
        for (int id = 1; id <= 65_535; id++) {
            table.letRest(id, id);
        }
        assertEquals(1, table.lend(0));
        assertEquals(2, table.lend(0));
        assertNotEquals(0, table.lend(0));
        assertNull(table.find(1), "there is no tunnel under it yet");
    }
}
