package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.isthmus.api.config.ApplyReport.Problem;
import org.junit.jupiter.api.Tag;

/** Whatever the bytes of the secrets file are, reading them ends in users or in problems, and never throws. */
@Tag("fuzz")
class SecretsParserFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void parse(byte[] data) {
        SecretsParser.Result result = SecretsParser.parse("f", new String(data, StandardCharsets.UTF_8));
        assertTrue(result.problems().size() <= Problems.MAX_SHOWN + 1);
        for (Problem problem : result.problems()) {
            assertTrue(problem.excerpt().isEmpty(), "a line of the secrets file is shown");
        }
    }
}
