package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.AdminException;
import org.isthmus.api.SessionStatus;
import org.isthmus.console.completers.SessionCompleter;

/** Takes a session down. */
@Service
@Command(scope = "l2tp", name = "session-delete", description = "Takes a session down and forgets it",
        detailedDescription = "One that stands in l2tpd.conf comes back with l2tp:reload.\n\nExample:\n"
                + "  l2tp:session-delete office/s1\n  l2tp:session-delete office/s1 --reason \"moved to another peer\"")
public class SessionDeleteCommand extends DeleteCommand {
    @Argument(name = "session", description = "tunnel/session, by names or ids; or its name or id alone where only one session has it",
            required = true, multiValued = true)
    @Completion(SessionCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException, AdminException {
        SessionStatus session = session(operand(typed, "a session as tunnel/session"));
        await("Session \"" + session.fullName() + "\"", admin().deleteSession(session.fullName(), reason));
    }
}
