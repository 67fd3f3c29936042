package org.isthmus.dataplane.kernel;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.linux.l2tp.SessionStatistics;

/** What the kernel counts of a session, in our terms. */
final class KernelCounters {

    private KernelCounters() {
    }

    /**
     * The kernel counts everything that it drops among the errors. It counts once more what it drops for its cookie, and what comes
     * before its turn; not what comes so late that its number is out of the window: that is all that is left of the errors of a session
     * with sequence numbers.
     *
     * @param overhead how many bytes of a packet the kernel counts and we do not
     */
    static SessionDataCounters of(SessionStatistics now, Sequencing sequencing, int overhead) {
        boolean numbered = sequencing.required() || sequencing.send() != DataSequencing.NONE;
        long errors = Math.max(0, now.rxErrors() - now.rxCookieDiscards());
        long late = numbered ? errors : now.rxSequenceDiscards();
        return new SessionDataCounters(now.rxPackets(), payload(now.rxBytes(), now.rxPackets(), overhead),
                Math.max(0, errors - late), now.txPackets(), payload(now.txBytes(), now.txPackets(), overhead),
                now.txErrors(), now.rxOutOfSequence(), late, 0, 0, 0, now.rxCookieDiscards(), 0, 0);
    }

    private static long payload(long bytes, long packets, int overhead) {
        return Math.max(0, bytes - packets * overhead);
    }
}
