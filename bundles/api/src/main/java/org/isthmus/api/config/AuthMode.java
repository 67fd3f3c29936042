package org.isthmus.api.config;

/** What a peer must show before a tunnel with it comes up. */
public enum AuthMode {
    /** Nothing. */
    NONE,
    /** A peer profile must match it by address or host name. */
    SIMPLE,
    /** As simple, and it must prove that it knows the shared secret (RFC 2661 section 5.1.1). */
    CHALLENGE
}
