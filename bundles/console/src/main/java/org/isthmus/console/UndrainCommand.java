package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** After maintenance. */
@Service
@Command(scope = "l2tp", name = "undrain", description = "Takes new tunnels again after l2tp:drain",
        detailedDescription = "Example:\n  l2tp:undrain")
public class UndrainCommand extends L2tpCommand {

    @Override
    protected void run() throws CommandException {
        DrainCommand.drain(admin(), false);
    }
}
