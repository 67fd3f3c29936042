package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Schema;
import org.isthmus.console.completers.SessionProfileCompleter;

/** One session profile. */
@Service
@Command(scope = "l2tp", name = "session-profile-show", description = "Shows the values of a session profile and where each comes from",
        detailedDescription = "Example:\n  l2tp:session-profile-show default\n  l2tp:session-profile-show default --json")
public class SessionProfileShowCommand extends ProfileShowCommand {
    @Argument(name = "profile", description = "The profile's name", required = true, multiValued = true)
    @Completion(SessionProfileCompleter.class)
    List<String> typed;

    public SessionProfileShowCommand() {
        super(Schema.SESSION_PROFILE);
    }

    @Override
    protected String name() throws CommandException {
        return operand(typed, "a profile's name");
    }
}
