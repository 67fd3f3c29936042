package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Schema;
import org.isthmus.console.completers.PeerProfileCompleter;

/** One peer profile. */
@Service
@Command(scope = "l2tp", name = "peer-profile-show", description = "Shows the values of a peer profile and where each comes from",
        detailedDescription = "Example:\n  l2tp:peer-profile-show default\n  l2tp:peer-profile-show default --json")
public class PeerProfileShowCommand extends ProfileShowCommand {
    @Argument(name = "profile", description = "The profile's name", required = true, multiValued = true)
    @Completion(PeerProfileCompleter.class)
    List<String> typed;

    public PeerProfileShowCommand() {
        super(Schema.PEER_PROFILE);
    }

    @Override
    protected String name() throws CommandException {
        return operand(typed, "a profile's name");
    }
}
