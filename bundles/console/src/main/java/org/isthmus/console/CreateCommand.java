package org.isthmus.console;

import java.time.Duration;
import java.util.List;

import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.Cause;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Settings;

/** Makes a tunnel or session of parameters that are typed, and waits for it if asked to. */
abstract class CreateCommand extends L2tpCommand {
    @Option(name = "-w", aliases = "--wait", description = "Wait at most so many seconds until it is up, and fail if it"
            + " is not", valueToShowInHelp = "0: do not wait")
    int wait;

    /** The settings among what was typed. */
    protected final Settings settings(BlockType type, List<String> typed) throws CommandException {
        return new GivenSettings(type, session).read(operands(typed), admin().blocks());
    }

    /** Somebody who names a parameter where the name belongs forgot the name. */
    protected static void checkName(String name, String kind) throws CommandException {
        if (name.indexOf('=') >= 0) {
            throw new CommandException("Give the " + kind + " a name first: \"" + name + "\" is a parameter.");
        }
    }

    protected final Duration atMost() {
        return Duration.ofSeconds(wait);
    }

    /** It is not up although we waited. */
    protected final CommandException notUp(String what, String state, Cause cause, String show) {
        String why = cause.equals(Cause.NONE) ? "no answer says why" : TunnelText.cause(cause);
        return new CommandException(what + " did not come up within " + wait + " s: " + why + ". It is in the state "
                + state + "; " + show + " follows it.");
    }
}
