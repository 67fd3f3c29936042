package org.isthmus.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The tables that go through an RFC name classes, members and tests that there are. */
class DocsNamesTest {
    private static final Path ROOT = Path.of("..", "..");
    /** {@code Class}, {@code package.Class} or {@code Class.member}, between backquotes. */
    private static final Pattern NAME = Pattern.compile("`(?:[a-z]+\\.)*([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.(\\w+))?`");
    /** A test's method, named behind another one of the same class. */
    private static final Pattern MEMBER = Pattern.compile("`([a-z]\\w{14,})`");

    @Test
    void whatTheTablesOfTheRfcsNameIsThere() throws IOException {
        Map<String, String> classes = classes();
        List<String> missing = new ArrayList<>();
        int looked = 0;
        for (String page : List.of("rfc2661.md", "rfc3931.md", "rfc4951.md", "behaviour.md")) {
            for (String line : Files.readAllLines(ROOT.resolve("docs").resolve(page))) {
                looked += look(page, line, classes, missing);
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(looked > 300, "only " + looked + " names were found");
    }

    private static int look(String page, String line, Map<String, String> classes, List<String> missing) {
        int looked = 0;
        String last = "";
        Matcher names = Pattern.compile(NAME + "|" + MEMBER).matcher(line);
        while (names.find()) {
            String member = names.group(1) == null ? names.group(3) : names.group(2);
            last = names.group(1) == null ? last : names.group(1);
            boolean isTests = names.group(1) == null && !last.contains("Test");
            if (isTests) {
                continue; // a parameter or a counter
            }
            looked++;
            String source = classes.get(last);
            if (source == null || member != null && !Pattern.compile("\\b" + member + "\\b").matcher(source).find()) {
                missing.add(page + ": " + names.group());
            }
        }
        return looked;
    }

    /** The sources of all classes by their names, without packages. */
    private static Map<String, String> classes() throws IOException {
        Map<String, String> classes = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                classes.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
        return classes;
    }
}
