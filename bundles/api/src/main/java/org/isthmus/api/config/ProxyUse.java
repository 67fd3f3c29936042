package org.isthmus.api.config;

/** What is done with the proxy LCP and proxy authentication AVPs of a LAC (RFC 2661 section 4.4.5). */
public enum ProxyUse {
    /** They are shown, and PPP is negotiated anew. */
    RENEGOTIATE,
    /** PPP starts from them where they are what the profile asks for; else it is negotiated anew. */
    ACCEPT,
    /** PPP starts from them whatever the profile asks for, if they fit together at all. */
    FORCE
}
