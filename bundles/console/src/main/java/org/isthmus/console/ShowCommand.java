package org.isthmus.console;

import java.util.function.Supplier;

import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.console.text.Json;
import org.isthmus.console.text.Printable;

/** A command that shows something, to people or to programs. */
public abstract class ShowCommand extends L2tpCommand {
    @Option(name = "-j", aliases = "--json", description = "Print one JSON document, for programs")
    boolean json;

    @Option(name = "--no-format", description = "Print values with tabs between them and no header, for scripts")
    boolean noFormat;

    /** What to show, in both forms. */
    protected abstract View view() throws CommandException;

    /**
     * @param data of which JSON is made
     * @param text the same for people
     */
    protected record View(Object data, Supplier<Printable> text) {
    }

    @Override
    protected final void run() throws CommandException {
        View view = view();
        if (json) {
            Json.print(view.data(), System.out);
        } else {
            int width = session.getTerminal() == null ? 0 : session.getTerminal().getWidth();
            view.text().get().print(System.out, !noFormat, width);
        }
    }
}
