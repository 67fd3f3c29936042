package org.isthmus.api.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that can be set in a block: its name, type, default and description. Immutable; compared by identity.
 *
 * @param <T> the Java type of its value
 */
public final class Parameter<T> {
    private final String name;
    private final ValueType<T> type;
    private final T defaultValue;
    private final String description;
    private final boolean required;
    private final boolean live;
    private final List<String> elsewhere;

    private Parameter(String name, ValueType<T> type, T defaultValue, String description, boolean required,
            boolean live, List<String> elsewhere) {
        this.name = Objects.requireNonNull(name);
        this.type = Objects.requireNonNull(type);
        this.defaultValue = defaultValue;
        this.description = Objects.requireNonNull(description);
        this.required = required;
        this.live = live;
        this.elsewhere = elsewhere;
    }

    /** A parameter with a default. */
    public static <T> Parameter<T> of(String name, ValueType<T> type, T defaultValue, String description) {
        return new Parameter<>(name, type, Objects.requireNonNull(defaultValue), description, false, false, List.of());
    }

    /** A parameter that is unset unless somebody sets it. */
    public static <T> Parameter<T> optional(String name, ValueType<T> type, String description) {
        return new Parameter<>(name, type, null, description, false, false, List.of());
    }

    /** This parameter, obligatory in its block. */
    public Parameter<T> asRequired() {
        return new Parameter<>(name, type, defaultValue, description, true, live, elsewhere);
    }

    /** This parameter, which takes effect on objects that are up; others need the object to be made anew. */
    public Parameter<T> asLive() {
        return new Parameter<>(name, type, defaultValue, description, required, true, elsewhere);
    }

    /** This parameter, with the names that it has in other L2TP daemons: a help in error messages, never accepted. */
    public Parameter<T> elsewhere(String... names) {
        return new Parameter<>(name, type, defaultValue, description, required, live, List.of(names));
    }

    public String name() {
        return name;
    }

    public ValueType<T> type() {
        return type;
    }

    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** One or two sentences for the reference manual and the console's help. */
    public String description() {
        return description;
    }

    public boolean required() {
        return required;
    }

    public boolean live() {
        return live;
    }

    /** What other L2TP daemons call it. */
    public List<String> elsewhere() {
        return elsewhere;
    }

    @Override
    public String toString() {
        return name;
    }
}
