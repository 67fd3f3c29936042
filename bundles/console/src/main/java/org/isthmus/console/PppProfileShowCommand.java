package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Schema;
import org.isthmus.console.completers.PppProfileCompleter;

/** One PPP profile. */
@Service
@Command(scope = "l2tp", name = "ppp-profile-show", description = "Shows the values of a PPP profile and where each comes from",
        detailedDescription = "Example:\n  l2tp:ppp-profile-show default\n  l2tp:ppp-profile-show default --json")
public class PppProfileShowCommand extends ProfileShowCommand {
    @Argument(name = "profile", description = "The profile's name", required = true, multiValued = true)
    @Completion(PppProfileCompleter.class)
    List<String> typed;

    public PppProfileShowCommand() {
        super(Schema.PPP_PROFILE);
    }

    @Override
    protected String name() throws CommandException {
        return operand(typed, "a profile's name");
    }
}
