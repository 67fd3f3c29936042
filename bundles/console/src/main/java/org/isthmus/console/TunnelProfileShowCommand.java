package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Schema;
import org.isthmus.console.completers.TunnelProfileCompleter;

/** One tunnel profile. */
@Service
@Command(scope = "l2tp", name = "tunnel-profile-show", description = "Shows the values of a tunnel profile and where each comes from",
        detailedDescription = "Example:\n  l2tp:tunnel-profile-show default\n  l2tp:tunnel-profile-show default --json")
public class TunnelProfileShowCommand extends ProfileShowCommand {
    @Argument(name = "profile", description = "The profile's name", required = true, multiValued = true)
    @Completion(TunnelProfileCompleter.class)
    List<String> typed;

    public TunnelProfileShowCommand() {
        super(Schema.TUNNEL_PROFILE);
    }

    @Override
    protected String name() throws CommandException {
        return operand(typed, "a profile's name");
    }
}
