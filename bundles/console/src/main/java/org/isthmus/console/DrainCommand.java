package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.console.text.Format;

/** Before maintenance: no new tunnels. */
@Service
@Command(scope = "l2tp", name = "drain", description = "Refuses new tunnels and keeps those that are up",
        detailedDescription = "It lasts until l2tp:undrain, or until l2tpd.conf is next applied.\n\nExample:\n"
                + "  l2tp:drain\n  l2tp:drain --off")
public class DrainCommand extends L2tpCommand {
    @Option(name = "--off", description = "Take new tunnels again, as l2tp:undrain does")
    boolean off;

    @Override
    protected void run() throws CommandException {
        drain(admin(), !off);
    }

    static void drain(L2tpAdmin admin, boolean draining) {
        admin.drain(draining);
        say(draining
                ? "New tunnels are refused. " + Format.count(admin.tunnels().size(), "tunnel") + " left; l2tp:undrain takes new ones again."
                : "New tunnels are taken.");
    }
}
