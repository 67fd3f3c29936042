package org.isthmus.core.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.UserSecret;

/**
 * A configuration as a test writes it: the blocks of l2tpd.conf, one parameter on a line, and lines
 * {@code user NAME PASSWORD [ADDRESS]}.
 */
public final class Conf {
    private final List<Block> blocks = new ArrayList<>();
    private final List<UserSecret> users = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    private record Open(BlockType type, String name, Settings.Builder settings, List<Block> nested) {
    }

    private Conf() {
    }

    public static DesiredState file(String text) {
        return state("l2tpd.conf", text);
    }

    static DesiredState state(String source, String text) {
        Conf conf = new Conf();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(conf::line);
        return new DesiredState(source, conf.blocks, conf.users);
    }

    /** The settings inside one block, for the console's commands. */
    public static Settings settings(BlockType type, String lines) {
        Settings.Builder settings = Settings.builder();
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> set(type, settings, line));
        return settings.build();
    }

    private void line(String line) {
        if (line.endsWith("{")) {
            begin(line.substring(0, line.length() - 1).strip());
        } else if (line.equals("}")) {
            Open done = open.pop();
            Block block = new Block(done.type(), done.name(), done.settings().build(), done.nested(), "test");
            (open.isEmpty() ? blocks : open.peek().nested()).add(block);
        } else if (open.isEmpty()) {
            List<String> words = words(line);
            users.add(new UserSecret(words.get(1), "*", Secret.of(words.get(2)), words.subList(3, words.size()), "users"));
        } else {
            set(open.peek().type(), open.peek().settings(), line);
        }
    }

    private void begin(String head) {
        int quote = head.indexOf('"');
        String keyword = (quote < 0 ? head : head.substring(0, quote)).strip();
        String name = quote < 0 ? "" : head.substring(quote + 1, head.length() - 1);
        BlockType type = open.isEmpty() ? Schema.topLevel(keyword).orElseThrow()
                : open.peek().type().nested().stream().filter(inner -> inner.keyword().equals(keyword)).findFirst()
                        .orElseThrow();
        open.push(new Open(type, name, Settings.builder(), new ArrayList<>()));
    }

    private static void set(BlockType type, Settings.Builder settings, String line) {
        List<String> words = words(line);
        Parameter<?> parameter = type.parameter(words.get(0))
                .orElseThrow(() -> new IllegalArgumentException(type + " has no " + words.get(0)));
        try {
            settings.parseAll(parameter, words.subList(1, words.size()));
        } catch (InvalidValueException wrong) {
            throw new IllegalArgumentException(line, wrong);
        }
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.split("\\s+"));
    }
}
