package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.AdminException;
import org.isthmus.api.TunnelStatus;
import org.isthmus.console.completers.TunnelCompleter;

/** Takes a tunnel down. */
@Service
@Command(scope = "l2tp", name = "tunnel-delete", description = "Takes a tunnel and its sessions down and forgets it",
        detailedDescription = "One that stands in l2tpd.conf comes back with l2tp:reload.\n\nExample:\n"
                + "  l2tp:tunnel-delete office\n  l2tp:tunnel-delete office --reason \"moved to another peer\"")
public class TunnelDeleteCommand extends DeleteCommand {
    @Argument(name = "tunnel", description = "The tunnel's name or our id of it",
            required = true, multiValued = true)
    @Completion(TunnelCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException, AdminException {
        TunnelStatus tunnel = tunnel(operand(typed, "a tunnel's name or id"));
        await("Tunnel \"" + tunnel.name() + "\"", admin().deleteTunnel(tunnel.name(), reason));
    }
}
