package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** All PPP profiles. */
@Service
@Command(scope = "l2tp", name = "ppp-profile-list", description = "Lists the PPP profiles",
        detailedDescription = "Example:\n  l2tp:ppp-profile-list\n  l2tp:ppp-profile-list --json")
public class PppProfileListCommand extends ProfileListCommand {
    public PppProfileListCommand() {
        super(Schema.PPP_PROFILE);
    }
}
