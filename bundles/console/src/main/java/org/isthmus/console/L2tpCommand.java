package org.isthmus.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.AdminException;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;
import org.isthmus.console.text.Format;
import org.isthmus.console.text.Nearest;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the l2tp commands have in common: the engine, the operands, and how they fail. */
public abstract class L2tpCommand implements Action {
    private static final Logger LOG = LoggerFactory.getLogger(L2tpCommand.class);
    private static final String RED = "\u001b[31m";
    private static final String NOT_RED = "\u001b[39m";

    @Reference
    BundleContext context;

    @Reference
    Session session;

    /** Prints the answer. What it throws ends the command with its message and exit status 1. */
    protected abstract void run() throws CommandException, AdminException;

    @Override
    public final Object execute() throws CommandException {
        try {
            run();
            return null;
        } catch (CommandException failed) {
            throw failed.getNiceHelp().isEmpty() ? failed : shown(failed);
        } catch (AdminException refused) {
            throw shown(refused);
        } catch (RuntimeException ourFault) {
            LOG.error("{} failed", getClass().getSimpleName(), ourFault);
            throw shown(new CommandException("That failed inside the appliance: " + ourFault + ". The log has more:"
                    + " log:display", ourFault));
        }
    }

    /** Karaf prints the first of the two texts; red, where there is a terminal. */
    private CommandException shown(Exception failure) {
        String text = Format.lines(failure.getMessage());
        boolean terminal = session.getTerminal() != null && session.getTerminal().isAnsiSupported();
        return new CommandException(terminal ? RED + text + NOT_RED : text, text, failure);
    }

    /** Prints a sentence. Names in it may come from a peer or a file, and do not get to drive the terminal. */
    protected static void say(String text) {
        System.out.println(Format.lines(text));
    }

    /** Has what was printed be seen while the command goes on: the console by itself shows it when a command ends. */
    protected final void showNow() {
        System.out.flush();
        session.getConsole().flush();
    }

    protected final Services services() {
        return new Services(context);
    }

    protected final L2tpAdmin admin() throws CommandException {
        return services().admin();
    }

    /** What was typed after the command's name, without options: see {@link Operands}. */
    protected final List<String> operands(List<String> typed) throws CommandException {
        return Operands.of(this, typed);
    }

    /** The only operand. */
    protected final String operand(List<String> typed, String what) throws CommandException {
        List<String> operands = operands(typed);
        if (operands.size() != 1) {
            throw new CommandException(operands.isEmpty() ? "Which one? Give " + what + "."
                    : "Give one only: " + what + ", not " + operands.size() + ".");
        }
        return operands.get(0);
    }

    /** A file as typed: relative to the shell's directory, or to the home directory after {@code ~/}. */
    protected final Path file(String typed) throws CommandException {
        try {
            return typed.startsWith("~/") ? Path.of(System.getProperty("user.home"), typed.substring(2))
                    : session.currentDir().resolve(typed);
        } catch (InvalidPathException notAPath) {
            throw new CommandException("\"" + typed + "\" is no name of a file.", notAPath);
        }
    }

    protected final TunnelStatus tunnel(String nameOrId) throws CommandException {
        L2tpAdmin admin = admin();
        return admin.tunnel(nameOrId).orElseThrow(() -> unknown("tunnel", nameOrId,
                admin.tunnels().stream().map(TunnelStatus::name).toList(), "l2tp:tunnel-list"));
    }

    protected final SessionStatus session(String nameOrId) throws CommandException {
        L2tpAdmin admin = admin();
        return admin.session(nameOrId).orElseThrow(() -> unknown("session", nameOrId,
                admin.sessions().stream().map(SessionStatus::fullName).toList(), "l2tp:session-list"));
    }

    /** There is no such thing; names the nearest that there is, and the command that lists them. */
    protected static CommandException unknown(String kind, String name, Collection<String> known, String list) {
        return new CommandException("There is no " + kind + " \"" + name + "\"." + Nearest.hint(name, known) + " "
                + list + " shows those that there are.");
    }
}
