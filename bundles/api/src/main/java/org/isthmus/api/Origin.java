package org.isthmus.api;

/** Who asked for a tunnel or session. */
public enum Origin {
    /** We did: the file, the console or a management call. */
    LOCAL,
    /** The peer did. */
    REMOTE
}
