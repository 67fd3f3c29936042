package org.isthmus.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is plugged into the engine, and how its calls went since it came. Immutable.
 *
 * @param kind        what it is, in words: data plane, authenticator, address pool, PPP provider, listener, quirk;
 *                    or {@link #NOT_PLUGGED_IN}
 * @param name        its name, or that of its class
 * @param bundle      the symbolic name of the bundle that it is from
 * @param version     of that bundle
 * @param calls       how often the engine called it
 * @param failures    how often it threw, or its answer was a failure that nobody expects
 * @param overdue     how often it did not answer, or did not return, in time
 * @param busy        how long all of its calls took together
 * @param longest     how long the longest took
 * @param setAside    until when it is not asked, after it failed repeatedly
 * @param lastFailure what its last failure said, or empty; of a bundle that is not plugged in what it lacks and what to do
 */
public record PluginStatus(String kind, String name, String bundle, String version, long calls, long failures, long overdue,
        Duration busy, Duration longest, Optional<Instant> setAside, String lastFailure) {
    /** The kind of a bundle that would plug in but lacks something. */
    public static final String NOT_PLUGGED_IN = "not plugged in";
}
