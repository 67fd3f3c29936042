package org.isthmus.api.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types of value that a parameter can have. */
public final class ValueTypes {
    private static final String HEX = "hex:";
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");
    private static final Pattern PLUGIN = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern MAC_ADDRESS = Pattern.compile("\\p{XDigit}{2}([:-]\\p{XDigit}{2}){5}");

    /** {@code true} or {@code false}; also yes, no, on, off. */
    public static final ValueType<Boolean> BOOLEAN = new SimpleType<>("true or false", ValueTypes::parseBoolean,
            String::valueOf) {
        @Override
        public List<String> choices() {
            return List.of("true", "false");
        }
    };

    /** A text of 1 to 255 bytes in UTF-8 without control characters: it travels in AVPs and PPP packets. */
    public static final ValueType<String> TEXT = new Text("a text of 1 to 255 bytes", ValueTypes::parseText);

    /** What names the line of a subscriber (RFC 5515 sections 5.1 and 5.2): the same, of 2 to 63 bytes. */
    public static final ValueType<String> LINE_NAME = new Text("a text of 2 to 63 bytes", text -> parseText(text, 2, 63));

    /** The name of a network interface. */
    public static final ValueType<String> INTERFACE_NAME = new Text(
            "the name of an interface: 1 to 15 letters, digits, hyphens, dots and underscores",
            text -> INTERFACE.matcher(text).matches() ? text : null);

    /** What stands for the identifier in an {@link #INTERFACE_PATTERN}, and the most digits that it becomes. */
    public static final String IDENTIFIER_PLACE = "%i";
    private static final String LONGEST_IDENTIFIER = "3ffffffff";

    /** The names of many network interfaces. */
    public static final ValueType<String> INTERFACE_PATTERN = new Text(
            "the name of an interface: 1 to 15 letters, digits, hyphens, dots and underscores; with %i, which becomes 8 or 9"
            + " hexadecimal digits of which each session has others, 1 to 6 besides it",
            text -> INTERFACE.matcher(text.replaceFirst(IDENTIFIER_PLACE, LONGEST_IDENTIFIER)).matches() ? text : null);

    /** The hardware address of a network interface of our own, 48 bits. */
    public static final ValueType<Long> MAC = new SimpleType<>(
            "a hardware address such as 02:00:00:00:00:01, whose first octet is even", ValueTypes::parseMac,
            ValueTypes::formatMac);

    /**
     * A text that nobody is shown. As {@code hex:} and an even number of hexadecimal digits it need not be text.
     */
    public static final ValueType<Secret> SECRET = new SimpleType<>(
            "a secret of 1 to 255 bytes, as a text or as hex: and pairs of hexadecimal digits",
            ValueTypes::parseSecret, secret -> "***") {
        @Override
        public boolean quoted() {
            return true;
        }

        @Override
        public boolean secret() {
            return true;
        }
    };

    /** An IPv4 or IPv6 address; never a name. */
    public static final ValueType<InetAddress> ADDRESS = new SimpleType<>("an IPv4 or IPv6 address",
            Addresses::parse, Addresses::format);

    /** An IPv4 address; never a name. */
    public static final ValueType<InetAddress> IPV4_ADDRESS = new SimpleType<>("an IPv4 address",
            text -> Addresses.parse(text) instanceof Inet4Address address ? address : null, Addresses::format);

    /** An address and the length of its prefix; an address alone is a prefix of one address. */
    public static final ValueType<Prefix> PREFIX = new SimpleType<>("an address block such as 10.0.0.0/8",
            Prefix::parse, Prefix::toString);

    /** A host, by address or name, and maybe a port: {@code lns.example.net}, {@code 192.0.2.1:1701}, {@code [::1]:1701}. */
    public static final ValueType<Endpoint> ENDPOINT = new SimpleType<>(
            "a host or address, with a port if needed: 192.0.2.1:1701 or [2001:db8::1]:1701",
            Endpoint::parse, Endpoint::toString);

    /** A tunnel or session identifier, 1 to 4294967295, unsigned in an int. Version 2 of L2TP has those up to 65535. */
    public static final ValueType<Integer> IDENTIFIER = new SimpleType<>("a number from 1 to 4294967295",
            ValueTypes::parseIdentifier, Integer::toUnsignedString);

    /** A cookie of L2TPv3, 4 or 8 bytes. Whoever knows it can insert packets, so it is not shown. */
    public static final ValueType<Secret> COOKIE = new SimpleType<>(
            "a cookie of 8 or 16 hexadecimal digits", ValueTypes::parseCookie, cookie -> "***") {
        @Override
        public boolean secret() {
            return true;
        }
    };

    /** The name of a data plane, or {@code auto}. */
    public static final ValueType<String> DATAPLANE = new SimpleType<>("auto, user, kernel or the name of another data plane",
            text -> PLUGIN.matcher(text).matches() ? text : null, text -> text) {
        @Override
        public List<String> choices() {
            return List.of("auto", "user", "kernel");
        }
    };

    private ValueTypes() {
    }

    /** A whole number from {@code min} to {@code max}. */
    public static ValueType<Integer> number(int min, int max) {
        String range = max == Integer.MAX_VALUE ? "a number, at least " + min : "a number from " + min + " to " + max;
        return new SimpleType<>(range, text -> within(text, min, max), String::valueOf);
    }

    /** 0 for "off" or "none", or a number from {@code min} to {@code max}. */
    public static ValueType<Integer> zeroOr(int min, int max) {
        return new SimpleType<>(zeroOr("a number", min, max), text -> zeroOrWithin(text, min, max), String::valueOf);
    }

