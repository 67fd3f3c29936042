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
     * Reads a value as an operator wrote it, quotes already taken away. Of a list, all values with commas between them.
     *
     * @throws InvalidValueException with what was expected
     */
    T parse(String text) throws InvalidValueException;

    /**
     * Reads a value that was written as several words: those of a list, else exactly one.
     *
     * @throws InvalidValueException with what was expected
     */
    default T parseAll(List<String> words) throws InvalidValueException {
        if (words.size() != 1) {
            throw new InvalidValueException("expected one value: " + expected());
        }
        return parse(words.get(0));
    }

    /** Whether several values may be given: with commas between them, or by writing the parameter again. */
    default boolean list() {
        return false;
    }

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
