package org.isthmus.protocol.wire;

/**
 * The control messages of L2TP (RFC 2661 section 3.2, RFC 3931 section 3.1, RFC 4951, RFC 5515), and the ZLB which has no
 * Message Type AVP.
 */
public enum MessageType {
    /** Zero-Length Body: a bare acknowledgement. */
    ZLB(-1, false),
    /** Start-Control-Connection-Request. */
    SCCRQ(1, false),
    /** Start-Control-Connection-Reply. */
    SCCRP(2, false),
    /** Start-Control-Connection-Connected. */
    SCCCN(3, false),
    /** Stop-Control-Connection-Notification. */
    STOPCCN(4, false),
    /** Keepalive. */
    HELLO(6, false),
    /** Outgoing-Call-Request. */
    OCRQ(7, true),
    /** Outgoing-Call-Reply. */
    OCRP(8, true),
    /** Outgoing-Call-Connected. */
    OCCN(9, true),
    /** Incoming-Call-Request. */
    ICRQ(10, true),
    /** Incoming-Call-Reply. */
    ICRP(11, true),
    /** Incoming-Call-Connected. */
    ICCN(12, true),
    /** Call-Disconnect-Notify. */
    CDN(14, true),
    /** WAN-Error-Notify. */
    WEN(15, true),
    /** Set-Link-Info. */
    SLI(16, true),
    /** Explicit Acknowledgement (RFC 3931): a ZLB that can be authenticated. */
    ACK(20, false),
    /** Failover Session Query (RFC 4951): may concern several sessions. */
    FSQ(21, true),
    /** Failover Session Response (RFC 4951): may concern several sessions. */
    FSR(22, true),
    /** Connect-Speed-Update-Notification (RFC 5515): may concern several sessions. */
    CSUN(28, true),
    /** Connect-Speed-Update-Request (RFC 5515): may concern several sessions. */
    CSURQ(29, true);

    private static final MessageType[] BY_CODE = new MessageType[30];

    static {
        for (MessageType type : values()) {
            if (type.code >= 0) {
                BY_CODE[type.code] = type;
            }
        }
    }

    private final int code;
    private final boolean ofSession;

    MessageType(int code, boolean ofSession) {
        this.code = code;
        this.ofSession = ofSession;
    }

    /** The value of the Message Type AVP; -1 for {@link #ZLB}. */
    public int code() {
        return code;
    }

    /** False when a peer that does not know this message may ignore it: the M bit of the Message Type that we send. */
    public boolean mandatory() {
        return this != CSUN && this != CSURQ && this != FSQ && this != FSR;
    }

    /** True when the message concerns sessions, false when it concerns the tunnel. */
    public boolean ofSession() {
        return ofSession;
    }

    /** The type with this code; {@link #ZLB} when no message has it. */
    public static MessageType ofCode(int code) {
        MessageType type = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        return type == null ? ZLB : type;
    }
}
