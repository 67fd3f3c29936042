package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.SystemParameters;

class ParserPropertyTest {

    /** Texts made of the pieces that mean something, so that most are nearly right. */
    @Provide
    Arbitrary<String> files() {
        List<String> pieces = new ArrayList<>(List.of("{", "}", "{\n", "}\n", "\n", " ", "\"", "'", "\\", "#", ",", "\"a\"",
                "1", "true", "10.0.0.1", "10.0.0.0/24", "default", "@a", "hex:00", "\u0000", "\uFFFD", "ä", "=", "\r\n"));
        for (BlockType type : Schema.TOP_LEVEL) {
            pieces.add(type.keyword() + " \"a\" {\n");
            type.parameters().stream().map(Parameter::name).forEach(pieces::add);
        }
        return Arbitraries.of(pieces).list().ofMaxSize(60).map(list -> String.join(" ", list));
    }

    @Property
    void nearlyRightFilesNeverThrow(@ForAll("files") String text) {
        ConfigParser.Result result = ConfigParser.parse("f", text, system -> ConfigParserTest.named(Map.of("a", "b")));
        result.problems().forEach(problem -> assertTrue(problem.where().matches("f(:\\d+(:\\d+)?)?"), problem.where()));
        SecretsParser.parse("f", text);
    }

    @Property
    void anyTextInQuotesIsReadBack(@ForAll String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        boolean plain = text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
        ConfigParser.Result result = ConfigParser.parse("f", "system { host_name \"" + quoted + "\" }",
                system -> NamedSecrets.NONE);
        if (plain && !text.isEmpty() && text.length() < 60) {
            assertEquals(List.of(), result.problems());
            assertEquals(text, result.blocks().get(0).settings().get(SystemParameters.HOST_NAME));
        }
    }

    @Property
    void theDistanceOfNamesIsAMetric(@ForAll String a, @ForAll String b) {
        int distance = NearestName.distance(a, b);
        assertEquals(distance, NearestName.distance(b, a));
        assertEquals(a.equals(b), distance == 0);
        assertTrue(distance <= Math.max(a.length(), b.length()));
        assertFalse(distance < Math.abs(a.length() - b.length()));
    }
}
