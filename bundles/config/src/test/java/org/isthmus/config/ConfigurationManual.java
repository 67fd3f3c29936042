package org.isthmus.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Schema;

/** Writes docs/configuration.md: a text about the file, and a table for every kind of block of the schema. */
final class ConfigurationManual {
    private static final String HEAD = "configuration-head.md";

    private final StringBuilder text = new StringBuilder();

    private ConfigurationManual() {
    }

    static String write() throws IOException {
        ConfigurationManual manual = new ConfigurationManual();
        try (InputStream head = ConfigurationManual.class.getResourceAsStream(HEAD)) {
            manual.text.append(new String(head.readAllBytes(), StandardCharsets.UTF_8));
        }
        manual.contents();
        Schema.TOP_LEVEL.forEach(type -> manual.block(type, "##"));
        return manual.text.toString();
    }

    private void contents() {
        text.append("\n## The blocks\n\n| block | what it is |\n| --- | --- |\n");
        for (BlockType type : Schema.TOP_LEVEL) {
            contents(type);
            type.nested().forEach(this::contents);
        }
    }

    private void contents(BlockType type) {
        text.append("| [`").append(head(type)).append("`](#").append(type.keyword().toLowerCase(Locale.ROOT)
                .replace(' ', '-')).append(") | ").append(cell(type.description())).append(" |\n");
    }

    private void block(BlockType type, String level) {
        text.append('\n').append(level).append(' ').append(type.keyword()).append("\n\n").append(type.description())
                .append("\n\n| parameter | value | default | a change | what it is |\n| --- | --- | --- | --- | --- |\n");
        type.parameters().forEach(this::parameter);
        type.nested().forEach(inner -> block(inner, level + "#"));
    }

    private <T> void parameter(Parameter<T> parameter) {
        String standard = parameter.defaultValue()
                .map(value -> "`" + parameter.type().format(value) + "`").orElse(parameter.required() ? "**required**" : "");
        text.append("| `").append(parameter.name()).append("` | ").append(cell(parameter.type().expected()))
                .append(" | ").append(standard).append(" | ").append(parameter.live() ? "at once" : "")
                .append(" | ").append(cell(parameter.description())).append(" |\n");
    }

    private static String head(BlockType type) {
        return type.named() ? type.keyword() + " \"name\" {" : type.keyword() + " {";
    }

    private static String cell(String words) {
        return words.replace("|", "\\|");
    }
}
