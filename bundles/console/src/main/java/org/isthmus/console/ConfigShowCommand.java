package org.isthmus.console;

import java.io.PrintStream;
import java.util.List;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Block;
import org.isthmus.console.text.Format;

/** What is in force, as the file would say it. */
@Service
@Command(scope = "l2tp", name = "config-show", description = "Shows the configuration in force, with where each block comes from",
        detailedDescription = "In the syntax of l2tpd.conf; secrets are shown as ***.\n\nExample:\n  l2tp:config-show\n"
                + "  l2tp:config-show --json")
public class ConfigShowCommand extends ShowCommand {

    @Override
    protected View view() throws CommandException {
        List<Block> blocks = admin().blocks();
        return new View(blocks.stream().map(BlockData::of).toList(), () -> (out, format, width) -> print(blocks, out));
    }

    private static void print(List<Block> blocks, PrintStream out) {
        if (blocks.isEmpty()) {
            out.println("# Nothing is configured; what is built in applies (l2tp:config-help).");
        }
        blocks.forEach(block -> print(block, "", out));
    }

    private static void print(Block block, String indent, PrintStream out) {
        out.println(Format.oneLine(indent + block.title() + " {  # " + block.where()));
        block.settings().forEachText((parameter, value) -> out.println(Format.oneLine(indent + "    " + parameter.name()
                + " " + (parameter.type().quoted() ? quoted(value) : value))));
        block.nested().forEach(nested -> print(nested, indent + "    ", out));
        out.println(indent + "}");
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
