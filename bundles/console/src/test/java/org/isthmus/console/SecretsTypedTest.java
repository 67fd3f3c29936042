package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.isthmus.api.config.Parameter;
import org.junit.jupiter.api.Test;

/** A secret that is typed on a command line stays neither in the log nor in the history. */
class SecretsTypedTest {
    private static final List<String> NAMES = BlockNames.TYPES.stream().flatMap(type -> type.parameters().stream())
            .filter(parameter -> parameter.type().secret()).map(Parameter::name).distinct().toList();

    @Test
    void theLogHasStarsInTheirPlace() {
        assertTrue(NAMES.containsAll(List.of("secret", "user_password")), NAMES.toString());
        for (String name : NAMES) {
            for (String value : List.of("plain", "\"two words\"", "'a \" b'", "a\"b c\"d")) {
                assertEquals("l2tp:x a " + name + "=*** b=c", new SecretFilter().filter("l2tp:x a " + name + "=" + value + " b=c"));
            }
        }
    }

    @Test
    void theHistoryLeavesOutTheWholeLine() throws IOException {
        String script = Files.readString(Path.of("..", "..", "etc", "shell.init.script"));
        String setting = script.lines().filter(line -> line.startsWith("history-ignore = ")).findFirst().orElse("");
        List<String> patterns = List.of(setting.replaceAll("^[^\"]*\"|\"[^\"]*$", "").split(":"));
        NAMES.forEach(name -> assertTrue(
                patterns.stream().anyMatch(pattern -> ("l2tp:x a " + name + "=v").matches(pattern.replace("*", ".*"))),
                name + " is missing in " + patterns));
    }
}
