package org.isthmus.protocol.tunnel;

/** What a tunnel counts beside messages by type; read with {@link TunnelCounters#get}. */
public enum Counter {
    /** Control datagrams handed to the tunnel. */
    CONTROL_RECEIVED("control datagrams received"),
    /** Control datagrams handed out, retransmissions and ZLBs included. */
    CONTROL_SENT("control datagrams sent"),
    /** Octets of {@link #CONTROL_RECEIVED}. */
    CONTROL_BYTES_RECEIVED("octets of control datagrams received"),
    /** Octets of {@link #CONTROL_SENT}. */
    CONTROL_BYTES_SENT("octets of control datagrams sent"),
    /** Messages sent again. */
    RETRANSMITS("messages retransmitted"),
    /** Bare acknowledgements received. */
    ZLBS_RECEIVED("ZLBs received"),
    /** Bare acknowledgements sent. */
    ZLBS_SENT("ZLBs sent"),
    /** Messages that had come before. */
    DUPLICATES("duplicates"),
    /** Messages that came before their turn and were kept. */
    OUT_OF_ORDER("messages out of order, kept until their turn"),
    /** Dropped: Ns beyond the window that we advertised. */
    NS_OUT_OF_WINDOW("dropped: Ns outside the receive window"),
    /** Dropped: Nr acknowledges what was never sent, or lies too far back. */
    NR_OUT_OF_WINDOW("dropped: Nr outside what was sent"),
    /** Dropped: the header is not that of a control message. */
    BAD_HEADER("dropped: malformed header"),
    /** Dropped: the Tunnel ID in the header is not ours. */
    WRONG_TUNNEL_ID("dropped: Tunnel ID in the header is not this tunnel's"),
    /** Dropped: the version in the header is not the tunnel's. */
    WRONG_VERSION("dropped: version in the header is not this tunnel's"),
    /** Dropped: the digest is missing or wrong (RFC 3931 section 4.3). */
    DIGEST_FAILED("dropped: message digest missing or wrong"),
    /** Accepted although the Tunnel ID in the header was 0, after set-up. */
    ZERO_TUNNEL_ID("accepted with Tunnel ID 0"),
    /** Dropped: the AVPs cannot be read. */
    MALFORMED("dropped: malformed AVPs"),
    /** Dropped: a hidden AVP could not be revealed; secrets may differ. */
    HIDDEN_FAILED("dropped: hidden AVP could not be revealed"),
    /** AVPs not known, not mandatory, left aside. */
    AVPS_IGNORED("unknown AVPs ignored"),
    /** AVPs known but malformed or repeated, not essential, left aside. */
    AVPS_MALFORMED("malformed or repeated AVPs ignored"),
    /** AVPs that the RFC demands in a message, missing without harm or to the message's refusal. */
    AVPS_MISSING("demanded AVPs missing"),
    /** AVPs that are known, but have no place in the message that they came in. */
    AVPS_MISPLACED("AVPs that have no place in their message, ignored"),
    /** AVPs that are known and whose M bit is not as the RFC asks. */
    AVPS_WRONG_M_BIT("known AVPs with a wrong M bit, accepted"),
    /** Messages of a type not known, not mandatory, left aside. */
    MESSAGES_IGNORED("unknown messages ignored"),
    /** Messages unknown, or with an AVP unknown, that were marked mandatory. */
    MANDATORY_UNKNOWN("unknown messages or AVPs marked mandatory"),
    /** Messages that the state does not allow. */
    UNEXPECTED("messages that the state does not allow"),
    /** Session messages for a session that does not exist. */
    NO_SUCH_SESSION("messages for a session that does not exist"),
    /** StopCCN or CDN whose Assigned ID is not the peer's. */
    WRONG_ASSIGNED_ID("StopCCN or CDN with a wrong assigned identifier"),
    /** Messages not sent since the queue was full. */
    QUEUE_FULL("messages not sent: send queue full"),
    /** Tunnel authentications that failed. */
    AUTHENTICATION_FAILED("tunnel authentications failed"),
    /** Challenges that were ours, sent back to us. */
    CHALLENGE_REFLECTED("challenges of ours sent back to us"),
    /** SCCRPs that had to be larger than the SCCRQ they answer. */
    REPLY_OVER_BUDGET("SCCRP larger than the SCCRQ"),
    /** SCCRPs sent again since the peer repeated its SCCRQ. */
    REPLY_REPEATED("SCCRP repeated since the peer repeated its SCCRQ"),
    /** Control channels brought back after a failure of either end (RFC 4951). */
    RECOVERIES("recoveries of the control channel"),
    /** Requests to recover a tunnel that were refused, since they do not fit it. */
    RECOVERIES_REFUSED("recoveries refused"),
    /** Sessions cleared in a recovery, since one end had lost them or never had them. */
    SESSIONS_NOT_RECOVERED("sessions not recovered"),
    /** Calls of both ends for one circuit at once (RFC 3931 section 5.4.4). */
    SESSION_TIES("session ties"),
    /** Calls refused since a limit was reached. */
    CALLS_LIMITED("calls refused: session limit reached");

    private final String words;

    Counter(String words) {
        this.words = words;
    }

    /** What is counted, for an operator. */
    public String words() {
        return words;
    }
}
