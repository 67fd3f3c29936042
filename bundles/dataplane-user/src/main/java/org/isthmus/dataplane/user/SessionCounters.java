package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.linux.Errno;

import java.util.concurrent.atomic.AtomicLong;

/** What passed through a session and what did not. The worker counts what it receives; any thread what it sends. */
final class SessionCounters {

    long rxPackets;
    long rxBytes;
    long rxErrors;
    long rxReordered;
    long rxLate;
    long rxDuplicate;
    long rxUnsequenced;
    long rxSpoofed;
    long rxWrongCookie;
    long rxWrongVlan;
    long rxUnencrypted;
    long rxUndecrypted;
    final AtomicLong txPackets = new AtomicLong();
    final AtomicLong txBytes = new AtomicLong();
    final AtomicLong txErrors = new AtomicLong();
    final AtomicLong txTooBig = new AtomicLong();

    /** Counts a packet of so many bytes that was given to the kernel to be sent. */
    void sent(int result, int length) {
        if (result >= 0) {
            txPackets.getAndIncrement();
            txBytes.getAndAdd(length);
        } else if (result == -Errno.EMSGSIZE) {
            txTooBig.getAndIncrement();
        } else {
            txErrors.getAndIncrement();
        }
    }

    /** For the worker. */
    SessionDataCounters snapshot() {
        return new SessionDataCounters(rxPackets, rxBytes, rxErrors, txPackets.get(), txBytes.get(), txErrors.get(),
                rxReordered, rxLate, rxDuplicate, rxUnsequenced, rxSpoofed, rxWrongCookie, rxWrongVlan, txTooBig.get(),
                rxUnencrypted, rxUndecrypted);
    }
}
