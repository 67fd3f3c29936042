package org.isthmus.api.config;

/** Who places a call and which end we are (RFC 2661 section 7.4 and 7.5). */
public enum SessionType {
    /** We are the LAC and announce an incoming call. */
    LAIC,
    /** We are the LAC and are asked to place an outgoing call. */
    LAOC,
    /** We are the LNS and are told of an incoming call. */
    LNIC,
    /** We are the LNS and ask for an outgoing call. */
    LNOC
}
