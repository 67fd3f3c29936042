package org.isthmus.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.ValueTypes;

/** Makes of a block as written a block as the schema knows it, and reports what does not fit the schema. */
final class BlockReader {
    private final Problems problems;
    private final References references;
    private final SecretReader secrets;

    BlockReader(Problems problems, References references, SecretReader secrets) {
        this.problems = problems;
        this.references = references;
        this.secrets = secrets;
    }

    Block read(RawBlock raw, BlockType type) {
        checkName(raw, type);
        Settings settings = new ParameterReader(raw, type, problems, references, secrets).read();
        return new Block(type, raw.name == null ? "" : raw.name.text(), settings, nested(raw, type),
                problems.file() + ":" + raw.place.line());
    }

    private void checkName(RawBlock raw, BlockType type) {
        if (!type.named()) {
            if (raw.name != null) {
                problems.add(raw.name, "the block " + type + " has no name: expected {");
            }
        } else if (raw.name == null) {
            problems.add(raw.place, "the block " + type + " needs a name in quotes: " + type + " \"name\" {");
        } else if (!raw.name.broken()) {
            try {
                ValueTypes.TEXT.parse(raw.name.text());
                boolean path = type == Schema.TUNNEL || type == Schema.SESSION || type == Schema.SWITCH
                        || type == Schema.SWITCH_LNS;
                if (path && raw.name.text().indexOf('/') >= 0) {
                    problems.add(raw.name, "a name without / was expected: commands write tunnel/session");
                }
            } catch (InvalidValueException refused) {
                problems.add(raw.name, "as a name, " + refused.getMessage());
            }
        }
    }

    private List<Block> nested(RawBlock raw, BlockType type) {
        List<Block> blocks = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        boolean strangerSeen = false;
        for (RawBlock inner : raw.nested) {
            Optional<BlockType> fitting = find(type.nested(), inner.keyword);
            if (fitting.isPresent()) {
                duplicate(lines, inner);
                blocks.add(read(inner, fitting.get()));
            } else if (!strangerSeen) {
                strangerSeen = true; // those that follow have the same cause: a brace that is missing
                reportStranger(inner, raw, type);
            }
        }
        return blocks;
    }

    private void reportStranger(RawBlock inner, RawBlock raw, BlockType type) {
        if (find(Schema.TOP_LEVEL, inner.keyword).isPresent()) {
            problems.add(inner.place, "a " + inner.keyword + " cannot stand inside " + raw.title() + " of line "
                    + raw.place.line() + ": is a } missing before this line?");
        } else {
            String expected = type.nested().isEmpty() ? "no blocks stand inside a " + type
                    : "inside a " + type + " stands only " + type.nested().get(0) + " \"name\" {";
            problems.add(inner.place, "unknown kind of block " + Problems.shown(inner.keyword) + ": " + expected);
        }
    }

    /** Whether such a block was there already, which is reported. */
    boolean duplicate(Map<String, Integer> lines, RawBlock raw) {
        String key = raw.name == null ? raw.keyword : raw.keyword + '"' + raw.name.text();
        Integer first = lines.putIfAbsent(key, raw.place.line());
        if (first != null) {
            problems.add(raw.place, "a second " + raw.title() + ": the first stands in line " + first);
        }
        return first != null;
    }

    static Optional<BlockType> find(List<BlockType> types, String keyword) {
        for (BlockType type : types) {
            if (type.keyword().equals(keyword)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
