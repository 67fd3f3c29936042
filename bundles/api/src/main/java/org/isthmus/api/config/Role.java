package org.isthmus.api.config;

/** What we are to a peer. */
public enum Role {
    /** We bring it calls. */
    LAC,
    /** We take its calls. */
    LNS,
    /** Both. */
    LACLNS
}
