package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.isthmus.api.config.ApplyReport.Problem;
import org.junit.jupiter.api.Tag;

/** Whatever the bytes of the files are, reading them ends in blocks or in problems, and never throws. */
@Tag("fuzz")
class ParserFuzzTest {

    @FuzzTest
    void config(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        ConfigParser.Result result = ConfigParser.parse("f", text, system -> ConfigParserTest.named(Map.of("a", "b")));
        assertTrue(result.problems().size() <= Problems.MAX_SHOWN + 1);
        for (Problem problem : result.problems()) {
            assertTrue(problem.toString().length() < 20_000);
        }
    }

    @FuzzTest
    void secrets(byte[] data) {
        SecretsParser.Result result = SecretsParser.parse("f", new String(data, StandardCharsets.UTF_8));
        assertTrue(result.problems().size() <= Problems.MAX_SHOWN + 1);
    }
}
