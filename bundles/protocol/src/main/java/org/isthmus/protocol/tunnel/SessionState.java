package org.isthmus.protocol.tunnel;

/** States of a call (RFC 2661 sections 7.4 and 7.5). */
public enum SessionState {
    /** Who asks for the call: waiting for the tunnel to be established, then ICRQ or OCRQ is sent. */
    WAIT_TUNNEL,
    /** Who asks: ICRQ or OCRQ sent; waiting for ICRP, OCRP or CDN. */
    WAIT_REPLY,
    /** Who is asked: waiting for this side to {@link Session#accept accept} or to refuse. */
    WAIT_ANSWER,
    /** LAC of an outgoing call: OCRP sent; waiting for this side to say {@link Session#connect connected}. */
    WAIT_CS_ANSWER,
    /** LNS: ICRP sent or OCRP received; waiting for ICCN or OCCN. */
    WAIT_CONNECT,
    /** The call is up. As LAC, data may be sent once {@link Session#mayCarryData}. */
    ESTABLISHED,
    /** The call is over: forget this object. */
    CLOSED
}
