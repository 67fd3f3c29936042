package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.config.UserSecret;
import org.junit.jupiter.api.Test;

class SecretsParserTest {

    private static SecretsParser.Result parse(String... lines) {
        return SecretsParser.parse("l2tp-secrets", String.join("\n", lines));
    }

    @Test
    void readsWhatPppdReads() {
        SecretsParser.Result result = parse(
                "# client\tserver\tsecret\taddresses",
                "alice * wonder *",
                "\"bob b\"\tlns 'open \"sesame\"' 10.0.0.7 10.1.0.0/24 # a comment",
                "DOMAIN\\\\carol * a#b{c},d",
                "* * hex:00ff",
                "dave * \"hex:00ff\"");
        assertEquals(List.of(), result.problems());
        assertEquals(List.of("alice", "bob b", "DOMAIN\\carol", "*", "dave"),
                result.users().stream().map(UserSecret::user).toList());
        assertEquals(List.of("wonder", "open \"sesame\"", "a#b{c},d"),
                result.users().subList(0, 3).stream().map(user -> user.password().reveal()).toList());
        assertEquals(2, result.users().get(3).password().bytes().length);
        assertEquals("hex:00ff", result.users().get(4).password().reveal());
        assertEquals(List.of("10.0.0.7", "10.1.0.0/24"), result.users().get(1).addresses());
        assertEquals("l2tp-secrets:3", result.users().get(1).where());
    }

    @Test
    void aClientWithAnAtIsASecretForL2tpdConf() {
        SecretsParser.Result result = parse("@office * sesame", "\"@realm\" * x");
        assertEquals("sesame", result.find("office").orElseThrow().reveal());
        assertEquals(List.of("@realm"), result.users().stream().map(UserSecret::user).toList());
        assertTrue(parse("@office lns sesame").problems().get(0).message().contains("@name *"));
    }

    @Test
    void faultsAreNamedByPlaceAndRepeatNothing() {
        for (String line : List.of("hunter2 hunter2", "a * hunter2 hunter2", "a * \"hunter2", "a * \"\" hunter2",
                "a * hunter2\na * hunter2", "a * @/hunter2", "a * hex:hunter2", "a * hun\\qter2hunter2",
                "\"\" * hunter2", "a \"\" hunter2", "hunter2")) {
            SecretsParser.Result result = parse(line);
            assertEquals(1, result.problems().size(), line);
            assertTrue(result.problems().get(0).where().matches("l2tp-secrets:[12]:\\d+"), line);
            assertFalse(result.toString().contains("hunter2"), result.toString());
            assertFalse(result.problems().toString().contains("hunter2"), result.problems().toString());
        }
    }

    @Test
    void allFaultsAreFound() {
        assertEquals(3, parse("a", "b * c d", "e * f", "g h").problems().size());
    }

    @Test
    void nothingIsEmpty() {
        assertTrue(parse("", "# only", "   ").isEmpty());
        assertFalse(parse("a").isEmpty());
    }
}
