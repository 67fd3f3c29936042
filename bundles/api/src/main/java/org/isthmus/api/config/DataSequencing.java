package org.isthmus.api.config;

/** Which data packets carry sequence numbers (the Data Sequencing AVP of RFC 3931 section 5.4.4). */
public enum DataSequencing {
    NONE,
    /** Those that carry no IP packet: link protocols must arrive in order, IP needs not. */
    NON_IP,
    ALL
}
