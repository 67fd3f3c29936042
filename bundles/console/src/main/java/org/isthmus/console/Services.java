package org.isthmus.console;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.config.ConfigFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/**
 * The services that commands use, looked up when a command runs. Were they injected, Karaf would take every command
 * away for a moment whenever one of them comes or goes, for example while the engine is being updated.
 */
public record Services(BundleContext context) {

    /** The service with the highest ranking. */
    public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(context.getServiceReference(type)).map(context::getService);
    }

    public <T> List<T> all(Class<T> type) {
        try {
            return context.getServiceReferences(type, null).stream().map(context::getService)
                    .filter(Objects::nonNull).toList();
        } catch (InvalidSyntaxException neverWithoutFilter) {
            throw new IllegalStateException(neverWithoutFilter);
        }
    }

    /** @throws CommandException that says why there is no engine and what to do */
    public L2tpAdmin admin() throws CommandException {
        return find(L2tpAdmin.class).orElseThrow(() -> absent("The engine is not running", "org.isthmus.core"));
    }

    /** @throws CommandException that says why nobody reads the file and what to do */
    public ConfigFile configFile() throws CommandException {
        return find(ConfigFile.class)
                .orElseThrow(() -> absent("Nothing reads l2tpd.conf", "org.isthmus.config"));
    }

    private CommandException absent(String what, String symbolicName) {
        for (Bundle bundle : context.getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle.getState() == Bundle.ACTIVE
                        ? new CommandException(what + ": the bundle " + symbolicName + " is started but offers no service yet."
                                + " Try again; if it stays so, log:display says why.")
                        : new CommandException(what + ": the bundle " + symbolicName + " is not started."
                                + " Try bundle:start " + symbolicName + "; bundle:diag says what it lacks.");
            }
        }
        return new CommandException(what + ": the bundle " + symbolicName + " is not installed."
                + " Try feature:install l2tp-appliance.");
    }
}
