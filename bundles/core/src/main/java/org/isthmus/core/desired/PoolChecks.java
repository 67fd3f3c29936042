package org.isthmus.core.desired;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import org.isthmus.api.config.AddressRange;
import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.PoolParameters;

/** Whether an address could be lent twice: ranges that overlap, in one pool or in two. */
final class PoolChecks {
    private PoolChecks() {
    }

    private record PoolRange(AddressRange range, Block pool) {
    }

    static void check(List<Block> pools, Consumer<Problem> problems) {
        List<PoolRange> ranges = new ArrayList<>();
        for (Block pool : pools) {
            pool.settings().find(PoolParameters.RANGES).orElse(List.of())
                    .forEach(range -> ranges.add(new PoolRange(range, pool)));
        }
        ranges.sort(Comparator.comparingLong(range -> range.range().first()));
        PoolRange highest = null; // of those so far, the one that reaches furthest
        for (PoolRange next : ranges) {
            if (highest != null && highest.range().overlaps(next.range())) {
                problems.accept(new Problem(next.pool().where(), next.pool().title() + ": range " + next.range()
                        + " overlaps " + highest.range() + (highest.pool() == next.pool() ? " of the same pool"
                        : " of " + highest.pool().title()) + "; an address must be in one range only"));
            }
            if (highest == null || next.range().last() > highest.range().last()) {
                highest = next;
            }
        }
    }
}
