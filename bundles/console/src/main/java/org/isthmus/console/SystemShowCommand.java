package org.isthmus.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.SystemStatus;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.console.text.Format;
import org.isthmus.console.text.Listing;

/** The appliance at a glance. */
@Service
@Command(scope = "l2tp", name = "system-show", description = "Shows the appliance at a glance",
        detailedDescription = "Example:\n  l2tp:system-show\n  l2tp:system-show --json")
public class SystemShowCommand extends ShowCommand {

    @Override
    protected View view() throws CommandException {
        SystemStatus system = admin().system();
        return new View(system, () -> listing(system, Instant.now()));
    }

    private static Listing listing(SystemStatus system, Instant now) {
        return new Listing()
                .heading("Isthmus " + system.version())
                .add("Host name", system.hostName())
                .add("Running for", Format.duration(Duration.between(system.started(), now)))
                .add("Listening on", system.listening().isEmpty() ? "no address: it takes no tunnels from peers"
                        : system.listening().stream().map(Format::endpoint).collect(Collectors.joining(", ")))
                .add("New tunnels", system.draining() ? "refused: the appliance is draining (l2tp:undrain ends that)" : "taken")
                .add("Data plane", system.dataplane().isEmpty() ? "none: no session can come up" : system.dataplane())
                .add("Workers", system.workers())
                .add("Tunnels", byState(system.tunnels()))
                .add("Sessions", byState(system.sessions()));
    }

    /** {@code 4: 3 established, 1 retry}. */
    private static String byState(Map<? extends Enum<?>, Long> numbers) {
        long all = numbers.values().stream().mapToLong(Long::longValue).sum();
        String states = numbers.entrySet().stream().filter(entry -> entry.getValue() != 0)
                .sorted(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.ordinal(), b.ordinal())))
                .map(entry -> entry.getValue() + " " + ValueTypes.word(entry.getKey()))
                .collect(Collectors.joining(", "));
        return all == 0 ? "none" : all + ": " + states;
    }
}
