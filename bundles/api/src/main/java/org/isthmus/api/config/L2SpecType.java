package org.isthmus.api.config;

/** The L2-Specific Sublayer of a session's data packets (RFC 3931 section 4.6). */
public enum L2SpecType {
    NONE,
    /** The default one of 4 octets, which holds sequence numbers. */
    DEFAULT
}
