package org.isthmus.api.config;

import java.util.function.Function;

/** A type given by a function that answers null to what it does not accept. */
class SimpleType<T> implements ValueType<T> {
    private static final int SHOWN = 80;

    private final String expected;
    private final Function<String, T> parser;
    private final Function<T, String> formatter;

    SimpleType(String expected, Function<String, T> parser, Function<T, String> formatter) {
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
            String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
            throw new InvalidValueException(
                    secret() ? "expected " + expected : "\"" + shown + "\" is not valid: expected " + expected);
        }
        return value;
    }

    @Override
    public String format(T value) {
        return formatter.apply(value);
    }
}
