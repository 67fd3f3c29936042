package org.isthmus.console;

import java.io.IOException;
import java.time.Duration;

import org.isthmus.api.TracedDatagram;
import org.isthmus.api.TunnelTrace;

/** Reads a trace until a limit, Ctrl-C, or the reader's end. */
final class Following {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final TunnelTrace trace;
    private final long most;
    private final Duration atMost;

    /** What is done with what a tunnel sends and receives. */
    interface Reader {
        /** False when it takes no more. */
        boolean take(TracedDatagram datagram) throws IOException;

        /** Nothing has come for a moment; false when it takes no more. */
        boolean idle() throws IOException;
    }

    /** @param most   datagrams, 0 for any number
     *  @param seconds from now, 0 for any time */
    Following(TunnelTrace trace, int most, int seconds) {
        this.trace = trace;
        this.most = most == 0 ? Long.MAX_VALUE : most;
        this.atMost = seconds == 0 ? Duration.ofDays(36_500) : Duration.ofSeconds(seconds);
    }

    /** Answers how many datagrams were taken. */
    long into(Reader reader) throws IOException {
        long began = System.nanoTime();
        long taken = 0;
        try {
            while (taken < most) {
                Duration left = atMost.minusNanos(System.nanoTime() - began);
                if (left.isNegative()) {
                    return taken;
                }
                var next = trace.next(left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY);
                if (next.isPresent()) {
                    if (!reader.take(next.get())) {
                        return taken;
                    }
                    taken++;
                } else if (!reader.idle()) {
                    return taken;
                }
            }
        } catch (InterruptedException stopped) {
            return taken; // Ctrl-C is how it is meant to end
        }
        return taken;
    }
}
