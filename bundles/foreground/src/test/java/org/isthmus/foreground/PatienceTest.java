package org.isthmus.foreground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The keeper starts an appliance again, but not for ever. */
class PatienceTest {
    private final Patience patience = new Patience();

    @Test
    void pausesGrowAndThenItGivesUp() {
        assertEquals("[0, 500, 1000, 2000, 4000, 8000, 16000, 30000, -1]",
                LongStream.range(0, 9).map(i -> patience.ended(1_000, true)).boxed().toList().toString());
    }

    @Test
    void oneThatRanWellIsStartedAtOnce() {
        LongStream.range(0, 8).forEach(i -> patience.ended(1_000, true));
        assertEquals(0, patience.ended(600_000, true));
        patience.wanted();
        assertEquals(0, patience.ended(1_000, true));
    }

    @Test
    void oneThatDoesNotComeUpWithWhatWasKeptIsStartedWithout() {
        patience.ended(1_000, false);
        patience.ended(1_000, false);
        assertFalse(patience.wantsFreshStart());
        patience.ended(1_000, false);
        assertTrue(patience.wantsFreshStart());
    }

    @Test
    void oneThatDoesNotStayUpIsStartedWithoutBeforeItIsGivenUp() {
        LongStream.range(0, 5).forEach(i -> patience.ended(1_000, true));
        assertFalse(patience.wantsFreshStart());
        patience.ended(1_000, true);
        assertTrue(patience.wantsFreshStart());
    }
}
