package org.isthmus.console;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.AdminException;
import org.isthmus.api.TracedDatagram;
import org.isthmus.api.TunnelTrace;
import org.isthmus.console.capture.TraceText;
import org.isthmus.console.completers.TunnelCompleter;

/** Shows a tunnel's messages as they pass. */
@Service
@Command(scope = "l2tp", name = "trace", description = "Shows the control messages of a tunnel in words as they pass, until Ctrl-C",
        detailedDescription = "A line starts with the time and > for what we send, < for what the peer sends. M marks what the"
                + " receiver must understand, H what is hidden. Secrets are shown as their length only. The tunnel is followed"
                + " when it goes down and comes up again.\n\nExample:\n"
                + "  l2tp:trace office\n  l2tp:trace office --brief --data\n  l2tp:trace office --seconds 60")
public class TraceCommand extends FollowCommand {
    @Option(name = "-b", aliases = "--brief", description = "One line for a message")
    boolean brief;

    @Argument(name = "tunnel", description = "The tunnel's name or our id of it", required = true, multiValued = true)
    @Completion(TunnelCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException, AdminException {
        String name = tunnel(operand(typed, "a tunnel's name or id")).name();
        checkLimits();
        try (TunnelTrace trace = admin().trace(name, data)) {
            say("Tracing tunnel \"" + name + "\"; Ctrl-C ends it.");
            showNow();
            long shown = follow(trace, new Reader() {
                @Override
                public boolean take(TracedDatagram datagram) {
                    say(TraceText.of(datagram, ZoneId.systemDefault(), brief));
                    return isRead();
                }

                @Override
                public boolean idle() {
                    return isRead();
                }
            });
            if (trace.dropped() > 0) {
                say("Not shown: " + trace.dropped() + " packets more than " + shown + ", faster than they could be printed.");
            }
        } catch (IOException neverFromAConsole) {
            throw new CommandException(neverFromAConsole.getMessage(), neverFromAConsole);
        }
    }

    /** Whoever reads may have gone without a word, as over SSH. */
    private boolean isRead() {
        showNow();
        return !System.out.checkError();
    }
}
