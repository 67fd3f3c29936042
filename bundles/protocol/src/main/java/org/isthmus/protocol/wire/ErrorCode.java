package org.isthmus.protocol.wire;

/** General error codes, which explain result 2 of StopCCN and CDN (RFC 2661 section 4.4.2). */
public enum ErrorCode implements WireCode {
    /** There is no control connection for this pair of LAC and LNS. */
    NO_CONTROL_CONNECTION(1, "no control connection exists for this pair of LAC and LNS"),
    /** A length is wrong. */
    WRONG_LENGTH(2, "length is wrong"),
    /** A value is out of range, or a reserved field is not 0. */
    BAD_VALUE(3, "a value was out of range or a reserved field was not zero"),
    /** Not enough resources now. */
    NO_RESOURCES(4, "insufficient resources to handle this now"),
    /** The Session ID does not fit here. */
    INVALID_SESSION_ID(5, "the session ID is invalid in this context"),
    /** Something vendor-specific; the message says what. */
    VENDOR_SPECIFIC(6, "a generic vendor-specific error"),
    /** The LAC should try another LNS. */
    TRY_ANOTHER(7, "try another LNS"),
    /** An AVP that is mandatory is not known. */
    UNKNOWN_MANDATORY_AVP(8, "an unknown AVP was marked mandatory");

    private final int code;
    private final String words;

    ErrorCode(int code, String words) {
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
