package org.isthmus.console.completers;

import java.util.ArrayList;
import java.util.List;

import org.apache.karaf.shell.api.console.CommandLine;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Parameter;
import org.isthmus.console.BlockNames;

/** {@code parameter=value} of a block: first the names that are not given yet, then the values as far as they are known. */
abstract class ParameterCompleter extends WordCompleter {
    private final BlockType type;

    ParameterCompleter(BlockType type) {
        this.type = type;
    }

    @Override
    final List<String> words(String typed, CommandLine line) {
        int equals = typed.indexOf('=');
        if (equals < 0) {
            return names(line);
        }
        String name = typed.substring(0, equals);
        List<String> words = new ArrayList<>();
        type.parameter(name).ifPresent(parameter -> values(parameter).forEach(value -> words.add(name + "=" + value + " ")));
        if (equals < typed.length() - 1 && words.stream().noneMatch(word -> word.startsWith(typed))) {
            words.add(typed + " ");
        }
        return words;
    }

    private List<String> names(CommandLine line) {
        List<String> names = new ArrayList<>();
        for (Parameter<?> parameter : type.parameters()) {
            if (parameter.type().list() || !given(parameter.name() + "=", line)) {
                names.add(parameter.name() + "=");
            }
        }
        return names;
    }

    private static boolean given(String start, CommandLine line) {
        String[] words = line.getArguments();
        for (int i = 0; i < words.length; i++) {
            if (i != line.getCursorArgumentIndex() && words[i].startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    private List<String> values(Parameter<?> parameter) {
        if (parameter.type().secret()) {
            return List.of("?");
        }
        if (!parameter.type().refersTo().isEmpty()) {
            List<Block> blocks = admin().stream().map(L2tpAdmin::blocks).flatMap(List::stream).toList();
            return BlockNames.of(parameter.type().refersTo(), blocks);
        }
        return parameter.type().choices().isEmpty() ? defaultValue(parameter) : parameter.type().choices();
    }

    /** Shows how a value is written where there is no list of them. */
    private static <T> List<String> defaultValue(Parameter<T> parameter) {
        return parameter.defaultValue().map(value -> List.of(parameter.type().format(value))).orElse(List.of());
    }
}
