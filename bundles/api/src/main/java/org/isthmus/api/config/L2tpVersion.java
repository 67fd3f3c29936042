package org.isthmus.api.config;

/** Which L2TP a tunnel speaks. */
public enum L2tpVersion {
    /** RFC 2661. */
    L2TPV2,
    /** RFC 3931. */
    L2TPV3,
    /** Version 3, or version 2 with a peer that has no other. */
    AUTO
}
