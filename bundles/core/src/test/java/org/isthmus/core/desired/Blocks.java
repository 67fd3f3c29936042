package org.isthmus.core.desired;

import java.util.List;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;

/** Blocks for tests, from words: {@code tunnel("a", "peer", "192.0.2.1")}. */
final class Blocks {
    private Blocks() {
    }

    static Block system(String... words) {
        return block(Schema.SYSTEM, "", words);
    }

    static Block peer(String name, String... words) {
        return block(Schema.PEER_PROFILE, name, words);
    }

    static Block tunnelProfile(String name, String... words) {
        return block(Schema.TUNNEL_PROFILE, name, words);
    }

    static Block sessionProfile(String name, String... words) {
        return block(Schema.SESSION_PROFILE, name, words);
    }

    static Block pppProfile(String name, String... words) {
        return block(Schema.PPP_PROFILE, name, words);
    }

    static Block pool(String name, String... words) {
        return block(Schema.IPPOOL, name, words);
    }

    static Block session(String name, String... words) {
        return block(Schema.SESSION, name, words);
    }

    /** A tunnel to 192.0.2.1. */
    static Block tunnel(String name, List<Block> sessions, String... words) {
        Settings peer = settings(Schema.TUNNEL, "peer", "192.0.2.1");
        return new Block(Schema.TUNNEL, name, settings(Schema.TUNNEL, words).over(peer), sessions, "here:" + name);
    }

    static Block tunnel(String name, String... words) {
        return tunnel(name, List.of(), words);
    }

    static Block block(BlockType type, String name, String... words) {
        return new Block(type, name, settings(type, words), List.of(), "here:" + name);
    }

    static Settings settings(BlockType type, String... words) {
        Settings.Builder builder = Settings.builder();
        for (int i = 0; i < words.length; i += 2) {
            set(builder, type.parameter(words[i]).orElseThrow(), words[i + 1]);
        }
        return builder.build();
    }

    private static <T> void set(Settings.Builder builder, Parameter<T> parameter, String text) {
        try {
            builder.parse(parameter, text);
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
