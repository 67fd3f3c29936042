package org.isthmus.dataplane.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.linux.l2tp.SessionStatistics;
import org.junit.jupiter.api.Test;

/** Each packet that the kernel drops is counted once, under the reason that an operator looks for. */
class KernelCountersTest {
    private static final int HEADER_BYTES = 8;
    /** 9 errors, of which 4 were for their number and 3 for their cookie. */
    private static final SessionStatistics DROPS = new SessionStatistics(10, 1080, 1, 20, 2160, 9, 4, 2, 3);

    private static SessionDataCounters counters(DataSequencing sent, boolean required) {
        return KernelCounters.of(DROPS, new Sequencing(sent, required, 0, 0), HEADER_BYTES);
    }

    @Test
    void withSequenceNumbersWhatIsLeftOfTheErrorsCameLate() {
        for (SessionDataCounters counters : new SessionDataCounters[] {counters(DataSequencing.ALL, true), counters(DataSequencing.NONE, true),
                counters(DataSequencing.ALL, false)}) {
            assertEquals(6, counters.rxLate());
            assertEquals(0, counters.rxErrors());
            assertEquals(3, counters.rxWrongCookie());
            assertEquals(2, counters.rxReordered());
        }
    }

    @Test
    void withoutThemItIsAnError() {
        SessionDataCounters counters = counters(DataSequencing.NONE, false);
        assertEquals(4, counters.rxLate());
        assertEquals(2, counters.rxErrors());
        assertEquals(3, counters.rxWrongCookie());
    }

    @Test
    void bytesAreThoseOfThePayload() {
        SessionDataCounters counters = counters(DataSequencing.NONE, false);
        assertEquals(1000, counters.txBytes());
        assertEquals(2000, counters.rxBytes());
        assertEquals(0, KernelCounters.of(SessionStatistics.NONE, new Sequencing(DataSequencing.NONE, false, 0, 0), HEADER_BYTES).rxBytes());
    }
}
