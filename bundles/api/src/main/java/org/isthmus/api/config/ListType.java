package org.isthmus.api.config;

import java.util.ArrayList;
import java.util.List;

/** Several values of one type. */
record ListType<T>(ValueType<T> element, int most) implements ValueType<List<T>> {
    @Override
    public String expected() {
        String many = most == Integer.MAX_VALUE ? "several" : "at most " + most;
        return element.expected() + " (" + many + ", with commas between them)";
    }

    @Override
    public List<T> parse(String text) throws InvalidValueException {
        List<String> words = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            words.add(word.trim());
        }
        return parseAll(words);
    }

    @Override
    public List<T> parseAll(List<String> words) throws InvalidValueException {
        if (words.size() > most) {
            throw new InvalidValueException(words.size() + " values are too many: expected " + expected());
        }
        List<T> values = new ArrayList<>(words.size());
        for (String word : words) {
            values.add(element.parse(word));
        }
        return List.copyOf(values);
    }

    @Override
    public boolean list() {
        return true;
    }

    @Override
    public String format(List<T> values) {
        List<String> words = new ArrayList<>(values.size());
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

    @Override
    public boolean secret() {
        return element.secret();
    }
}
