package org.isthmus.api.config;

/** Whether keys of MPPE serve for one packet or for many (RFC 3078 section 7). */
public enum MppeState {
    /** One for each packet. */
    NEVER,
    /** One for each packet, or for 256 where the other end does not want that. */
    ALLOW,
    /** One for 256 packets, or for each where the other end wants that. */
    PREFER
}
