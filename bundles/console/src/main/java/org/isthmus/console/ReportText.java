package org.isthmus.console;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.console.text.Format;
import org.isthmus.console.text.Json;

/** What became of a configuration, or would. */
final class ReportText {
    private ReportText() {
    }

    /**
     * Prints a report.
     *
     * @param file that was read
     * @param dry  whether nothing was to change anyway
     * @throws CommandException if the configuration is wrong, after printing what is
     */
    static void print(ApplyReport report, String file, boolean dry, boolean json, PrintStream out)
            throws CommandException {
        if (json) {
            Json.print(data(report, file), out);
        } else {
            print("Warning: ", report.warnings(), out);
            print("", report.problems(), out);
            report.changes().forEach(change -> out.println(Format.oneLine(change)));
            if (report.accepted()) {
                out.println(summary(report, file, dry));
            }
        }
        if (!report.accepted()) {
            String message = file + " has " + Format.count(report.problems().size(), "problem") + "; nothing was changed.";
            throw json ? new CommandException("", message) : new CommandException(message); // the document says it all
        }
    }

    private static void print(String before, List<ApplyReport.Problem> problems, PrintStream out) {
        problems.forEach(problem -> out.println(Format.lines(before + problem)));
    }

    private static String summary(ApplyReport report, String file, boolean dry) {
        int changes = report.changes().size();
        if (changes == 0) {
            return file + " is right, and everything is as it says: nothing " + (dry ? "would change." : "was changed.");
        }
        return file + " is right; " + Format.count(changes, "change") + (dry ? " would be made." : " made.");
    }

    private static Map<String, Object> data(ApplyReport report, String file) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", file);
        data.put("accepted", report.accepted());
        data.put("changes", report.changes());
        data.put("problems", report.problems());
        data.put("warnings", report.warnings());
        return data;
    }
}
