package org.isthmus.console;

import java.io.IOException;

import org.apache.karaf.shell.api.action.Option;
import org.isthmus.api.TunnelTrace;

/** What the commands that follow a tunnel's packets have in common: which packets, and how many or for how long. */
abstract class FollowCommand extends L2tpCommand {
    @Option(name = "-d", aliases = "--data", description = "Data packets too, with what users send in them")
    boolean data;

    @Option(name = "-n", aliases = "--packets", description = "End after so many packets")
    int packets;

    @Option(name = "-s", aliases = "--seconds", description = "End after so many seconds")
    int seconds;

    /** Hands over what passes until a limit, Ctrl-C, or the reader's end; answers how many datagrams that were. */
    final long follow(TunnelTrace trace, Following.Reader reader) throws IOException {
        return new Following(trace, packets, seconds).into(reader);
    }
}
