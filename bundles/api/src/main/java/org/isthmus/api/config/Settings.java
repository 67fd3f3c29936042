package org.isthmus.api.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Values given to parameters, those not given left out. Immutable.
 * Inheritance is {@code session.over(sessionProfile).over(defaultProfile)}: what is set first wins.
 */
public final class Settings {
    /** Nothing set: every parameter has its default. */
    public static final Settings EMPTY = new Settings(Map.of());

    private final Map<Parameter<?>, Object> values;

    private Settings(Map<Parameter<?>, Object> values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The value that was set, or the parameter's default, if it has one. */
    public <T> Optional<T> find(Parameter<T> parameter) {
        Optional<T> set = findSet(parameter);
        return set.isPresent() ? set : parameter.defaultValue();
    }

    /** The value that was set, whatever the default. */
    @SuppressWarnings("unchecked") // Builder.set puts only a T under a Parameter<T>
    public <T> Optional<T> findSet(Parameter<T> parameter) {
        return Optional.ofNullable((T) values.get(parameter));
    }

    /**
     * The value that was set, or the default.
     *
     * @throws IllegalArgumentException if the parameter has no default and was not set
     */
    public <T> T get(Parameter<T> parameter) {
        return find(parameter).orElseThrow(() -> new IllegalArgumentException(parameter.name() + " is not set"));
    }

    public boolean isSet(Parameter<?> parameter) {
        return values.containsKey(parameter);
    }

    /** The parameters that were set, in the order in which they were. */
    public Set<Parameter<?>> parameters() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** These settings, with those of {@code base} where these say nothing. */
    public Settings over(Settings base) {
        if (base.values.isEmpty()) {
            return this;
        }
        Map<Parameter<?>, Object> merged = new LinkedHashMap<>(base.values);
        merged.putAll(values);
        return new Settings(merged);
    }

    /** Each parameter with its value as an operator would write it; secrets as {@code ***}. */
    public void forEachText(BiConsumer<Parameter<?>, String> consumer) {
        values.forEach((parameter, value) -> consumer.accept(parameter, format(parameter, value)));
    }

    @SuppressWarnings("unchecked")
    private static <T> String format(Parameter<T> parameter, Object value) {
        return parameter.type().format((T) value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && settings.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEachText((parameter, value) -> text.append(' ').append(parameter.name()).append(' ').append(value));
        return text.append(" }").toString();
    }

    /** Collects values; not for use by several threads. */
    public static final class Builder {
        private final Map<Parameter<?>, Object> values = new LinkedHashMap<>();

        private Builder() {
        }

        public <T> Builder set(Parameter<T> parameter, T value) {
            values.put(parameter, Objects.requireNonNull(value, parameter.name()));
            return this;
        }

        /**
         * Sets a value from its text.
         *
         * @throws InvalidValueException if the parameter's type does not accept it
         */
        public <T> Builder parse(Parameter<T> parameter, String text) throws InvalidValueException {
            return set(parameter, parameter.type().parse(text));
        }

        /**
         * Sets a value from the words of which it was written: those of a list, else exactly one.
         *
         * @throws InvalidValueException if the parameter's type does not accept them
         */
        public <T> Builder parseAll(Parameter<T> parameter, List<String> words) throws InvalidValueException {
            return set(parameter, parameter.type().parseAll(words));
        }

        public boolean isSet(Parameter<?> parameter) {
            return values.containsKey(parameter);
        }

        public Settings build() {
            return values.isEmpty() ? EMPTY : new Settings(new LinkedHashMap<>(values));
        }
    }
}
