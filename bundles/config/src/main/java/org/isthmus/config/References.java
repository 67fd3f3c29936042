package org.isthmus.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Schema;

/** Which blocks there are, and which are spoken of: whatever is spoken of must be there, before or after. */
final class References {
    private record Reference(String keyword, Word name) {
    }

    private final Map<String, Set<String>> defined = new HashMap<>();
    private final List<Reference> open = new ArrayList<>();

    References() {
        for (BlockType type : Schema.TOP_LEVEL) {
            Set<String> names = new LinkedHashSet<>();
            if (type.profile()) {
                names.add("default");
            }
            defined.put(type.keyword(), names);
        }
    }

    void define(BlockType type, String name) {
        defined.getOrDefault(type.keyword(), new HashSet<>()).add(name);
    }

    void use(String keyword, Word name) {
        if (!exists(keyword, name.text())) {
            open.add(new Reference(keyword, name));
        }
    }

    /** Reports what is spoken of and is not there. */
    void check(Problems problems) {
        for (Reference reference : open) {
            String name = reference.name().text();
            if (!exists(reference.keyword(), name)) {
                problems.add(reference.name(), problems.full() ? "" : "there is no " + reference.keyword() + " "
                        + Problems.shown(name) + nearest(name, defined.get(reference.keyword())));
            }
        }
    }

    private boolean exists(String keyword, String name) {
        return defined.getOrDefault(keyword, Set.of()).contains(name);
    }

    private static String nearest(String name, Set<String> names) {
        return NearestName.to(name, names).map(near -> ": did you mean " + Problems.shown(near) + "?").orElse("");
    }
}
