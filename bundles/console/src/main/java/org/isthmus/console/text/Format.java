package org.isthmus.console.text;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.isthmus.api.config.ValueTypes;

/** How times, sizes, addresses and identifiers are written for people. */
public final class Format {
    private static final String[] BIT_UNITS = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"};
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Format() {
    }

    /** The two largest units: {@code 12s}, {@code 3m12s}, {@code 2h05m}, {@code 4d03h}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
        }
        return String.format(Locale.ROOT, "%dd%02dh", seconds / 86_400, seconds % 86_400 / 3600);
    }

    /** A point in time, to the second: {@code 2026-01-01T00:00:00Z}. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** How long ago something began, or a hyphen. */
    public static String since(Optional<Instant> then, Instant now) {
        return then.map(begin -> duration(Duration.between(begin, now))).orElse("-");
    }

    /** {@code 999 B}, {@code 1.5 KiB}, {@code 20 MiB}. */
    public static String bytes(long bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String digits = unit == 0 || value >= 9.95 ? String.valueOf(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
        return digits + " " + BYTE_UNITS[unit];
    }

    /** Exact, in the largest unit that needs no fraction: {@code 1 Gbit/s}, {@code 1544 kbit/s}. */
    public static String bitRate(long bitsPerSecond) {
        int unit = 0;
        long value = bitsPerSecond;
        while (value >= 1000 && value % 1000 == 0 && unit < BIT_UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return value + " " + BIT_UNITS[unit];
    }

    /** {@code 1 session}, {@code 2 sessions}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** An identifier, or a hyphen while there is none. */
    public static String id(int id) {
        return id == 0 ? "-" : Integer.toUnsignedString(id);
    }

    /** The text, or a hyphen in place of an empty one. */
    public static String orHyphen(String text) {
        return text.isEmpty() ? "-" : text;
    }

    public static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }

    /** An address; IPv6 in its short form (RFC 5952). */
    public static String address(InetAddress address) {
        return ValueTypes.ADDRESS.format(address);
    }

    public static String address(Optional<InetAddress> address) {
        return address.map(Format::address).orElse("");
    }

    public static String addresses(Collection<InetAddress> addresses) {
        return addresses.stream().map(Format::address).collect(Collectors.joining(", "));
    }

    /** {@code 192.0.2.1:1701}, {@code [2001:db8::1]:1701}. */
    public static String endpoint(InetSocketAddress endpoint) {
        if (endpoint.getPort() == 0) { // IP protocol 115 has no ports
            return endpoint.getAddress() == null ? endpoint.getHostString() : address(endpoint.getAddress());
        }
        if (endpoint.getAddress() == null) {
            return endpoint.getHostString() + ":" + endpoint.getPort();
        }
        String host = address(endpoint.getAddress());
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + endpoint.getPort();
    }

    /** Lines of at most so many characters, broken between words; a longer word has a line of its own. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Text from a peer or a user, safe on a terminal: control and direction characters become spaces. */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
    }

    /** The same for text of several lines. */
    public static String lines(String text) {
        return String.valueOf(text).lines().map(Format::oneLine).collect(Collectors.joining("\n"));
    }
}
