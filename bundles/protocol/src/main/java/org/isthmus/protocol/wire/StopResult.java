package org.isthmus.protocol.wire;

/** Result codes of StopCCN (RFC 2661 section 4.4.2, RFC 3308). */
public enum StopResult implements WireCode {
    /** General request to clear the control connection. */
    CLEAR(1, "general request to clear the tunnel"),
    /** The Error Code says what is wrong. */
    GENERAL_ERROR(2, "general error"),
    /** There is a tunnel already. */
    ALREADY_EXISTS(3, "tunnel already exists"),
    /** The requester may not have a tunnel; also sent when tunnel authentication fails. */
    NOT_AUTHORIZED(4, "requester is not authorized to establish a tunnel"),
    /** The Error Code is the highest version supported. */
    VERSION_UNSUPPORTED(5, "protocol version of the requester is not supported"),
    /** The sender goes down. */
    SHUTTING_DOWN(6, "requester is being shut down"),
    /** A message came that the state does not allow. */
    FSM_ERROR(7, "state machine error"),
    /** RFC 3308: the PHB code of the control connection is not acceptable. */
    PHB_REFUSED(8, "the differentiated service asked for the tunnel is not acceptable");

    private final int code;
    private final String words;

    StopResult(int code, String words) {
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
