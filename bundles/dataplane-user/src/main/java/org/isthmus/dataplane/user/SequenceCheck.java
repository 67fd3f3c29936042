package org.isthmus.dataplane.user;

/**
 * Judges the sequence numbers of received data packets (RFC 2661 5.4): those that come late or twice are dropped, a gap is passed
 * over. For one thread.
 *
 * <p>A peer that starts its numbers anew (a restart, a fail-over) would have everything dropped until it catches up. Therefore a run of
 * late packets that follow each other without a gap is believed in the end, and so is the first number at all.
 */
final class SequenceCheck {

    /** How many late packets in an unbroken row show that the peer has started anew. */
    static final int BELIEVED_AFTER = 5;

    private boolean started;
    private int expected;
    private int lateNext;
    private int lateRun;

    /** Whether the packet with this number is to be delivered. */
    boolean accept(int ns) {
        if (!started || (short) (ns - expected) >= 0) {
            started = true;
            expected = ns + 1 & 0xffff;
            lateRun = 0;
            return true;
        }
        lateRun = ns == lateNext ? lateRun + 1 : 1;
        lateNext = ns + 1 & 0xffff;
        if (lateRun < BELIEVED_AFTER) {
            return false;
        }
        expected = lateNext;
        lateRun = 0;
        return true;
    }
}
