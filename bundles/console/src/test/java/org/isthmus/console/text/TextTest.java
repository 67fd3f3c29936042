package org.isthmus.console.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.isthmus.api.Cause;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource({"0, 0s", "59, 59s", "60, 1m00s", "192, 3m12s", "3599, 59m59s", "3600, 1h00m", "7500, 2h05m",
        "86399, 23h59m", "86400, 1d00h", "356400, 4d03h", "-5, 0s"})
    void durationsHaveTwoUnits(long seconds, String text) {
        assertEquals(text, Format.duration(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1536, 1.5 KiB", "10240, 10 KiB", "5000000, 4.8 MiB",
        "1073741824, 1.0 GiB", "9223372036854775807, 8.0 EiB"})
    void sizesHaveUnits(long bytes, String text) {
        assertEquals(text, Format.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"1, 1 bit/s", "56000, 56 kbit/s", "1544000, 1544 kbit/s", "1000000000, 1 Gbit/s", "1234, 1234 bit/s"})
    void ratesAreExact(long bitsPerSecond, String text) {
        assertEquals(text, Format.bitRate(bitsPerSecond));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1:1701", "2001:db8::1, [2001:db8::1]:1701", "::, [::]:1701"})
    void endpointsHaveBracketsAroundIpv6(String address, String text) throws UnknownHostException {
        assertEquals(text, Format.endpoint(new InetSocketAddress(InetAddress.getByName(address), 1701)));
    }

    @Test
    void endpointsMayBeNames() {
        assertEquals("lns.example:1701", Format.endpoint(InetSocketAddress.createUnresolved("lns.example", 1701)));
    }

    @ParameterizedTest
    @CsvSource({"ofice, office", "offcie, office", "bra, branch-office", "xyz,", "peeer, peer", "OFFICE,"})
    void theNearestNameIsFewEditsAway(String typed, String nearest) {
        assertEquals(Optional.ofNullable(nearest), Nearest.to(typed, List.of("office", "branch-office", "peer")));
    }

    @Test
    void jsonIsOneDocumentOfPlainCharacters() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("text", "a \"b\" \\ \n \u00e9 \u001b[31m");
        data.put("number", Long.MAX_VALUE);
        data.put("yes", true);
        data.put("none", null);
        data.put("cause", Cause.NONE);
        data.put("state", TunnelState.WAIT_CTL_REPLY);
        data.put("at", Instant.parse("2026-01-01T00:00:00.5Z"));
        data.put("secret", Secret.of("hidden"));
        data.put("empty", List.of());
        data.put("nothing", Map.of());
        data.put("some", List.of(new Cause(true, 1, 2, "x")));
        assertEquals("""
                {
                  "text": "a \\"b\\" \\\\ \\u000a \\u00e9 \\u001b[31m",
                  "number": 9223372036854775807,
                  "yes": true,
                  "none": null,
                  "cause": null,
                  "state": "wait-ctl-reply",
                  "at": "2026-01-01T00:00:00.500Z",
                  "secret": "***",
                  "empty": [],
                  "nothing": {},
                  "some": [
                    {
                      "byPeer": true,
                      "resultCode": 1,
                      "errorCode": 2,
                      "message": "x"
                    }
                  ]
                }
                """, print(out -> Json.print(data, out)));
    }

    @Test
    void tablesAlignNumbersOnTheRight() {
        Table table = new Table("Nothing.", Table.words("NAME"), Table.numbers("N"));
        assertEquals("Nothing.\n", print(out -> table.print(out, true, 0)));
        table.add("a", 5).add("long\tname", 12345);
        String[] lines = print(out -> table.print(out, true, 0)).split("\n");
        assertEquals(4, lines.length);
        assertEquals("a               5", lines[2].replaceAll("[|\u2502]", " "));
        assertEquals("a\t5\nlong name\t12345\n", print(out -> table.print(out, false, 0)));
    }

    @Test
    void sentencesGoOnInTheNextLineOfANarrowTerminal() {
        Table table = new Table("", Table.words("NAME"), Table.prose("WHAT IT IS"));
        table.add("some_name", "One sentence that is longer than the terminal is wide, so that it must be wrapped.");
        for (int width = 40; width < 60; width++) {
            wrapped(table, width);
        }
        assertEquals(3, print(out -> table.print(out, true, 0)).lines().count());
    }

    @Test
    void leavesOutAColumnForWhichThereIsNoRoom() {
        Table table = new Table("", Table.words("NAME"), Table.words("LESS").ifThereIsRoom(), Table.numbers("N"));
        table.add("office", "some words", 5);
        assertTrue(print(out -> table.print(out, true, 23)).contains("some words"));
        String narrow = print(out -> table.print(out, true, 22));
        assertTrue(narrow.contains("office") && narrow.contains("5") && !narrow.contains("LESS"), narrow);
        assertEquals("office\tsome words\t5\n", print(out -> table.print(out, false, 22)));
    }

    private static void wrapped(Table table, int width) {
        String text = print(out -> table.print(out, true, width));
        assertTrue(text.lines().allMatch(line -> line.length() <= width), text);
        assertTrue(text.lines().count() > 3, text);
        assertEquals("One sentence that is longer than the terminal is wide, so that it must be wrapped.",
                text.lines().skip(2).map(line -> line.substring(12).strip()).collect(Collectors.joining(" ")));
    }

    @Test
    void listingsLeaveOutWhatIsEmpty() {
        Listing listing = new Listing().heading("Thing").add("A", 1).add("Long", "x").add("Empty", "")
                .counters("Counters", Map.of("zero", 0L));
        assertEquals("Thing\n  A     1\n  Long  x\n", print(out -> listing.print(out, true, 0)));
        assertEquals("A\t1\nLong\tx\n", print(out -> listing.print(out, false, 0)));
        Listing wide = new Listing().add("Why", "one two three four five six seven eight nine ten");
        assertEquals("  Why  one two three four\n       five six seven eight\n       nine ten\n",
                print(out -> wide.print(out, true, 28)));
    }

    private static String print(Consumer<PrintStream> printer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        printer.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
