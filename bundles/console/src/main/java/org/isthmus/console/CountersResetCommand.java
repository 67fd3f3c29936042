package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** Counters back to zero. */
@Service
@Command(scope = "l2tp", name = "counters-reset", description = "Sets the counters of the appliance back to 0",
        detailedDescription = "Those of tunnels and sessions stay.\n\nExample:\n  l2tp:counters-reset")
public class CountersResetCommand extends L2tpCommand {

    @Override
    protected void run() throws CommandException {
        admin().resetCounters();
        say("The counters of the appliance are 0.");
    }
}
