package org.isthmus.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Settings;
import org.isthmus.console.text.Nearest;

/** Reads {@code parameter=value …} as typed on a command line into settings of a block. */
final class GivenSettings {
    /** In place of a secret: ask for it, without showing what is typed. */
    static final String ASK = "?";

    private final BlockType type;
    private final Session session;

    /** @param session where secrets are asked for */
    GivenSettings(BlockType type, Session session) {
        this.type = type;
        this.session = session;
    }

    /**
     * @param words  one for each value; a list may have several words of one parameter
     * @param blocks in which the profiles are that values may name
     */
    Settings read(List<String> words, List<Block> blocks) throws CommandException {
        Map<Parameter<?>, List<String>> values = new LinkedHashMap<>();
        for (String word : joined(words)) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new CommandException("\"" + word + "\" is not understood: write "
                        + (type.parameter(word).isPresent() ? word : "parameter") + "=value. " + help(""));
            }
            Parameter<?> parameter = parameter(word.substring(0, equals));
            values.computeIfAbsent(parameter, first -> new ArrayList<>()).add(word.substring(equals + 1));
        }
        for (Parameter<?> parameter : type.parameters()) {
            if (parameter.required() && !values.containsKey(parameter)) {
                throw new CommandException("A " + type.keyword() + " needs " + parameter.name() + "=...: "
                        + parameter.type().expected() + ".");
            }
        }
        Settings.Builder settings = Settings.builder();
        for (Map.Entry<Parameter<?>, List<String>> entry : values.entrySet()) {
            read(entry.getKey(), entry.getValue(), settings);
            checkReference(entry.getKey(), entry.getValue(), blocks);
        }
        return settings.build();
    }

    /** The shell takes {@code peer=[2001:db8::1]:1701} apart at the brackets, which mean a list to it. */
    private static List<String> joined(List<String> words) {
        List<String> joined = new ArrayList<>();
        for (String word : words) {
            int last = joined.size() - 1;
            String before = last < 0 ? "" : joined.get(last);
            if (before.endsWith("=") && word.startsWith("[") || before.endsWith("]") && word.startsWith(":")) {
                joined.set(last, before + word);
            } else {
                joined.add(word);
            }
        }
        return joined;
    }

    private Parameter<?> parameter(String name) throws CommandException {
        for (Parameter<?> parameter : type.parameters()) {
            if (parameter.name().equals(name)) {
                return parameter;
            }
            if (parameter.elsewhere().contains(name)) {
                throw new CommandException("A " + type.keyword() + " has no parameter \"" + name + "\": it is called "
                        + parameter.name() + " here.");
            }
        }
        List<String> names = type.parameters().stream().map(Parameter::name).toList();
        throw new CommandException("A " + type.keyword() + " has no parameter \"" + name + "\"."
                + Nearest.hint(name, names) + " " + help(""));
    }

    private void read(Parameter<?> parameter, List<String> words, Settings.Builder settings) throws CommandException {
        String name = parameter.name();
        if (words.size() > 1 && !parameter.type().list()) {
            throw new CommandException(name + " was given " + words.size() + " times; it takes one value: "
                    + parameter.type().expected() + ".");
        }
        try {
            if (parameter.type().secret() && words.get(0).equals(ASK)) {
                settings.parse(parameter, ask(name));
            } else {
                settings.parseAll(parameter, words);
            }
        } catch (InvalidValueException invalid) {
            throw new CommandException(name + ": " + invalid.getMessage() + ". " + help(" " + name), invalid);
        }
    }

    private static void checkReference(Parameter<?> parameter, List<String> names, List<Block> blocks)
            throws CommandException {
        String kind = parameter.type().refersTo();
        if (kind.isEmpty()) {
            return;
        }
        List<String> known = BlockNames.of(kind, blocks);
        for (String name : names) {
            if (!known.contains(name)) {
                throw new CommandException(parameter.name() + ": there is no " + kind + " \"" + name + "\"."
                        + Nearest.hint(name, known) + " Known: " + (known.isEmpty() ? "none" : String.join(", ", known)) + ".");
            }
        }
    }

    private String ask(String name) throws CommandException {
        String answer;
        try {
            answer = session.readLine(name + ": ", '\0');
        } catch (IOException | UnsupportedOperationException noTerminal) {
            throw new CommandException(name + "=? needs a console to ask at: log in without a command,"
                    + " or name a profile that has the " + name + ".", noTerminal);
        }
        if (answer == null || answer.isEmpty()) {
            throw new CommandException("No " + name + " was typed, and nothing was done.");
        }
        return answer;
    }

    private String help(String parameter) {
        return "See l2tp:config-help " + BlockNames.word(type) + parameter + ".";
    }
}
