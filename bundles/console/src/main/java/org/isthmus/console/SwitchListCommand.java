package org.isthmus.console;

import static org.isthmus.console.text.Table.numbers;
import static org.isthmus.console.text.Table.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.SwitchStatus;
import org.isthmus.console.text.Format;
import org.isthmus.console.text.Table;

/** All LNSes that calls are switched to. */
@Service
@Command(scope = "l2tp", name = "switch-list", description = "Lists the LNSes that calls are switched to",
        detailedDescription = "An LNS that failed is set aside for a while (hold_down_time).\n\nExample:\n  l2tp:switch-list\n"
                + "  l2tp:switch-list --json")
public class SwitchListCommand extends ShowCommand {

    @Override
    protected View view() throws CommandException {
        List<SwitchStatus> all = admin().switches();
        return new View(all, () -> table(all, Instant.now()));
    }

    private static Table table(List<SwitchStatus> all, Instant now) {
        Table table = new Table("No switches. A switch block in l2tpd.conf makes one (l2tp:config-help switch).",
                words("SWITCH"), words("LNS"), words("PEER"), numbers("PREFERENCE"), numbers("WEIGHT"), numbers("CALLS"),
                numbers("TAKEN"), numbers("FAILED"), words("STATE"), words("LAST FAILURE").ifThereIsRoom());
        for (SwitchStatus lns : all) {
            table.add(lns.switchName(), lns.lnsName(), lns.peer(), lns.preference(), lns.weight(), lns.calls(),
                    lns.taken(), lns.failed(), state(lns, now), Format.orHyphen(lns.lastCause()));
        }
        return table;
    }

    private static String state(SwitchStatus lns, Instant now) {
        return lns.setAside().filter(until -> until.isAfter(now))
                .map(until -> "set aside for " + Format.duration(Duration.between(now, until))).orElse("ready");
    }
}
