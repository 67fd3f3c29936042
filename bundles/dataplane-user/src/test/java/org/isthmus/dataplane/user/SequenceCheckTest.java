package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceCheckTest {

    private final SequenceCheck check = new SequenceCheck();

    @Test
    void inOrderAndRoundTheEndOfTheNumbers() {
        for (int i = 0; i < 200_000; i++) {
            assertTrue(check.accept(i & 0xffff));
        }
    }

    @Test
    void aGapIsPassedOverAndWhatComesLateOrTwiceIsDropped() {
        assertTrue(check.accept(0));
        assertTrue(check.accept(3));
        assertFalse(check.accept(1), "late");
        assertFalse(check.accept(3), "twice");
        assertTrue(check.accept(4));
        assertFalse(check.accept(2), "late again");
        assertTrue(check.accept(5));
    }

    @Test
    void lateAcrossTheEndOfTheNumbers() {
        assertTrue(check.accept(0xfffe));
        assertTrue(check.accept(0x0001));
        assertFalse(check.accept(0xffff));
        assertFalse(check.accept(0x0000));
        assertTrue(check.accept(0x0002));
    }

    @Test
    void theFirstNumberIsTheFirstWhateverItIs() {
        assertTrue(check.accept(40_000));
        assertFalse(check.accept(39_999));
    }

    @Test
    void aPeerThatStartsAnewIsBelievedAfterAFewPackets() {
        for (int i = 0; i < 1000; i++) {
            check.accept(i);
        }
        for (int i = 0; i < SequenceCheck.BELIEVED_AFTER - 1; i++) {
            assertFalse(check.accept(i));
        }
        assertTrue(check.accept(SequenceCheck.BELIEVED_AFTER - 1));
        assertTrue(check.accept(SequenceCheck.BELIEVED_AFTER));
        assertFalse(check.accept(0));
    }

    @Test
    void scatteredLatePacketsNeverLookLikeANewStart() {
        int next = 30_000;
        check.accept(next++);
        for (int i = 0; i < 1000; i++) {
            assertFalse(check.accept(20_000 - 2 * i));
            assertTrue(check.accept(next++));
        }
    }
}
