package org.isthmus.api.config;

import java.util.List;
import java.util.Optional;

/**
 * A kind of block of l2tpd.conf: {@code keyword "name" { parameter value … }}.
 *
 * @param keyword     the words that open the block, such as {@code tunnel profile}
 * @param named       whether a quoted name follows
 * @param description one or two sentences for the reference manual
 * @param parameters  what may be set inside, in the manual's order
 * @param nested      the kinds of block that may stand inside
 */
public record BlockType(String keyword, boolean named, String description, List<Parameter<?>> parameters,
        List<BlockType> nested) {
    public BlockType {
        parameters = List.copyOf(parameters);
        nested = List.copyOf(nested);
    }

    public Optional<Parameter<?>> parameter(String name) {
        for (Parameter<?> parameter : parameters) {
            if (parameter.name().equals(name)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return keyword;
    }
}
