package org.isthmus.console;

import java.time.Instant;
import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.SessionStatus;
import org.isthmus.console.completers.SessionCompleter;

/** One session. */
@Service
@Command(scope = "l2tp", name = "session-show", description = "Shows a session, its PPP and what it carried",
        detailedDescription = "Example:\n  l2tp:session-show office/s1\n  l2tp:session-show 4711 --json")
public class SessionShowCommand extends ShowCommand {
    @Argument(name = "session", description = "tunnel/session, by names or ids; or its name or id alone where only one"
            + " session has it", required = true, multiValued = true)
    @Completion(SessionCompleter.class)
    List<String> typed;

    @Override
    protected View view() throws CommandException {
        SessionStatus session = session(operand(typed, "a session as tunnel/session"));
        return new View(session, () -> SessionText.listing(session, Instant.now()));
    }
}
