package org.isthmus.protocol.tunnel;

/** What became of a probe of the path. */
public enum ProbeOutcome {
    /** It was acknowledged before it was sent again. */
    ARRIVED,
    /** It was not acknowledged in time, and was sent again in its usual size. */
    LOST,
    /** It cannot be told: another message came behind it, so that it was sent again in its usual size at once. */
    UNKNOWN
}
