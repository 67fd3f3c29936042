package org.isthmus.api.config;

/** What carries a tunnel's packets. */
public enum Encapsulation {
    /** UDP datagrams: every version of L2TP. */
    UDP,
    /** IP protocol 115, without UDP: L2TPv3 only (RFC 3931 section 4.1.1). */
    IP
}
