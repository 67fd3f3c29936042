package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** All tunnel profiles. */
@Service
@Command(scope = "l2tp", name = "tunnel-profile-list", description = "Lists the tunnel profiles",
        detailedDescription = "Example:\n  l2tp:tunnel-profile-list\n  l2tp:tunnel-profile-list --json")
public class TunnelProfileListCommand extends ProfileListCommand {
    public TunnelProfileListCommand() {
        super(Schema.TUNNEL_PROFILE);
    }
}
