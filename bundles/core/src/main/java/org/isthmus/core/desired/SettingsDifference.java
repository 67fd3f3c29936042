package org.isthmus.core.desired;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiFunction;

import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;

/**
 * The parameters whose values differ, defaults counted as values. Also for tunnels that peers have asked for: the engine
 * compares what held with what a new {@link Profiles} says.
 *
 * @param parameters those that differ
 */
public record SettingsDifference(Set<Parameter<?>> parameters) {
    static final SettingsDifference NONE = new SettingsDifference(Set.of());

    /** Names of profiles: what matters of them is the values that come from there, which are compared themselves. */
    private static final Set<Parameter<?>> PROFILE_NAMES = Set.of(TunnelParameters.PROFILE,
            TunnelParameters.SESSION_PROFILE, TunnelParameters.PPP_PROFILE, SessionParameters.PROFILE,
            SessionParameters.PPP_PROFILE);

    public SettingsDifference {
        parameters = Set.copyOf(parameters);
    }

    /** What differs between two sets of values that hold; a default is a value as any other. */
    public static SettingsDifference between(Settings before, Settings after) {
        return between(before, after, SettingsDifference::value);
    }

    /** What differs in what is written; a default that is written is not the same as none. */
    static SettingsDifference written(Settings before, Settings after) {
        return between(before, after, (settings, parameter) -> settings.findSet(parameter));
    }

    private static SettingsDifference between(Settings before, Settings after,
            BiFunction<Settings, Parameter<?>, Optional<?>> value) {
        if (before.equals(after)) {
            return NONE;
        }
        Set<Parameter<?>> candidates = new LinkedHashSet<>(before.parameters());
        candidates.addAll(after.parameters());
        candidates.removeIf(parameter -> value.apply(before, parameter).equals(value.apply(after, parameter)));
        return new SettingsDifference(candidates);
    }

    /** What differs here or there. */
    public SettingsDifference and(SettingsDifference other) {
        if (other.isEmpty()) {
            return this;
        }
        Set<Parameter<?>> both = new LinkedHashSet<>(parameters);
        both.addAll(other.parameters);
        return new SettingsDifference(both);
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    /** Whether all of it takes effect on what is up. */
    public boolean isLive() {
        return parameters.stream().allMatch(parameter -> parameter.live() || PROFILE_NAMES.contains(parameter));
    }

    /** The names, with commas between them, sorted. */
    @Override
    public String toString() {
        StringJoiner names = new StringJoiner(", ");
        parameters.stream().map(Parameter::name).sorted().distinct().forEach(names::add);
        return names.toString();
    }

    private static Optional<?> value(Settings settings, Parameter<?> parameter) {
        return settings.find(parameter);
    }
}
