package org.isthmus.console;

import java.time.Instant;
import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.SessionStatus;
import org.isthmus.console.completers.TunnelCompleter;

/** All sessions, or a tunnel's. */
@Service
@Command(scope = "l2tp", name = "session-list", description = "Lists the sessions, all or a tunnel's",
        detailedDescription = "Example:\n  l2tp:session-list\n  l2tp:session-list office\n  l2tp:session-list --json")
public class SessionListCommand extends ShowCommand {
    @Argument(name = "tunnel", description = "The tunnel's name or our id of it; all tunnels where none is given",
            multiValued = true)
    @Completion(TunnelCompleter.class)
    List<String> typed;

    @Override
    protected View view() throws CommandException {
        List<SessionStatus> sessions = sessions();
        return new View(sessions, () -> SessionText.table(sessions, Instant.now()));
    }

    private List<SessionStatus> sessions() throws CommandException {
        if (operands(typed).isEmpty()) {
            return admin().sessions();
        }
        String tunnel = tunnel(operand(typed, "a tunnel's name or id")).name();
        return admin().sessions().stream().filter(session -> session.tunnelName().equals(tunnel)).toList();
    }
}
