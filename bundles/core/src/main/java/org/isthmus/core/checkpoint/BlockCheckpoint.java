package org.isthmus.core.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.handover.fields.UnreadableException;

/**
 * A block. A parameter that the reading version does not know, or whose value it does not take, is left out: the file is applied
 * again anyhow.
 *
 * @param keyword of its kind
 * @param name    of the block
 * @param values  as an operator would write them
 * @param secrets those that are not to be read by anybody
 * @param nested  the blocks inside
 * @param where   where it stands
 */
public record BlockCheckpoint(String keyword, String name, Map<String, String> values, Map<String, byte[]> secrets,
        List<BlockCheckpoint> nested, String where) {

    public static BlockCheckpoint of(Block block) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        block.settings().forEachText((parameter, text) -> {
            if (block.settings().findSet(parameter).orElseThrow() instanceof Secret secret) {
                secrets.put(parameter.name(), secret.bytes());
            } else {
                values.put(parameter.name(), text);
            }
        });
        return new BlockCheckpoint(block.type().keyword(), block.name(), values, secrets,
                block.nested().stream().map(BlockCheckpoint::of).toList(), block.where());
    }

    /** The same again, a block of the top level. */
    public Block toBlock() throws UnreadableException {
        return toBlock(Schema.topLevel(keyword));
    }

    /** The same again, a session of a tunnel. */
    public Block toSession() throws UnreadableException {
        return toBlock(Optional.of(Schema.SESSION));
    }

    private Block toBlock(Optional<BlockType> known) throws UnreadableException {
        BlockType type = known.orElseThrow(() -> new UnreadableException("no block is called " + keyword));
        Settings.Builder settings = Settings.builder();
        values.forEach((parameter, text) -> type.parameter(parameter).ifPresent(found -> set(settings, found, text)));
        secrets.forEach((parameter, secret) -> type.parameter(parameter).ifPresent(found -> setSecret(settings, found, secret)));
        List<Block> inside = new ArrayList<>();
        for (BlockCheckpoint inner : nested) {
            inside.add(inner.toBlock(type.nested().stream().filter(kind -> kind.keyword().equals(inner.keyword)).findFirst()));
        }
        return new Block(type, name, settings.build(), inside, where);
    }

    private static <T> void set(Settings.Builder settings, Parameter<T> parameter, String text) {
        try {
            settings.parse(parameter, text);
        } catch (InvalidValueException ofAnotherVersion) {
            // its default holds until the file is applied again
        }
    }

    @SuppressWarnings("unchecked") // only a parameter whose values are secrets is written as one
    private static void setSecret(Settings.Builder settings, Parameter<?> parameter, byte[] secret) {
        if (parameter.type().secret()) {
            settings.set((Parameter<Secret>) parameter, Secret.of(secret));
        }
    }
}
