package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumbersTest {

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void halfOfTheSpaceIsAheadAndHalfBehind(int bits) {
        SequenceNumbers numbers = new SequenceNumbers(bits);
        int space = 1 << bits;
        for (int expected : new int[] {0, 5, space / 2, space - 1}) {
            numbers.start(expected);
            assertEquals(0, numbers.ahead(expected));
            assertEquals(1, numbers.ahead(expected + 1 & space - 1));
            assertEquals(-1, numbers.ahead(expected - 1 & space - 1));
            assertEquals(space / 2 - 1, numbers.ahead(expected + space / 2 - 1 & space - 1));
            assertEquals(-space / 2, numbers.ahead(expected + space / 2 & space - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void theNumbersGoOnAcrossTheirEnd(int bits) {
        SequenceNumbers numbers = new SequenceNumbers(bits);
        int last = (1 << bits) - 1;
        numbers.start(last);
        numbers.pass();
        assertEquals(0, numbers.ahead(0));
        assertTrue(numbers.hasPassed(last));
        numbers.skip(1);
        numbers.pass();
        assertFalse(numbers.hasPassed(0), "given up, not passed");
        assertTrue(numbers.hasPassed(1));
        assertTrue(numbers.hasPassed(last));
        numbers.skip(SequenceNumbers.REMEMBERED);
        assertFalse(numbers.hasPassed(1), "forgotten");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void aPeerThatStartsAnewIsBelievedAfterAFewPackets(int bits) {
        SequenceNumbers numbers = new SequenceNumbers(bits);
        numbers.start(1000);
        for (int i = 0; i < SequenceNumbers.BELIEVED_AFTER - 1; i++) {
            assertFalse(numbers.startsAnew(i));
        }
        assertTrue(numbers.startsAnew(SequenceNumbers.BELIEVED_AFTER - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void soIsOneThatStartsAnewSoonAfterItsBeginning(int bits) {
        SequenceNumbers numbers = new SequenceNumbers(bits);
        numbers.start(0);
        for (int i = 0; i < 10; i++) {
            numbers.pass();
        }
        for (int i = 0; i < SequenceNumbers.BELIEVED_AFTER - 1; i++) {
            assertFalse(numbers.startsAnew(i));
        }
        assertTrue(numbers.startsAnew(SequenceNumbers.BELIEVED_AFTER - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void neitherScatteredNumbersNorNearOnesAreANewStart(int bits) {
        SequenceNumbers numbers = new SequenceNumbers(bits);
        numbers.start(30_000);
        for (int i = 0; i < 1000; i++) {
            assertFalse(numbers.startsAnew(20_000 - 2 * i));
        }
        for (int i = 0; i < SequenceNumbers.REMEMBERED; i++) {
            assertFalse(numbers.startsAnew(30_000 - SequenceNumbers.REMEMBERED + i), "overtaken, or sent twice by the network");
        }
        for (int i = 0; i < 1000; i++) {
            assertFalse(numbers.startsAnew(20_000 + i % (SequenceNumbers.BELIEVED_AFTER - 1)));
            numbers.pass();
        }
    }
}
