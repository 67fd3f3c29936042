package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** All session profiles. */
@Service
@Command(scope = "l2tp", name = "session-profile-list", description = "Lists the session profiles",
        detailedDescription = "Example:\n  l2tp:session-profile-list\n  l2tp:session-profile-list --json")
public class SessionProfileListCommand extends ProfileListCommand {
    public SessionProfileListCommand() {
        super(Schema.SESSION_PROFILE);
    }
}
