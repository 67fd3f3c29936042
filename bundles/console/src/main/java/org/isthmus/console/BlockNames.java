package org.isthmus.console;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Schema;

/** The kinds of block as one word each, and the names that blocks have. */
public final class BlockNames {
    /** Those of the file's top and those that stand inside others. */
    public static final List<BlockType> TYPES = List.of(Schema.SYSTEM, Schema.PEER_PROFILE, Schema.TUNNEL_PROFILE,
            Schema.SESSION_PROFILE, Schema.PPP_PROFILE, Schema.IPPOOL, Schema.SWITCH, Schema.SWITCH_LNS,
            Schema.TUNNEL, Schema.SESSION);

    private BlockNames() {
    }

    /** {@code tunnel-profile}: without a space, it needs no quotes on a command line. */
    public static String word(BlockType type) {
        return type.keyword().replace(' ', '-');
    }

    /** The kind that a user means; with space or hyphen. */
    public static Optional<BlockType> find(String word) {
        return TYPES.stream().filter(type -> word(type).equals(word.replace(' ', '-'))).findFirst();
    }

    /** Whether blocks of this kind take what they leave open from the one named default, which is always there. */
    static boolean inherits(BlockType type) {
        return type.profile() && type != Schema.PEER_PROFILE;
    }

    /** The names of all blocks of a kind, in order. Profiles named default exist whether written or not, but for peers. */
    public static List<String> of(String keyword, List<Block> blocks) {
        TreeSet<String> names = new TreeSet<>();
        if (Schema.topLevel(keyword).filter(BlockNames::inherits).isPresent()) {
            names.add("default");
        }
        for (Block block : blocks) {
            if (block.type().keyword().equals(keyword)) {
                names.add(block.name());
            }
        }
        return List.copyOf(names);
    }
}
