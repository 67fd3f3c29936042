package org.isthmus.ppp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The frames of the test resources. */
final class Captures {
    private Captures() {
    }

    /** The frames that one side of a capture sent, in their order, in hexadecimal. */
    static List<String> of(String capture, String sender) {
        String prefix = capture + " " + sender + " ";
        return lines("captured-frames.txt").stream()
                .filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
    }

    /** Everything that was captured. */
    static List<String> all() {
        return lines("captured-frames.txt").stream().map(line -> line.split(" ")[2]).toList();
    }

    /** Packets that made other programs fail. */
    static List<String> malformed() {
        return lines("malformed-frames.txt").stream().map(line -> line.split(" ")[1]).toList();
    }

    private static List<String> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Captures.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
