package org.isthmus.config;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Schema;

/**
 * The line that a problem is about, up to the word at fault, with a caret below. Only values of parameters that are
 * known to be no secrets are shown: an operator may have mistyped the name of one that is.
 */
final class Excerpt {
    private static final int MAX_LINE = 400;
    private static final String INDENT = "    ";
    private static final Set<String> SECRET_NAMES = names(parameter -> parameter.type().secret());
    private static final Set<String> OPEN_NAMES = names(parameter -> !parameter.type().secret());
    private static final Set<String> KEYWORDS = blockTypes()
            .flatMap(type -> Stream.of(type.keyword().split(" "))).collect(Collectors.toUnmodifiableSet());

    private Excerpt() {
    }

    /** Empty if there is nothing that can be shown. */
    static String of(CharSequence text, Word at) {
        int lineStart = at.start() - at.column() + 1;
        int end = Math.min(at.end(), text.length());
        if (end - lineStart > MAX_LINE) {
            return "";
        }
        String line = text.subSequence(lineStart, end).toString();
        String shown = masked(line);
        if (end < text.length() && text.charAt(end) != '\n' && shown.length() == line.length()) {
            shown += " …";
        }
        if (shown.isBlank()) {
            return "";
        }
        int caret = Math.min(at.column() - 1, shown.length());
        return INDENT + printable(shown) + "\n" + INDENT + " ".repeat(caret) + "^";
    }

    /** The line, with stars for what follows the first word that may be the name of a secret. */
    private static String masked(String line) {
        boolean statement = true;
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i < line.length() ? line.charAt(i) : ' ';
            if (" \t\r{}=,\"'".indexOf(c) < 0) {
                continue;
            }
            String word = line.substring(start, i);
            if (!word.isEmpty()) {
                boolean hidden = statement ? !isOpen(word) : isSecret(word);
                if (hidden && !line.substring(i).isBlank()) {
                    String rest = line.substring(i);
                    return line.substring(0, i) + " ".repeat(Math.max(1, rest.length() - rest.stripLeading().length()))
                            + "***";
                }
                statement = false;
            }
            statement |= c == '{' || c == '}';
            start = i + 1;
        }
        return line;
    }

    private static boolean isOpen(String word) {
        return OPEN_NAMES.contains(word) && !SECRET_NAMES.contains(word) || KEYWORDS.contains(word);
    }

    private static boolean isSecret(String word) {
        return SECRET_NAMES.contains(word)
                || !OPEN_NAMES.contains(word) && NearestName.to(word, SECRET_NAMES).isPresent();
    }

    private static Stream<BlockType> blockTypes() {
        return Schema.TOP_LEVEL.stream().flatMap(type -> Stream.concat(Stream.of(type), type.nested().stream()));
    }

    private static Set<String> names(Predicate<Parameter<?>> kind) {
        return blockTypes().flatMap(type -> type.parameters().stream()).filter(kind)
                .flatMap(parameter -> Stream.concat(Stream.of(parameter.name()), parameter.elsewhere().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String printable(String line) {
        StringBuilder clean = new StringBuilder(line.length());
        line.chars().forEach(c -> clean.append(Character.isISOControl(c) ? ' ' : (char) c));
        return clean.toString();
    }
}
