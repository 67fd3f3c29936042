package org.isthmus.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;

/**
 * Reads the text of l2tpd.conf. Finds all faults of a file, not only the first, and never throws on any text. Takes
 * time in proportion to the text. What several values must be together, such as a challenge and a secret, is not its
 * affair: the engine judges that for every source alike.
 */
final class ConfigParser {
    private record Postponed(int index, RawBlock raw, BlockType type) {
    }

    private final Problems problems;
    private final SyntaxReader syntax;
    private final References references = new References();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Postponed> postponed = new ArrayList<>();

    private ConfigParser(String file, CharSequence text) {
        problems = new Problems(file, text, true);
        syntax = new SyntaxReader(text, problems);
    }

    /**
     * What a file says.
     *
     * @param blocks       its blocks; of no use when there are problems
     * @param problems     what is wrong with it
     * @param holdsSecrets whether a secret stands in the file itself
     */
    record Result(List<Block> blocks, List<Problem> problems, boolean holdsSecrets) {
    }

    /**
     * Reads a file.
     *
     * @param file    its name, for messages
     * @param text    its text
     * @param secrets opens the secrets file, given the settings of the {@code system} block; asked once
     */
    static Result parse(String file, CharSequence text, Function<Settings, NamedSecrets> secrets) {
        return new ConfigParser(file, text).parse(secrets);
    }

    private Result parse(Function<Settings, NamedSecrets> secrets) {
        SecretReader literals = new SecretReader(NamedSecrets.NONE);
        BlockReader reader = new BlockReader(problems, references, literals);
        for (Optional<RawBlock> raw = syntax.next(); raw.isPresent(); raw = syntax.next()) {
            read(raw.get(), reader);
        }
        SecretReader named = new SecretReader(secrets.apply(system()));
        BlockReader late = new BlockReader(problems, references, named);
        for (Postponed one : postponed) {
            blocks.set(one.index(), late.read(one.raw(), one.type()));
        }
        references.check(problems);
        return new Result(blocks, problems.list(), literals.foundLiteral() || named.foundLiteral());
    }

    private void read(RawBlock raw, BlockReader reader) {
        Optional<BlockType> known = Schema.topLevel(raw.keyword);
        BlockType type = known.orElseGet(() -> reportUnknown(raw));
        if (known.isPresent() && !reader.duplicate(lines, raw) && raw.name != null) {
            references.define(type, raw.name.text());
        }
        if (type == null) {
            return;
        }
        if (namesSecrets(raw)) {
            postponed.add(new Postponed(blocks.size(), raw, type)); // the secrets file's name may stand further down
            blocks.add(null);
        } else {
            blocks.add(reader.read(raw, type));
        }
    }

    /** The kind of block that was probably meant, so that the faults inside are found too; null if none is near. */
    private BlockType reportUnknown(RawBlock raw) {
        String keyword = raw.keyword;
        if (keyword.isEmpty()) {
            problems.add(raw.place, "expected a kind of block before its name: " + keywords());
            return null;
        }
        if (keyword.equals(Schema.SESSION.keyword())) {
            problems.add(raw.place, "a session stands inside its tunnel: tunnel \"name\" { session \"name\" { … } }");
            return Schema.SESSION;
        }
        for (BlockType type : Schema.TOP_LEVEL) {
            boolean nameWithoutQuotes = type.named() && raw.name == null && keyword.startsWith(type.keyword() + " ")
                    && Schema.topLevel(keyword.substring(0, keyword.lastIndexOf(' '))).orElse(type) == type;
            if (nameWithoutQuotes) {
                String name = keyword.substring(type.keyword().length() + 1);
                problems.add(raw.place, "a name stands in quotes: " + type + " " + Problems.shown(name) + " {");
                return null;
            }
        }
        Optional<BlockType> near = NearestName.to(keyword, Schema.TOP_LEVEL.stream().map(BlockType::keyword).toList())
                .flatMap(Schema::topLevel);
        problems.add(raw.place, "there is no kind of block " + Problems.shown(keyword) + ": "
                + near.map(type -> "did you mean " + type + "?").orElse("expected " + keywords()));
        return near.orElse(null);
    }

    private Settings system() {
        for (Block block : blocks) {
            if (block != null && block.type() == Schema.SYSTEM) {
                return block.settings();
            }
        }
        return Settings.EMPTY;
    }

    private static boolean namesSecrets(RawBlock raw) {
        return raw.parameters.stream().anyMatch(line -> line.values().stream().anyMatch(SecretReader::isReference))
                || raw.nested.stream().anyMatch(ConfigParser::namesSecrets);
    }

    private static String keywords() {
        List<String> words = new ArrayList<>();
        Schema.TOP_LEVEL.forEach(type -> words.add(type.keyword()));
        return String.join(", ", words);
    }
}
