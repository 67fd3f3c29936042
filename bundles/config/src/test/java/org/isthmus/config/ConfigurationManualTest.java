package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.isthmus.api.config.ApplyReport.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators are given to read and to edit agrees with what the parser takes. */
class ConfigurationManualTest {
    private static final Path ROOT = Path.of("../..");
    private static final String REGENERATE = "mvn test -pl bundles/config -am -Dtest=ConfigurationManualTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dmanual.write=true";

    @Test
    void theManualIsWhatTheSchemaSays() throws IOException {
        Path manual = ROOT.resolve("docs/configuration.md");
        String written = ConfigurationManual.write();
        if (Boolean.getBoolean("manual.write")) {
            Files.writeString(manual, written);
        }
        assertEquals(written, Files.exists(manual) ? Files.readString(manual) : "",
                "docs/configuration.md is not what the schema says; write it anew with: " + REGENERATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/l2tpd.conf", "etc/examples/lns.conf", "etc/examples/lac.conf"})
    void theFilesThatWeShipAreGood(String name) throws IOException {
        String text = Files.readString(ROOT.resolve(name));
        assertEquals(List.of(), problems(name, text));
        assertEquals(List.of(), problems(name + ", all examples uncommented", uncommented(text)));
    }

    @Test
    void theSecretsFileThatWeShipHoldsNone() throws IOException {
        String text = Files.readString(ROOT.resolve("etc/l2tp-secrets"));
        assertTrue(SecretsParser.parse("etc/l2tp-secrets", text).isEmpty());
        SecretsParser.Result examples = SecretsParser.parse("etc/l2tp-secrets", uncommented(text));
        assertEquals(List.of(), examples.problems());
        assertEquals(List.of("branch", "office"), List.copyOf(examples.names()));
    }

    private static List<Problem> problems(String name, String text) throws IOException {
        String secrets = uncommented(Files.readString(ROOT.resolve("etc/l2tp-secrets"))) + "@lacs * example";
        return ConfigParser.parse(name, text, system -> SecretsParser.parse("examples", secrets)).problems();
    }

    /** In the files that we ship, an example begins with {@code #word}; if it is a block, it ends with {@code #}}. */
    private static String uncommented(String text) {
        StringBuilder result = new StringBuilder();
        boolean inside = false;
        for (String line : text.split("\n")) {
            boolean example = inside || line.matches("#[a-z@].*");
            result.append(example ? line.substring(1) : line).append('\n');
            inside = example && (inside || line.matches(".*\\{(\\s+#.*)?")) && !line.equals("#}");
        }
        return result.toString();
    }
}
