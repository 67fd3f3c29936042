package org.isthmus.ippool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.isthmus.api.config.AddressRange;

/** A set of addresses as ranges in ascending order that do not touch one another's addresses. Immutable. */
final class Intervals {
    static final Intervals NONE = new Intervals(List.of());

    private final List<AddressRange> ranges;
    private final long size;

    private Intervals(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
        this.size = ranges.stream().mapToLong(AddressRange::size).sum();
    }

    /** The addresses that are in one of {@code ranges}. */
    static Intervals of(List<AddressRange> ranges) {
        List<AddressRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(AddressRange::first));
        List<AddressRange> merged = new ArrayList<>();
        for (AddressRange range : sorted) {
            AddressRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && last.overlaps(range)) {
                merged.set(merged.size() - 1, new AddressRange(last.first(), Math.max(last.last(), range.last())));
            } else {
                merged.add(range);
            }
        }
        return new Intervals(merged);
    }

    /** The addresses that are here and not there. */
    Intervals without(Intervals others) {
        List<AddressRange> left = new ArrayList<>();
        int other = 0;
        for (AddressRange range : ranges) {
            long first = range.first();
            while (other < others.ranges.size() && others.ranges.get(other).last() < first) {
                other++;
            }
            for (int i = other; i < others.ranges.size() && others.ranges.get(i).first() <= range.last(); i++) {
                if (others.ranges.get(i).first() > first) {
                    left.add(new AddressRange(first, others.ranges.get(i).first() - 1));
                }
                first = others.ranges.get(i).last() + 1;
            }
            if (first <= range.last()) {
                left.add(new AddressRange(first, range.last()));
            }
        }
        return new Intervals(left);
    }

    /** How many addresses. */
    long size() {
        return size;
    }

    List<AddressRange> ranges() {
        return ranges;
    }

    boolean contains(long address) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            AddressRange range = ranges.get(middle);
            if (address < range.first()) {
                high = middle - 1;
            } else if (address > range.last()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
