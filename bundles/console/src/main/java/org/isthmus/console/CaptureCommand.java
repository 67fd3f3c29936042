package org.isthmus.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
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
import org.isthmus.console.capture.CaptureFile;
import org.isthmus.console.completers.TunnelCompleter;
import org.isthmus.console.text.Format;

/** Writes a tunnel's packets to a file. */
@Service
@Command(scope = "l2tp", name = "capture", description = "Writes the control messages of a tunnel to a file for Wireshark (pcapng), until Ctrl-C",
        detailedDescription = "The file is written where the appliance runs, and only its user can read it. Mind what is in it:"
                + " with --data all that users send and receive, and in a session with PAP its password; without, the"
                + " responses to challenges, from which weak secrets can be guessed.\n\nExample:\n"
                + "  l2tp:capture office /tmp/office.pcapng\n"
                + "  l2tp:capture office /tmp/office.pcapng --data --seconds 60 --packets 1000\n"
                + "  l2tp:capture office /tmp/office.pcapng --ring --size 20")
public class CaptureCommand extends FollowCommand {
    private static final int MOST_MEBIBYTES = 10_240;

    @Option(name = "--size", description = "End when the file has so many MiB")
    int mebibytes = 100;

    @Option(name = "--ring", description = "Go on when the file is full: it becomes FILE.1, and a new one is begun")
    boolean ring;

    @Option(name = "-f", aliases = "--force", description = "Replace a file that is there")
    boolean force;

    @Argument(name = "tunnel file", description = "The tunnel's name or our id of it, and the file", required = true,
            multiValued = true)
    @Completion(TunnelCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException, AdminException {
        List<String> operands = operands(typed);
        if (operands.size() != 2) {
            throw new CommandException("Give a tunnel and a file: l2tp:capture office /tmp/office.pcapng");
        }
        checkLimits();
        if (mebibytes < 1 || mebibytes > MOST_MEBIBYTES) {
            throw new CommandException("--size " + mebibytes + " is out of range: 1 to " + MOST_MEBIBYTES + " MiB.");
        }
        String name = tunnel(operands.get(0)).name();
        Path path = file(operands.get(1)).toAbsolutePath().normalize();
        try (TunnelTrace trace = admin().trace(name, data);
                CaptureFile file = new CaptureFile(path, name, (long) mebibytes << 20, ring, force)) {
            say("Capturing tunnel \"" + name + "\" in " + path + "; Ctrl-C ends it.");
            showNow();
            long taken = follow(trace, new ToFile(file));
            say("Captured " + Format.count(taken, "packet") + ", " + Format.bytes(file.bytes()) + " in " + path + "."
                    + (trace.dropped() == 0 ? "" : " Left out: " + trace.dropped() + ", faster than they could be written."));
        } catch (FileAlreadyExistsException there) {
            throw new CommandException(there.getFile() + " is there already. --force replaces a file.", there);
        } catch (IOException refused) {
            throw new CommandException("The file " + path + " cannot be written: " + refused.getMessage()
                    + ". It is written where the appliance runs, by " + System.getProperty("user.name") + ".", refused);
        }
    }

    private record ToFile(CaptureFile file) implements Reader {
        @Override
        public boolean take(TracedDatagram datagram) throws IOException {
            return file.add(datagram);
        }

        @Override
        public boolean idle() throws IOException {
            file.flush();
            return true;
        }
    }
}
