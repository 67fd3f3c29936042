package org.isthmus.api.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types of value that a parameter can have. */
public final class ValueTypes {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_-]{1,63})*\\.?");

    /** {@code true} or {@code false}; also yes, no, on, off. */
    public static final ValueType<Boolean> BOOLEAN = new Simple<>("true or false", ValueTypes::parseBoolean,
            String::valueOf) {
        @Override
        public List<String> choices() {
            return List.of("true", "false");
        }
    };

    /** Any text. */
    public static final ValueType<String> TEXT = new Simple<>("a text", text -> text, text -> text) {
        @Override
        public boolean quoted() {
            return true;
        }
    };

    /** A text that nobody is shown. */
    public static final ValueType<Secret> SECRET = new Simple<>("a secret of at least one character",
            text -> text.isEmpty() ? null : Secret.of(text), secret -> "***") {
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
    public static final ValueType<InetAddress> ADDRESS = new Simple<>("an IPv4 or IPv6 address",
            ValueTypes::literalAddress, InetAddress::getHostAddress);

    /** An address and the length of its prefix; an address alone is a prefix of one address. */
    public static final ValueType<Prefix> PREFIX = new Simple<>("an address block such as 10.0.0.0/8",
            ValueTypes::parsePrefix, Prefix::toString);

    /** A host, by address or name, and maybe a port: {@code lns.example.net}, {@code 192.0.2.1:1701}, {@code [::1]:1701}. */
    public static final ValueType<Endpoint> ENDPOINT = new Simple<>(
            "a host or address, with a port if needed: 192.0.2.1:1701 or [2001:db8::1]:1701",
            ValueTypes::parseEndpoint, Endpoint::toString);

    private ValueTypes() {
    }

    /** A whole number from {@code min} to {@code max}. */
    public static ValueType<Integer> number(int min, int max) {
        String range = max == Integer.MAX_VALUE ? "a number, at least " + min : "a number from " + min + " to " + max;
        return new Simple<>(range, text -> within(text, min, max), String::valueOf);
    }

    /** 0 for "off" or "none", or a number from {@code min} to {@code max}. */
    public static ValueType<Integer> zeroOr(int min, int max) {
        return new Simple<>("0 (off), or a number from " + min + " to " + max,
                text -> "0".equals(text) ? Integer.valueOf(0) : within(text, min, max), String::valueOf);
    }

    /** A time in whole seconds. */
    public static ValueType<Duration> seconds(int min, int max) {
        return new Simple<>("a time in seconds, from " + min + " to " + max, text -> {
            Integer value = within(text, min, max);
            return value == null ? null : Duration.ofSeconds(value);
        }, duration -> String.valueOf(duration.toSeconds()));
    }

    /** 0 for "off", or a time in whole seconds. */
    public static ValueType<Duration> zeroOrSeconds(int min, int max) {
        return new Simple<>("0 (off), or a time in seconds from " + min + " to " + max, text -> {
            Integer value = "0".equals(text) ? Integer.valueOf(0) : within(text, min, max);
            return value == null ? null : Duration.ofSeconds(value);
        }, duration -> String.valueOf(duration.toSeconds()));
    }

    /** A time in whole milliseconds. */
    public static ValueType<Duration> millis(int min, int max) {
        return new Simple<>("a time in milliseconds, from " + min + " to " + max, text -> {
            Integer value = within(text, min, max);
            return value == null ? null : Duration.ofMillis(value);
        }, duration -> String.valueOf(duration.toMillis()));
    }

    /** One of an enum's constants, written in lower case with hyphens for underscores. */
    public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(word(constant));
        }
        return new Simple<E>("one of " + String.join(", ", words), text -> {
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
        return new Simple<>("the name of a " + blockKeyword, text -> text.isEmpty() ? null : text, text -> text) {
            @Override
            public String refersTo() {
                return blockKeyword;
            }

            @Override
            public boolean quoted() {
                return true;
            }
        };
    }

    /** Several values of one type: the parameter is written once for each, or once with commas between them. */
    public static <T> ValueType<List<T>> listOf(ValueType<T> element) {
        return new ListType<>(element);
    }

    /** The word that stands for an enum constant in a file. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Boolean parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> null;
        };
    }

    private static Integer within(String text, int min, int max) {
        if (!text.matches("-?\\d{1,10}")) {
            return null;
        }
        long value = Long.parseLong(text);
        return value < min || value > max ? null : (int) value;
    }

    /** Null when the text is no address: a name is never looked up here, since that would block. */
    private static InetAddress literalAddress(String text) {
        if (!IPV4.matcher(text).matches() && text.indexOf(':') < 0) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    private static Prefix parsePrefix(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literalAddress(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int bits = address.getAddress().length * 8;
        Integer length = slash < 0 ? Integer.valueOf(bits) : within(text.substring(slash + 1), 0, bits);
        return length == null ? null : new Prefix(address, length);
    }

    private static Endpoint parseEndpoint(String text) {
        String host = text;
        String port = "";
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0 || (end + 1 < text.length() && text.charAt(end + 1) != ':')) {
                return null;
            }
            host = text.substring(1, end);
            port = end + 1 < text.length() ? text.substring(end + 2) : "";
            if (literalAddress(host) == null || text.endsWith("]:")) {
                return null;
            }
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':') + 1);
            if (port.isEmpty()) {
                return null;
            }
        }
        boolean numeric = host.indexOf(':') >= 0 || host.matches("[\\d.]+");
        if (numeric ? literalAddress(host) == null : !HOST_NAME.matcher(host).matches()) {
            return null;
        }
        Integer number = port.isEmpty() ? Integer.valueOf(0) : within(port, 1, 65535);
        return number == null ? null : new Endpoint(host, number);
    }

    /** A type given by a function that answers null to what it does not accept. */
    private static class Simple<T> implements ValueType<T> {
        private final String expected;
        private final Function<String, T> parser;
        private final Function<T, String> formatter;

        Simple(String expected, Function<String, T> parser, Function<T, String> formatter) {
            this.expected = expected;
            this.parser = parser;
            this.formatter = formatter;
        }

        @Override
        public String expected() {
            return expected;
        }

        @Override
        public T parse(String text) throws InvalidValueException {
            T value = parser.apply(text);
            if (value == null) {
                throw new InvalidValueException(
                        secret() ? "expected " + expected : "\"" + text + "\" is not valid: expected " + expected);
            }
            return value;
        }

        @Override
        public String format(T value) {
            return formatter.apply(value);
        }
    }

    private record ListType<T>(ValueType<T> element) implements ValueType<List<T>> {
        @Override
        public String expected() {
            return element.expected() + " (several with commas between them)";
        }

        @Override
        public List<T> parse(String text) throws InvalidValueException {
            List<T> values = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                values.add(element.parse(part.trim()));
            }
            return List.copyOf(values);
        }

        @Override
        public String format(List<T> values) {
            List<String> words = new ArrayList<>();
            for (T value : values) {
                words.add(element.format(value));
            }
            return String.join(",", words);
        }

        @Override
        public List<String> choices() {
            return element.choices();
        }

        @Override
        public String refersTo() {
            return element.refersTo();
        }

        @Override
        public boolean quoted() {
            return element.quoted();
        }
    }
}
