package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

/** A file ten times as long is read with ten times the work, shown by counting how often its characters are looked at. */
class LinearTimeTest {
    private static final double MOST_LOOKS = 8;

    /** A text that counts. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            looks += end - start;
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            looks += text.length();
            return text;
        }
    }

    private static double looksPerCharacter(String text) {
        Counted counted = new Counted(text);
        ConfigParser.parse("f", counted, system -> NamedSecrets.NONE);
        return counted.looks / (double) text.length();
    }

    private static String tunnels(int count) {
        StringBuilder text = new StringBuilder("session profile \"s\" { }\n");
        for (int i = 0; i < count; i++) {
            text.append("tunnel \"t").append(i).append("\" {\n    peer 10.").append(i >> 16 & 255).append('.')
                    .append(i >> 8 & 255).append('.').append(i & 255).append(":1701 # comment\n    persist true\n")
                    .append("    session \"s\" {\n        profile \"s\"\n    }\n}\n");
        }
        return text.toString();
    }

    @Test
    void goodFiles() {
        assertEquals(List.of(), ConfigParser.parse("f", tunnels(10_000), system -> NamedSecrets.NONE).problems());
        assertTrue(looksPerCharacter(tunnels(1_000)) <= MOST_LOOKS);
        assertTrue(looksPerCharacter(tunnels(10_000)) <= MOST_LOOKS);
    }

    @Test
    void badFiles() {
        for (String piece : List.of("nonsense 1\n", "{", "}", "\"", "\\", "a {", "tunnel \"x\" {\n", "a ", ",", "\n", "#",
                "tunnel \"x\" { peer 1.1.1.1 }\n", "peer profile \"a\" { tunnel_profile \"b\" }\n", "'a'b", "\u0000")) {
            String text = piece.repeat(200_000 / piece.length());
            assertTrue(looksPerCharacter(text) <= MOST_LOOKS, piece);
        }
    }
}
