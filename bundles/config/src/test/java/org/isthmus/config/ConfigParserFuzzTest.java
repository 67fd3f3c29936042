package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.isthmus.api.config.ApplyReport.Problem;
import org.junit.jupiter.api.Tag;

/** Whatever the bytes of l2tpd.conf are, reading them ends in blocks or in problems, and never throws. */
@Tag("fuzz")
class ConfigParserFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void parse(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        ConfigParser.Result result = ConfigParser.parse("f", text, system -> ConfigParserTest.named(Map.of("a", "b")));
        assertTrue(result.problems().size() <= Problems.MAX_SHOWN + 1);
        for (Problem problem : result.problems()) {
            assertTrue(problem.toString().length() < 2000, problem::toString);
            assertFalse(problem.message().isEmpty());
        }
        if (result.problems().isEmpty()) {
            assertFalse(result.blocks().contains(null));
        }
    }
}
