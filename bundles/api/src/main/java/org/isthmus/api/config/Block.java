package org.isthmus.api.config;

import java.util.List;

/**
 * A block as it was written: its kind, name, values and nested blocks.
 *
 * @param type     the kind of block
 * @param name     its name; empty for a kind without names
 * @param settings the values it sets
 * @param nested   the blocks inside, in their order
 * @param where    where it stands, for messages: {@code l2tpd.conf:12}, or who made it
 */
public record Block(BlockType type, String name, Settings settings, List<Block> nested, String where) {
    public Block {
        nested = List.copyOf(nested);
    }

    /** Whether both say the same, wherever they stand. */
    public boolean sameAs(Block other) {
        return type == other.type && name.equals(other.name) && settings.equals(other.settings)
                && sameNested(nested, other.nested);
    }

    private static boolean sameNested(List<Block> mine, List<Block> theirs) {
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).sameAs(theirs.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code tunnel "office"}, for messages. */
    public String title() {
        return type.named() ? type.keyword() + " \"" + name + "\"" : type.keyword();
    }
}
