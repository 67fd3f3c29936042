package org.isthmus.protocol.tunnel;

/** States of an incoming call (RFC 2661 sections 7.4.1 and 7.4.2). */
public enum SessionState {
    /** LAC: waiting for the tunnel to be established, then ICRQ is sent. */
    WAIT_TUNNEL,
    /** LAC: ICRQ sent; waiting for ICRP or CDN. */
    WAIT_REPLY,
    /** LNS: ICRQ received; waiting for this side to {@link Session#accept accept} or to refuse. */
    WAIT_ANSWER,
    /** LNS: ICRP sent; waiting for ICCN. */
    WAIT_CONNECT,
    /** The call is up. As LAC, data may be sent once {@link Session#mayCarryData}. */
    ESTABLISHED,
    /** The call is over: forget this object. */
    CLOSED
}
