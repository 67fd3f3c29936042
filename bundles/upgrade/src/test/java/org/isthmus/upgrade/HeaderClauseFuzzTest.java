package org.isthmus.upgrade;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** Whatever stands in a manifest that an operator hands in, reading it ends in clauses, each with a name. */
@Tag("fuzz")
class HeaderClauseFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void parse(byte[] data) {
        for (HeaderClause clause : HeaderClause.parse(new String(data, StandardCharsets.UTF_8))) {
            assertFalse(clause.names().isEmpty());
            assertFalse(clause.names().contains(""));
        }
    }
}
