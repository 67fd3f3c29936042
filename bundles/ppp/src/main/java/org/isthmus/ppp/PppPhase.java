package org.isthmus.ppp;

/** The phases of a link, RFC 1661 section 3.2. */
public enum PppPhase {
    /** Nothing is sent: before {@link PppLink#open}, and for ever after {@link PppObserver#linkClosed}. */
    DEAD,
    /** LCP negotiates the link. */
    ESTABLISH,
    /** One side proves, or both sides prove, who they are. */
    AUTHENTICATE,
    /** Addresses are fetched, the network protocols negotiate and run. */
    NETWORK,
    /** The end was told to the peer, or by it; the link waits a moment so that the last word arrives. */
    TERMINATE
}
