package org.isthmus.console;

import static org.isthmus.console.text.Table.numbers;
import static org.isthmus.console.text.Table.words;

import java.util.List;
import java.util.Map;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.console.completers.TunnelCompleter;
import org.isthmus.console.text.Table;

/** The engine's counters, or a tunnel's. */
@Service
@Command(scope = "l2tp", name = "counters-show", description = "Shows the counters of the appliance or of a tunnel",
        detailedDescription = "A session's are in l2tp:session-show. JSON has those that are 0 too.\n\nExample:\n"
                + "  l2tp:counters-show\n  l2tp:counters-show --all\n  l2tp:counters-show office --json")
public class CountersShowCommand extends ShowCommand {
    @Option(name = "-a", aliases = "--all", description = "Show those that are 0 too")
    boolean all;

    @Argument(name = "tunnel", description = "The tunnel's name or our id of it; the appliance where none is given",
            multiValued = true)
    @Completion(TunnelCompleter.class)
    List<String> typed;

    @Override
    protected View view() throws CommandException {
        Map<String, Long> counters = operands(typed).isEmpty() ? admin().system().counters()
                : tunnel(operand(typed, "a tunnel's name or id")).counters();
        return new View(counters, () -> table(counters));
    }

    private Table table(Map<String, Long> counters) {
        Table table = new Table("Every counter is 0.", words("COUNTER"), numbers("VALUE"));
        counters.forEach((name, value) -> {
            if (all || value != 0) {
                table.add(name, value);
            }
        });
        return table;
    }
}
