package org.isthmus.core.admission;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    @Test
    void aSlowRateIsExact() {
        TokenBucket bucket = new TokenBucket();
        assertTrue(bucket.take(1, 0));
        assertFalse(bucket.take(1, 999));
        assertTrue(bucket.take(1, 1_000));
    }

    @Test
    void aClockThatGoesBackBringsNothing() {
        TokenBucket bucket = new TokenBucket();
        assertTrue(bucket.take(1, 10_000));
        assertFalse(bucket.take(1, 0));
        assertFalse(bucket.take(1, 999));
    }

    @Property
    void neverMoreThanOneSecondsBurstAndTheRate(@ForAll @IntRange(min = 1, max = 2_000) int rate,
            @ForAll @LongRange(min = 1, max = 50) long stepMillis, @ForAll long start) {
        TokenBucket bucket = new TokenBucket();
        long begin = start >> 1;
        long taken = 0;
        long now = begin;
        for (int i = 0; i < 2_000; i++) {
            now += stepMillis * (i % 3);
            taken += bucket.take(rate, now) ? 1 : 0;
        }
        long most = rate + (now - begin) * rate / 1_000 + 1;
        assertTrue(taken <= most, taken + " of " + most);
        assertTrue(taken >= Math.min(2_000, rate), "a full bucket lets its burst through");
    }
}
