package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.AdminException;
import org.isthmus.console.text.Format;

/** For what cannot be replaced in a process that runs. */
@Service
@Command(scope = "l2tp", name = "restart", description = "Restarts the process; all tunnels and sessions go on",
        detailedDescription = "Needs systemd, with the unit in etc/systemd, or l2tpd --keeper. Peers are told nothing: packets wait until the"
                + " appliance is back, those of the data plane 'kernel' pass.\n\nExample:\n  l2tp:restart")
public class RestartCommand extends L2tpCommand {
    @Override
    protected void run() throws CommandException, AdminException {
        int sessions = admin().sessions().size();
        admin().restart();
        say("The appliance restarts. " + Format.count(sessions, "session") + (sessions == 1 ? " goes on." : " go on."));
    }
}
