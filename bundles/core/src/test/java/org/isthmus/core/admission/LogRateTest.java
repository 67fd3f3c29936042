package org.isthmus.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogRateTest {

    @Test
    void aFloodOfLinesIsKeptBackAndCounted() {
        LogRate log = new LogRate(2);
        assertTrue(log.admits(0));
        assertEquals("", log.keptBack());
        assertTrue(log.admits(0));
        for (int i = 0; i < 500; i++) {
            assertFalse(log.admits(10));
        }
        assertTrue(log.admits(600));
        assertEquals(" (500 more like this were not logged)", log.keptBack());
        assertEquals("", log.keptBack());
    }
}
