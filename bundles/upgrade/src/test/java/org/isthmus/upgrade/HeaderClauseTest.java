package org.isthmus.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderClauseTest {

    @Test
    void clausesHaveNamesAttributesAndDirectives() {
        List<HeaderClause> clauses = HeaderClause.parse("a.b;c.d; version=\"[1,2)\";resolution:=optional, e.f;x:List<String>=\"1,2\"");
        assertEquals(List.of("a.b", "c.d"), clauses.get(0).names());
        assertEquals(Map.of("version", "[1,2)"), clauses.get(0).attributes());
        assertTrue(clauses.get(0).isOptional());
        assertEquals(List.of("e.f"), clauses.get(1).names());
        assertEquals(Map.of("x", "1,2"), clauses.get(1).attributes());
        assertEquals(2, clauses.size());
    }

    @Test
    void separatorsInQuotesSeparateNothing() {
        List<HeaderClause> clauses = HeaderClause.parse("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(x=a,b;c))\";y=\"say \\\"no\\\", then\"");
        assertEquals(1, clauses.size());
        assertEquals("(&(osgi.ee=JavaSE)(x=a,b;c))", clauses.get(0).directives().get("filter"));
        assertEquals("say \"no\", then", clauses.get(0).attributes().get("y"));
    }

    @Test
    void aHeaderThatIsNotThereHasNoClauses() {
        assertEquals(List.of(), HeaderClause.parse(null));
        assertEquals(List.of(), HeaderClause.parse(" ,; , "));
    }
}
