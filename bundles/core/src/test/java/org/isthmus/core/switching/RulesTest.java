package org.isthmus.core.switching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which switch takes a call. */
class RulesTest {

    private static Block block(String name, String... words) {
        Settings.Builder settings = Settings.builder();
        try {
            for (int i = 0; i < words.length; i += 2) {
                settings.parse(Schema.SWITCH.parameter(words[i]).orElseThrow(), words[i + 1]);
            }
        } catch (InvalidValueException wrong) {
            throw new AssertionError(wrong);
        }
        return new Block(Schema.SWITCH, name, settings.build(), List.of(), "test");
    }

    private static final Rules RULES = new Rules(List.of(
            block("vip", "user", "carol@b.example, boss*", "calling_number", "+49*"),
            block("b", "realm", "b.example,B.Example.Net"),
            block("number", "called_number", "0800, 0191*"),
            block("both", "realm", "c.example", "called_number", "42")));

    private static String routed(String user, String calling, String called) {
        Rules.Route route = RULES.route(new CallFacts(user, calling, called));
        return route.askUser() ? "ask" : route.rule().map(Rule::name).orElse("here");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "alice@b.example,     '',      '',    b",
        "alice@B.EXAMPLE.net, '',      '',    b",
        "b.example\\alice,    '',      '',    b",
        "b.example/alice,     '',      '',    b",
        "a@x@b.example,       '',      '',    b",
        "alice@a.example,     '',      '',    here",
        "alice,               '',      0800,  number",
        "alice,               '',      08001, here",
        "alice,               '',      01915, number",
        "alice@b.example,     '',      0800,  b",
        "carol@b.example,     +4930,   '',    vip",
        "carol@b.example,     +4330,   '',    b",
        "bosses,              +4930,   '',    vip",
        "alice@c.example,     '',      42,    both",
        "alice@c.example,     '',      43,    here",
        "'',                  '',      0800,  ask",
        "'',                  '',      '',    ask"})
    void theFirstThatFitsTakesTheCall(String user, String calling, String called, String expected) {
        assertEquals(expected, routed(user, calling, called));
    }

    @Test
    void nobodyIsAskedWhereTheNumberDecides() {
        Rules rules = new Rules(List.of(block("number", "called_number", "0800"), block("realm", "realm", "b.example")));
        assertEquals("number", rules.route(new CallFacts("", "", "0800")).rule().orElseThrow().name());
        assertTrue(rules.route(new CallFacts("", "", "1")).askUser());
        assertFalse(new Rules(List.of(block("number", "called_number", "0800"))).route(new CallFacts("", "", "1")).askUser());
        assertTrue(new Rules(List.of(block("all"))).route(new CallFacts("", "", "")).rule().isPresent());
        assertEquals(List.of(), new ArrayList<>(Rules.NONE.all()));
    }

    @Test
    void aCallPassesOnlySoOften() {
        Passes passes = new Passes();
        for (int i = 0; i < Passes.MOST; i++) {
            assertTrue(passes.enter("a", Passes.MOST));
        }
        assertFalse(passes.enter("a", Passes.MOST));
        assertTrue(passes.enter("b", Passes.MOST));
        passes.leave("a");
        assertTrue(passes.enter("a", Passes.MOST));
        for (int i = 0; i < Passes.MOST; i++) {
            passes.leave("a");
        }
        passes.leave("b");
        assertEquals(0, passes.size());
    }
}
