package org.isthmus.ppp;

import java.util.Optional;

/**
 * What the LAC of a line wants of its LCP (RFC 3437). Each value is the options of a Configure-Request as on the wire; one
 * that cannot be read counts as not there.
 *
 * @param want  what the LNS is to ask for (section 2.1)
 * @param allow what the LNS may grant to the peer, empty for all that it understands (section 2.2)
 */
public record LacWishes(Optional<byte[]> want, Optional<byte[]> allow) {
    /** The LAC has none. */
    public static final LacWishes NONE = new LacWishes(Optional.empty(), Optional.empty());
}