    /** A time in whole seconds. */
    public static ValueType<Duration> seconds(int min, int max) {
        return new SimpleType<>("a time in seconds, from " + min + " to " + max,
                text -> duration(within(text, min, max), 1000), duration -> String.valueOf(duration.toSeconds()));
    }

    /** 0 for "off", or a time in whole seconds. */
    public static ValueType<Duration> zeroOrSeconds(int min, int max) {
        return new SimpleType<>(zeroOr("a time in seconds", min, max),
                text -> duration(zeroOrWithin(text, min, max), 1000), duration -> String.valueOf(duration.toSeconds()));
    }

    /** A time in whole milliseconds. */
    public static ValueType<Duration> millis(int min, int max) {
        return new SimpleType<>("a time in milliseconds, from " + min + " to " + max,
                text -> duration(within(text, min, max), 1), duration -> String.valueOf(duration.toMillis()));
    }

    /** 0 for "off", or a time in whole milliseconds. */
    public static ValueType<Duration> zeroOrMillis(int min, int max) {
        return new SimpleType<>(zeroOr("a time in milliseconds", min, max),
                text -> duration(zeroOrWithin(text, min, max), 1), duration -> String.valueOf(duration.toMillis()));
    }

    /** One of an enum's constants, written in lower case with hyphens for underscores. */
    public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(word(constant));
        }
        return new SimpleType<E>("one of " + String.join(", ", words), text -> {
            int index = words.indexOf(text.toLowerCase(Locale.ROOT));
            return index < 0 ? null : type.getEnumConstants()[index];
        }, ValueTypes::word) {
            @Override
            public List<String> choices() {
                return List.copyOf(words);
            }
        };
    }

    /** The name of a block of this kind, which must exist. */
    public static ValueType<String> nameOf(String blockKeyword) {
        return new Text("the name of a block \"" + blockKeyword + "\"", ValueTypes::parseText) {
            @Override
            public String refersTo() {
                return blockKeyword;
            }
        };
    }

    /** Several values of one type: the parameter is written once for each, or once with commas between them. */
    public static <T> ValueType<List<T>> listOf(ValueType<T> element) {
        return listOf(element, Integer.MAX_VALUE);
    }

    /** Up to {@code most} values of one type. */
    public static <T> ValueType<List<T>> listOf(ValueType<T> element, int most) {
        return new ListType<>(element, most);
    }

    /** The word that stands for an enum constant in a file. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null when the text is no number, or one out of the range. */
    static Integer within(String text, int min, int max) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        long value = Long.parseLong(text);
        return value < min || value > max ? null : (int) value;
    }

    /** One of these numbers. */
    public static ValueType<Integer> oneOf(int first, int... others) {
        List<String> words = new ArrayList<>(List.of(String.valueOf(first)));
        for (int other : others) {
            words.add(String.valueOf(other));
        }
        return new SimpleType<Integer>("one of " + String.join(", ", words),
                text -> words.contains(text) ? Integer.valueOf(text) : null, String::valueOf) {
            @Override
            public List<String> choices() {
                return List.copyOf(words);
            }
        };
    }

    private static String zeroOr(String what, int min, int max) {
        return "0, or " + what + " from " + min + " to " + max;
    }

    private static Integer zeroOrWithin(String text, int min, int max) {
        return "0".equals(text) ? Integer.valueOf(0) : within(text, min, max);
    }

    private static Duration duration(Integer count, int millis) {
        return count == null ? null : Duration.ofMillis((long) count * millis);
    }

    private static Boolean parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> null;
        };
    }

    private static String parseText(String text) {
        return parseText(text, 1, 255);
    }

    private static String parseText(String text, int minBytes, int maxBytes) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        boolean fits = bytes >= minBytes && bytes <= maxBytes;
        return fits && text.chars().noneMatch(Character::isISOControl) ? text : null;
    }

    private static Integer parseIdentifier(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        long value = Long.parseLong(text);
        return value < 1 || value > 0xffff_ffffL ? null : (int) value;
    }

    private static Long parseMac(String text) {
        if (!MAC_ADDRESS.matcher(text).matches()) {
            return null;
        }
        long mac = Long.parseLong(text.replaceAll("[:-]", ""), 16);
        boolean group = (mac >> 40 & 1) != 0;
        return mac == 0 || group ? null : mac;
    }

    private static String formatMac(long mac) {
        return HexFormat.ofDelimiter(":").formatHex(ByteBuffer.allocate(Long.BYTES).putLong(mac).array(), 2, Long.BYTES);
    }

    private static Secret parseCookie(String text) {
        String digits = text.startsWith(HEX) ? text.substring(HEX.length()) : text;
        if (digits.length() != 8 && digits.length() != 16) {
            return null;
        }
        return parseSecret(HEX + digits);
    }

    private static Secret parseSecret(String text) {
        byte[] bytes;
        if (text.startsWith(HEX)) {
            try {
                bytes = HexFormat.of().parseHex(text, HEX.length(), text.length());
            } catch (IllegalArgumentException notHexadecimal) {
                return null;
            }
        } else {
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }
        return bytes.length == 0 || bytes.length > 255 ? null : Secret.of(bytes);
    }

    /** A type whose values are texts. */
    private static class Text extends SimpleType<String> {
        Text(String expected, Function<String, String> parser) {
            super(expected, parser, text -> text);
        }

        @Override
        public boolean quoted() {
            return true;
        }
    }
}
