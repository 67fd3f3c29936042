package org.isthmus.console;

import java.time.Instant;
import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.TunnelStatus;
import org.isthmus.console.completers.TunnelCompleter;

/** One tunnel. */
@Service
@Command(scope = "l2tp", name = "tunnel-show", description = "Shows a tunnel",
        detailedDescription = "Example:\n  l2tp:tunnel-show office\n  l2tp:tunnel-show 4711 --json")
public class TunnelShowCommand extends ShowCommand {
    @Argument(name = "tunnel", description = "The tunnel's name or our id of it", required = true, multiValued = true)
    @Completion(TunnelCompleter.class)
    List<String> typed;

    @Override
    protected View view() throws CommandException {
        TunnelStatus tunnel = tunnel(operand(typed, "a tunnel's name or id"));
        return new View(tunnel, () -> TunnelText.listing(tunnel, Instant.now()));
    }
}
