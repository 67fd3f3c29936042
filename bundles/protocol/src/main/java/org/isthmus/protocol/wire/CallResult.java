package org.isthmus.protocol.wire;

/** Result codes of CDN (RFC 2661 section 4.4.2, RFC 3308, RFC 3931 section 5.4.2). */
public enum CallResult implements WireCode {
    /** Loss of carrier. */
    CARRIER_LOST(1, "call disconnected: loss of carrier"),
    /** The Error Code says what is wrong. */
    GENERAL_ERROR(2, "call disconnected: general error"),
    /** An administrator, or a rule of his, ended the call. */
    ADMINISTRATIVE(3, "call disconnected for administrative reasons"),
    /** No facilities now; later perhaps. */
    NO_FACILITIES_NOW(4, "no facilities for the call at the moment"),
    /** No such facilities at all. */
    NO_FACILITIES(5, "no facilities for such calls"),
    /** The destination does not exist. */
    INVALID_DESTINATION(6, "invalid destination"),
    /** No carrier was detected. */
    NO_CARRIER(7, "call failed: no carrier"),
    /** The line was busy. */
    BUSY(8, "call failed: busy"),
    /** There was no dial tone. */
    NO_DIAL_TONE(9, "call failed: no dial tone"),
    /** The call took too long to establish. */
    NOT_IN_TIME(10, "call was not established in the time allotted"),
    /** Connected, but no framing was detected. */
    NO_FRAMING(11, "call connected, but no appropriate framing was detected"),
    /** RFC 3308: the PHB code of the session is not acceptable. */
    PHB_REFUSED(12, "the differentiated service asked for the session is not acceptable"),
    /** RFC 3931, as those that follow: the peer wants the same session, and its request counts. */
    TIE_LOST(13, "session not established: lost the tie breaker"),
    /** The pseudowire type is not supported. */
    UNSUPPORTED_PSEUDOWIRE(14, "session not established: unsupported pseudowire type"),
    /** Sequencing was asked for without the sublayer that carries the numbers. */
    SEQUENCING_WITHOUT_SUBLAYER(15, "session not established: sequencing required without valid L2-specific sublayer"),
    /** A message came that the state does not allow, or did not come in time. */
    FSM_ERROR(16, "state machine error or timeout");

    private final int code;
    private final String words;

    CallResult(int code, String words) {
        this.code = code;
        this.words = words;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String words() {
        return words;
    }
}
