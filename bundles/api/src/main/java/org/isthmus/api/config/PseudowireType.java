package org.isthmus.api.config;

/** What a session carries. */
public enum PseudowireType {
    /** PPP frames. */
    PPP,
    /** Ethernet frames, tags and all (RFC 4719, port mode). */
    ETHERNET,
    /** The Ethernet frames of one VLAN (RFC 4719, VLAN mode). */
    VLAN
}
