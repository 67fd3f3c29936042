package org.isthmus.core.admission;

/**
 * The sources that were heard last. It holds {@code capacity} of them and those with a half-open tunnel, no more however
 * many addresses are forged: the one not heard for longest is forgotten for a new one, in constant time.
 */
final class SourceTable<T> {
    private final int capacity;
    private final long seed;
    private final Source<T>[] buckets;
    private final Chain<Source<T>> forgettable = new Chain<>();
    private int size;

    /** @param capacity how many sources without a half-open tunnel are remembered */
    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
    SourceTable(int capacity, long seed) {
        this.capacity = capacity;
        this.seed = seed;
        this.buckets = (Source<T>[]) new Source<?>[Integer.highestOneBit(capacity) * 2];
    }

    /** The source of an address; a new one has a full bucket. */
    Source<T> of(long high, long low) {
        long key = key(high, low);
        int bucket = bucket(key);
        Source<T> source = buckets[bucket];
        while (source != null && source.key != key) {
            source = source.nextInBucket;
        }
        if (source == null) {
            source = forgettable.size() < capacity ? newSource() : forgetOldest();
            source.key = key;
            source.nextInBucket = buckets[bucket];
            buckets[bucket] = source;
        }
        refresh(source);
        return source;
    }

    /** To be called when a source was heard or its half-open tunnels changed: only one without any may be forgotten. */
    void refresh(Source<T> source) {
        if (source.halfOpen.size() == 0) {
            forgettable.toEnd(source.recency);
        } else {
            forgettable.leave(source.recency);
        }
    }

    int size() {
        return size;
    }

    private Source<T> newSource() {
        size++;
        return new Source<>();
    }

    private Source<T> forgetOldest() {
        Source<T> oldest = forgettable.first();
        int bucket = bucket(oldest.key);
        if (buckets[bucket] == oldest) {
            buckets[bucket] = oldest.nextInBucket;
        } else {
            Source<T> before = buckets[bucket];
            while (before.nextInBucket != oldest) {
                before = before.nextInBucket;
            }
            before.nextInBucket = oldest.nextInBucket;
        }
        oldest.requests.fill();
        return oldest;
    }

    private int bucket(long key) {
        return (int) Mix.mix(seed ^ key) & (buckets.length - 1);
    }

    /**
     * An IPv4 address, also one written as IPv6 (::ffff:a.b.c.d), stands for itself; of an IPv6 address the first 64
     * bits count. The two cannot meet: no host has an address in ::/32 but ::1.
     */
    private static long key(long high, long low) {
        return high == 0 ? low & 0xffff_ffffL : high;
    }
}
