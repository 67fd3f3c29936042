package org.isthmus.core.admission;

import java.util.Optional;

/** A number of places for half-open tunnels; when none is free, the one that has been half-open for longest gives way. */
final class HalfOpenPool<T> {
    private static final int SOURCES_REMEMBERED = 4096;

    final SourceTable<T> sources;
    private final Chain<HalfOpen<T>> byAge = new Chain<>();

    HalfOpenPool(long seed) {
        this.sources = new SourceTable<>(SOURCES_REMEMBERED, seed);
    }

    /** The one that has to give way before a source gets another place. */
    Optional<HalfOpen<T>> victim(Source<T> source, int limit, int limitPerSource) {
        if (source.halfOpen.size() >= limitPerSource) {
            return Optional.of(source.halfOpen.first());
        }
        return byAge.size() >= limit ? Optional.of(byAge.first()) : Optional.empty();
    }

    void add(HalfOpen<T> halfOpen) {
        byAge.toEnd(halfOpen.age);
        halfOpen.source.halfOpen.toEnd(halfOpen.ageInSource);
        sources.refresh(halfOpen.source);
    }

    void remove(HalfOpen<T> halfOpen) {
        byAge.leave(halfOpen.age);
        halfOpen.source.halfOpen.leave(halfOpen.ageInSource);
        sources.refresh(halfOpen.source);
    }

    int size() {
        return byAge.size();
    }
}
