package org.isthmus.api.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The file l2tpd.conf and what became of it. A change of the file is applied without being asked, a few seconds after
 * the last write. Any thread may call but the engine's own; calls wait for the engine.
 */
@ProviderType
public interface ConfigFile {

    /** The file that is read. */
    Path path();

    /**
     * Reads the file and applies it. A file with an error changes nothing, and the report has every place.
     * Objects that the file asks for and that somebody deleted come back.
     */
    ApplyReport reload();

    /** What {@link #reload} would do. Changes nothing. */
    ApplyReport check();

    /**
     * What would happen if this file stood in place of l2tpd.conf. Changes nothing. Its secrets file is looked for
     * beside l2tpd.conf.
     */
    ApplyReport check(Path file);

    /** What became of the file when it was last applied; empty before the first time. */
    Optional<Outcome> lastOutcome();

    /**
     * An attempt to apply the file.
     *
     * @param at     when
     * @param report with what success
     */
    record Outcome(Instant at, ApplyReport report) {
    }
}
