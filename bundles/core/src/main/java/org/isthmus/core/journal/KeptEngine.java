package org.isthmus.core.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.core.checkpoint.SourceCheckpoint;

/**
 * The engine but for its workers.
 *
 * @param version    of the bundle that wrote it
 * @param written    when
 * @param started    when the engine was started first
 * @param sources    what each source says should exist
 * @param draining   what the operator said of draining, if something
 * @param callSerial the last serial number of a call of ours
 * @param counters   the sums over all workers, by label; empty unless the process ended in order
 * @param workers    how many there are
 */
public record KeptEngine(String version, Instant written, Instant started, List<SourceCheckpoint> sources, Optional<Boolean> draining,
        long callSerial, Map<String, Long> counters, int workers) {
    /** Its key. */
    public static final String KEY = "engine";
}
