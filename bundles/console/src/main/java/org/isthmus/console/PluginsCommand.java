package org.isthmus.console;

import static org.isthmus.console.text.Table.numbers;
import static org.isthmus.console.text.Table.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.PluginStatus;
import org.isthmus.console.text.Format;
import org.isthmus.console.text.Table;

/** What is plugged into the engine. */
@Service
@Command(scope = "l2tp", name = "plugins", description = "Lists what is plugged in where, and how its calls go",
        detailedDescription = "A plugin whose calls fail repeatedly, or do not return in time, is set aside for a while and then tried"
                + " again; tunnels stay. Of a bundle that is not plugged in the last column says what it lacks."
                + "\n\nExample:\n  l2tp:plugins\n  l2tp:plugins --json")
public class PluginsCommand extends ShowCommand {

    @Override
    protected View view() throws CommandException {
        List<PluginStatus> all = admin().plugins();
        return new View(all, () -> table(all, Instant.now()));
    }

    private static Table table(List<PluginStatus> all, Instant now) {
        Table table = new Table("Nothing is plugged in: no data plane, no address pool. feature:list shows what can be installed.",
                words("KIND"), words("NAME"), words("BUNDLE"), words("VERSION"), numbers("CALLS"), numbers("FAILED"), numbers("OVERDUE"),
                numbers("MILLISECONDS"), numbers("LONGEST"), words("STATE"), words("LAST FAILURE").ifThereIsRoom());
        for (PluginStatus plugin : all) {
            table.add(plugin.kind(), plugin.name(), Format.orHyphen(plugin.bundle()), Format.orHyphen(plugin.version()), plugin.calls(),
                    plugin.failures(), plugin.overdue(), millis(plugin.busy()), millis(plugin.longest()), state(plugin, now),
                    Format.orHyphen(plugin.lastFailure()));
        }
        return table;
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
    }

    private static String state(PluginStatus plugin, Instant now) {
        if (plugin.kind().equals(PluginStatus.NOT_PLUGGED_IN)) {
            return "lacks something";
        }
        return plugin.setAside().filter(until -> until.isAfter(now))
                .map(until -> "set aside for " + Format.duration(Duration.between(now, until))).orElse("ready");
    }
}
