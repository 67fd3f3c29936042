package org.isthmus.console;

import java.time.Instant;
import java.util.List;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.TunnelStatus;

/** All tunnels. */
@Service
@Command(scope = "l2tp", name = "tunnel-list", description = "Lists the tunnels",
        detailedDescription = "Configured tunnels that are down are listed too.\n\nExample:\n  l2tp:tunnel-list\n"
                + "  l2tp:tunnel-list --json")
public class TunnelListCommand extends ShowCommand {

    @Override
    protected View view() throws CommandException {
        List<TunnelStatus> tunnels = admin().tunnels();
        return new View(tunnels, () -> TunnelText.table(tunnels, Instant.now()));
    }
}
