package org.isthmus.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Settings;

/** Settings as JSON has them: parameters by name, numbers as numbers, lists as lists, secrets as {@code ***}. */
final class BlockData {
    private BlockData() {
    }

    static Map<String, Object> of(Block block) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", block.type().keyword());
        data.put("name", block.name());
        data.put("where", block.where());
        data.put("settings", of(block.settings()));
        if (!block.type().nested().isEmpty()) {
            data.put("nested", block.nested().stream().map(BlockData::of).toList());
        }
        return data;
    }

    static Map<String, Object> of(Settings settings) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (Parameter<?> parameter : settings.parameters()) {
            data.put(parameter.name(), value(parameter, settings));
        }
        return data;
    }

    static <T> Object value(Parameter<T> parameter, Settings settings) {
        return settings.find(parameter).map(value -> value(parameter, value)).orElse(null);
    }

    private static <T> Object value(Parameter<T> parameter, T value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        String text = parameter.type().format(value);
        if (value instanceof Duration) {
            return Long.valueOf(text); // in the parameter's own unit
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? List.of() : new ArrayList<>(List.of(text.split(",")));
        }
        return text;
    }
}
