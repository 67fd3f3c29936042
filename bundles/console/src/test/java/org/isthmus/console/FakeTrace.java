package org.isthmus.console;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.TracedDatagram;
import org.isthmus.api.TunnelTrace;

/** A trace that shows what a test says; then the person at the console interrupts it. */
final class FakeTrace implements TunnelTrace {
    private final String tunnel;
    private final Iterator<TracedDatagram> datagrams;

    FakeTrace(String tunnel, List<TracedDatagram> datagrams) {
        this.tunnel = tunnel;
        this.datagrams = List.copyOf(datagrams).iterator();
    }

    @Override
    public String tunnel() {
        return tunnel;
    }

    @Override
    public Optional<TracedDatagram> next(Duration wait) throws InterruptedException {
        if (!datagrams.hasNext()) {
            throw new InterruptedException("Ctrl-C");
        }
        return Optional.of(datagrams.next());
    }

    @Override
    public long dropped() {
        return 3;
    }

    @Override
    public void close() {
    }
}
