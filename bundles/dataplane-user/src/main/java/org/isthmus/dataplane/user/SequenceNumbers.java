package org.isthmus.dataplane.user;

/**
 * Where a session's sequence numbers stand: 16 bits in L2TPv2 (RFC 2661 5.4), 24 in L2TPv3 (RFC 3931 4.6.1). A number is ahead of
 * another if it is less than half of the space in front of it. For one thread.
 *
 * <p>A peer that starts its numbers anew (a restart, a fail-over) would have everything dropped until it catches up. Therefore a run of
 * numbers from behind that follow each other without a gap is believed in the end: if it comes from far behind, or begins with 0 as each
 * new row of numbers does. Other numbers from near are rather packets that were overtaken, or doubled on the way.
 */
final class SequenceNumbers {

    /** How many numbers from behind in an unbroken row show that the peer has started anew. */
    static final int BELIEVED_AFTER = 5;
    /** Of how many numbers before the expected one it is known whether they have passed. */
    static final int REMEMBERED = 64;

    private final int unusedBits;
    private final int mask;
    private boolean started;
    private int expected;
    /** Bit i: the number 1 + i before the expected one has passed. */
    private long passed;
    private int behindNext;
    private int behindRun;

    /** @param bits of a number, 16 or 24 */
    SequenceNumbers(int bits) {
        this.unusedBits = Integer.SIZE - bits;
        this.mask = (1 << bits) - 1;
    }

    boolean isStarted() {
        return started;
    }

    /** Expects this number next, whatever was before. */
    void start(int number) {
        started = true;
        expected = number & mask;
        passed = 0;
        behindRun = 0;
    }

    /** How far a number is ahead of the expected one; negative if it is behind. */
    int ahead(int number) {
        return number - expected << unusedBits >> unusedBits;
    }

    /** Whether a number that is behind is known to have passed: this is the second time that it comes. */
    boolean hasPassed(int number) {
        int before = -1 - ahead(number);
        return before < REMEMBERED && (passed >> before & 1) != 0;
    }

    /** Takes note of a number that is behind. True if it is the last of a row that shows a new start. */
    boolean startsAnew(int number) {
        boolean goesOn = behindRun > 0 && number == behindNext;
        boolean begins = number == 0 || -ahead(number) > REMEMBERED;
        behindRun = goesOn ? behindRun + 1 : begins ? 1 : 0;
        behindNext = number + 1 & mask;
        return behindRun >= BELIEVED_AFTER;
    }

    /** The expected number passes. */
    void pass() {
        skip(1);
        passed |= 1;
    }

    /** So many numbers from the expected one on are not waited for any more. */
    void skip(int count) {
        expected = expected + count & mask;
        passed = count < Long.SIZE ? passed << count : 0;
        behindRun = 0;
    }
}
