package org.isthmus.api;

import java.util.Optional;

/**
 * What is known of the line that a call comes from, and what the other end told about it while the call is up.
 * Immutable.
 *
 * @param accessLine the LAC's description of the subscriber's line (RFC 5515), or empty
 * @param errors     as LNS: what the LAC's last WEN counts, or empty
 * @param accm       as LAC: the masks of the LNS's last SLI, or empty
 * @param dscp       the differentiated service that both ends agreed on for the session (RFC 3308); none when they
 *                   did not
 */
public record LineStatus(String accessLine, String errors, String accm, Optional<Integer> dscp) {

    /** Nothing is known. */
    public static final LineStatus NONE = new LineStatus("", "", "", Optional.empty());
}
