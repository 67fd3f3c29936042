package org.isthmus.api.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of block of l2tpd.conf: {@code keyword "name" { parameter value … }}. Immutable; compared by identity. */
public final class BlockType {
    private final String keyword;
    private final boolean named;
    private final String description;
    private final List<Parameter<?>> parameters;
    private final Map<String, Parameter<?>> byName = new LinkedHashMap<>();
    private final List<BlockType> nested;

    BlockType(String keyword, boolean named, String description, List<Parameter<?>> parameters,
            List<BlockType> nested) {
        this.keyword = keyword;
        this.named = named;
        this.description = description;
        this.parameters = List.copyOf(parameters);
        this.nested = List.copyOf(nested);
        for (Parameter<?> parameter : parameters) {
            if (byName.put(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException(keyword + " has two parameters " + parameter.name());
            }
        }
    }

    /** The words that open the block, such as {@code tunnel profile}. */
    public String keyword() {
        return keyword;
    }

    /** Whether a quoted name follows. */
    public boolean named() {
        return named;
    }

    /** One or two sentences for the reference manual. */
    public String description() {
        return description;
    }

    /** What may be set inside, in the manual's order. */
    public List<Parameter<?>> parameters() {
        return parameters;
    }

    /** The kinds of block that may stand inside. */
    public List<BlockType> nested() {
        return nested;
    }

    /**
     * Whether this is a kind of profile. A profile takes what it leaves open from the one named {@code default}, which
     * exists even if it is not written; only a peer profile does not.
     */
    public boolean profile() {
        return keyword.endsWith(" profile");
    }

    public Optional<Parameter<?>> parameter(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public String toString() {
        return keyword;
    }
}
