package org.isthmus.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.ConfigFile;

/** Reads l2tpd.conf now. */
@Service
@Command(scope = "l2tp", name = "reload", description = "Reads l2tpd.conf and makes it true",
        detailedDescription = "Only the difference is changed; a file with an error changes nothing. A change of the"
                + " file is noticed without this command too. Tunnels of the file that were deleted come back.\n\n"
                + "Example:\n  l2tp:reload\n  l2tp:reload --json")
public class ReloadCommand extends L2tpCommand {
    @Option(name = "-j", aliases = "--json", description = "Print one JSON document, for programs")
    boolean json;

    @Override
    protected void run() throws CommandException {
        ConfigFile file = services().configFile();
        ReportText.print(file.reload(), file.path().toString(), false, json, System.out);
    }
}
