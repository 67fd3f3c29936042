package org.isthmus.ppp;

/** What a link counts. Nothing that a peer can send has another effect than those of the protocol and these. */
public enum PppCounter {
    /** Frames given to {@link PppLink#receive}. */
    RX_FRAMES,
    /** Frames given to {@link PppObserver#send}. */
    TX_FRAMES,
    /** Frames or packets whose lengths do not fit, or that break their format. */
    RX_MALFORMED,
    /** Frames of a protocol that this link does not speak. */
    RX_UNKNOWN_PROTOCOL,
    /** Packets with a code that their protocol does not know. */
    RX_UNKNOWN_CODE,
    /** Packets that have no place in the present phase or state: network packets before authentication, and so on. */
    RX_OUT_OF_PHASE,
    /** Answers whose identifier is not that of our last request, or whose options are not those that we sent. */
    RX_UNEXPECTED_ANSWER,
    /** Authentication packets of a protocol that was not agreed on. */
    RX_AUTH_NOT_NEGOTIATED,
    /** IPv4 or IPv6 packets given to {@link PppLink#receive}: it has no use for them. */
    RX_DATA,
    /** Protocol-Rejects sent. */
    TX_PROTOCOL_REJECT,
    /** Replies left out because too many were due in too short a time. */
    TX_SUPPRESSED,
    /** Protocol-Rejects and Code-Rejects received. */
    RX_REJECT,
    /** Echo-Requests sent. */
    TX_ECHO_REQUEST,
    /** Echo-Replies received. */
    RX_ECHO_REPLY,
    /** Signs of a looped-back line. */
    LOOPBACK,
    /** Attempts of the peer to authenticate. */
    AUTH_ATTEMPTS,
    /** Attempts of the peer that were rejected. */
    AUTH_FAILURES,
    /** Times that an open control protocol was negotiated anew by the peer. */
    RENEGOTIATIONS
}
