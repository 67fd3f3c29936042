package org.isthmus.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.TracedDatagram;
import org.isthmus.api.TunnelTrace;

/** What the commands that follow a tunnel's packets have in common: which packets, and how many or for how long. */
abstract class FollowCommand extends L2tpCommand {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    @Option(name = "-d", aliases = "--data", description = "Data packets too, with what users send in them")
    boolean data;

    @Option(name = "-n", aliases = "--packets", description = "End after so many packets")
    int packets;

    @Option(name = "-s", aliases = "--seconds", description = "End after so many seconds")
    int seconds;

    /** What is done with what a tunnel sends and receives. */
    interface Reader {
        /** False when it takes no more. */
        boolean take(TracedDatagram datagram) throws IOException;

        /** Nothing has come for a moment; false when it takes no more. */
        boolean idle() throws IOException;
    }

    /** Checks what was typed; options may stand among the operands, so those are to be taken first. */
    final void checkLimits() throws CommandException {
        if (packets < 0 || seconds < 0) {
            throw new CommandException("--packets and --seconds are numbers from 0 on; 0, or neither, goes on until Ctrl-C.");
        }
    }

    /** Hands over what passes until a limit, Ctrl-C, or the reader's end; answers how many datagrams that were. */
    final long follow(TunnelTrace trace, Reader reader) throws IOException {
        long began = System.nanoTime();
        long taken = 0;
        try {
            while (packets == 0 || taken < packets) {
                Duration wait = LOOK_EVERY;
                if (seconds > 0) {
                    Duration left = Duration.ofSeconds(seconds).minusNanos(System.nanoTime() - began);
                    if (left.isNegative()) {
                        return taken;
                    }
                    wait = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
                }
                Optional<TracedDatagram> next = trace.next(wait);
                if (!(next.isPresent() ? reader.take(next.get()) : reader.idle())) {
                    return taken;
                }
                taken += next.isPresent() ? 1 : 0;
            }
        } catch (InterruptedException stopped) {
            return taken; // Ctrl-C is how it is meant to end
        }
        return taken;
    }
}
