package org.isthmus.api.config;

import java.util.List;

/**
 * How a parameter's value is written and read. Immutable.
 *
 * @param <T> the Java type of the value
 * @see ValueTypes the types there are
 */
public interface ValueType<T> {

    /** What is expected, to stand after "expected": "a number from 1 to 65535". */
    String expected();

    /**
     * Reads a value as an operator wrote it, quotes already taken away.
     *
     * @throws InvalidValueException with what was expected
     */
    T parse(String text) throws InvalidValueException;

    /** The text that {@link #parse} reads back to the same value; of a secret, only {@code ***}. */
    String format(T value);

    /** The words that a console offers for completion; empty where any text may stand. */
    default List<String> choices() {
        return List.of();
    }

    /** The block type whose names are valid values, or an empty string: lets a parser check references. */
    default String refersTo() {
        return "";
    }

    /** Whether the text must be quoted when written to a file. */
    default boolean quoted() {
        return false;
    }

    /** Whether the value is to be kept out of logs and of every command's output. */
    default boolean secret() {
        return false;
    }
}
