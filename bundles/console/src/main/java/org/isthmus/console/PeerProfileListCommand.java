package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** All peer profiles. */
@Service
@Command(scope = "l2tp", name = "peer-profile-list", description = "Lists the peer profiles",
        detailedDescription = "Example:\n  l2tp:peer-profile-list\n  l2tp:peer-profile-list --json")
public class PeerProfileListCommand extends ProfileListCommand {
    public PeerProfileListCommand() {
        super(Schema.PEER_PROFILE);
    }
}
