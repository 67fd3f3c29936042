package org.isthmus.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.ConfigFile;

/** A dry run. */
@Service
@Command(scope = "l2tp", name = "check-config", description = "Checks l2tpd.conf and says what it would change, changing nothing",
        detailedDescription = "Example:\n  l2tp:check-config\n  l2tp:check-config /tmp/l2tpd.conf.new")
public class CheckConfigCommand extends L2tpCommand {
    @Option(name = "-j", aliases = "--json", description = "Print one JSON document, for programs")
    boolean json;

    @Argument(name = "file", description = "A file to check as if it were l2tpd.conf; l2tpd.conf itself where none is"
            + " given", multiValued = true)
    @Completion(FileCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException {
        ConfigFile file = services().configFile();
        if (operands(typed).isEmpty()) {
            print(file.check(), file.path());
            return;
        }
        Path path = file(operand(typed, "a file"));
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new CommandException("The file " + path + " cannot be read: see that it is there and may be read by "
                    + System.getProperty("user.name") + ".");
        }
        print(file.check(path), path);
    }

    private void print(ApplyReport report, Path path) throws CommandException {
        ReportText.print(report, path.toString(), true, json, System.out);
    }
}
