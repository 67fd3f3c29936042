package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.SessionDataCounters;

import java.util.concurrent.atomic.AtomicLong;

/** What passed through a session and what did not. The worker counts what it receives; the worker and the reader thread what they send. */
final class SessionCounters {

    long rxPackets;
    long rxBytes;
    long rxErrors;
    long rxLate;
    long rxUnsequenced;
    long rxSpoofed;
    final AtomicLong txPackets = new AtomicLong();
    final AtomicLong txBytes = new AtomicLong();
    final AtomicLong txErrors = new AtomicLong();
    final AtomicLong txTooBig = new AtomicLong();

    /** For the worker. */
    SessionDataCounters snapshot() {
        return new SessionDataCounters(rxPackets, rxBytes, rxErrors, txPackets.get(), txBytes.get(), txErrors.get(),
                0, rxLate, 0, rxUnsequenced, rxSpoofed, 0, 0, txTooBig.get());
    }
}
