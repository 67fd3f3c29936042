package org.isthmus.console.completers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.console.Services;
import org.osgi.framework.BundleContext;

/** Offers words that begin with what was typed. */
abstract class WordCompleter implements Completer {
    /** Karaf inserts what is offered as it is, and fails on some signs: what is more than a plain word is for quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:@/+=?,-]+ ?");

    @Reference
    BundleContext context;

    /**
     * The words that may stand here: with a space at the end, or without one where typing goes on in the same word.
     *
     * @param typed the word up to the cursor
     * @param line  the whole line
     */
    abstract List<String> words(String typed, CommandLine line);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        String word = line.getCursorArgument();
        String typed = word == null ? "" : word.substring(0, Math.min(word.length(), line.getArgumentPosition()));
        if (line.getCursorArgumentIndex() == 0) {
            // No command stands in front: Karaf asks whether a word further left will do, before it goes on to the
            // one at the cursor. Whether it does is for the command to say, in words.
            candidates.add(typed + " ");
        }
        for (String possible : possible(typed, line)) {
            if (possible.startsWith(typed) && PLAIN.matcher(possible).matches()) {
                candidates.add(possible);
            }
        }
        return candidates.isEmpty() ? -1 : line.getBufferPosition() - line.getArgumentPosition();
    }

    private List<String> possible(String typed, CommandLine line) {
        if (typed.startsWith("-")) {
            return options(line);
        }
        try {
            return words(typed, line);
        } catch (RuntimeException engineGoesAway) {
            return List.of();
        }
    }

    /** Karaf completes options in front of the operands only; these are those that may follow. */
    private static List<String> options(CommandLine line) {
        String command = line.getArguments()[0];
        if (command.endsWith("-create")) {
            return List.of("--wait ");
        }
        if (command.endsWith("-delete")) {
            return List.of("--reason ");
        }
        return List.of("-list", "-show", "-help").stream().anyMatch(command::endsWith)
                ? List.of("--json ", "--no-format ") : List.of();
    }

    final List<L2tpAdmin> admin() {
        return new Services(context).find(L2tpAdmin.class).map(List::of).orElse(List.of());
    }

    /** Names and ids: ids only to somebody who began to type one, since the names say more. */
    static List<String> namesOrIds(String typed, List<String> names, List<Integer> ids) {
        List<String> words = new ArrayList<>();
        names.forEach(name -> words.add(name + " "));
        if (!typed.isEmpty() && Character.isDigit(typed.charAt(0))) {
            ids.stream().filter(id -> id != 0).forEach(id -> words.add(id + " "));
        }
        return words;
    }
}
