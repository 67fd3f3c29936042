package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.AvpType.Format.COMPOUND;
import static org.isthmus.protocol.wire.AvpType.Format.NOTHING;
import static org.isthmus.protocol.wire.AvpType.Format.OCTETS;
import static org.isthmus.protocol.wire.AvpType.Format.TEXT;
import static org.isthmus.protocol.wire.AvpType.Format.UINT16;
import static org.isthmus.protocol.wire.AvpType.Format.UINT32;
import static org.isthmus.protocol.wire.AvpType.Format.UINT64;

/**
 * The attributes that this implementation knows (RFC 2661 section 4.4, RFC 3145), with the rules for each.
 *
 * <p>Flags of a known attribute are set exactly as the RFC asks when we send, and not judged when we receive:
 * many peers have them wrong.
 */
public enum AvpType {
    MESSAGE_TYPE(0, "Message Type", UINT16, 2, true, false, true),
    RESULT_CODE(1, "Result Code", COMPOUND, 2, true, false, true),
    PROTOCOL_VERSION(2, "Protocol Version", UINT16, 2, true, false, true),
    FRAMING_CAPABILITIES(3, "Framing Capabilities", UINT32, 4, true, true, false),
    BEARER_CAPABILITIES(4, "Bearer Capabilities", UINT32, 4, true, true, false),
    TIE_BREAKER(5, "Tie Breaker", UINT64, 8, false, false, false),
    FIRMWARE_REVISION(6, "Firmware Revision", UINT16, 2, false, true, false),
    HOST_NAME(7, "Host Name", TEXT, 1, true, false, true),
    VENDOR_NAME(8, "Vendor Name", TEXT, 0, false, true, false),
    ASSIGNED_TUNNEL_ID(9, "Assigned Tunnel ID", UINT16, 2, true, true, true),
    RECEIVE_WINDOW_SIZE(10, "Receive Window Size", UINT16, 2, true, false, false),
    CHALLENGE(11, "Challenge", OCTETS, 1, true, true, true),
    Q931_CAUSE(12, "Q.931 Cause Code", COMPOUND, 3, true, false, false),
    CHALLENGE_RESPONSE(13, "Challenge Response", OCTETS, 16, true, true, true),
    ASSIGNED_SESSION_ID(14, "Assigned Session ID", UINT16, 2, true, true, true),
    CALL_SERIAL_NUMBER(15, "Call Serial Number", UINT32, 4, true, true, false),
    MINIMUM_BPS(16, "Minimum BPS", UINT32, 4, true, true, false),
    MAXIMUM_BPS(17, "Maximum BPS", UINT32, 4, true, true, false),
    BEARER_TYPE(18, "Bearer Type", UINT32, 4, true, true, false),
    FRAMING_TYPE(19, "Framing Type", UINT32, 4, true, true, false),
    CALLED_NUMBER(21, "Called Number", TEXT, 0, true, true, false),
    CALLING_NUMBER(22, "Calling Number", TEXT, 0, true, true, false),
    SUB_ADDRESS(23, "Sub-Address", TEXT, 0, true, true, false),
    TX_CONNECT_SPEED(24, "(Tx) Connect Speed", UINT32, 4, true, true, false),
    PHYSICAL_CHANNEL_ID(25, "Physical Channel ID", UINT32, 4, false, true, false),
    INITIAL_RECEIVED_LCP_CONFREQ(26, "Initial Received LCP CONFREQ", OCTETS, 0, false, true, false),
    LAST_SENT_LCP_CONFREQ(27, "Last Sent LCP CONFREQ", OCTETS, 0, false, true, false),
    LAST_RECEIVED_LCP_CONFREQ(28, "Last Received LCP CONFREQ", OCTETS, 0, false, true, false),
    PROXY_AUTHEN_TYPE(29, "Proxy Authen Type", UINT16, 2, false, true, false),
    PROXY_AUTHEN_NAME(30, "Proxy Authen Name", OCTETS, 0, false, true, false),
    PROXY_AUTHEN_CHALLENGE(31, "Proxy Authen Challenge", OCTETS, 0, false, true, false),
    PROXY_AUTHEN_ID(32, "Proxy Authen ID", UINT16, 2, false, true, false),
    PROXY_AUTHEN_RESPONSE(33, "Proxy Authen Response", OCTETS, 0, false, true, false),
    CALL_ERRORS(34, "Call Errors", COMPOUND, 26, true, true, false),
    ACCM(35, "ACCM", COMPOUND, 10, true, true, false),
    RANDOM_VECTOR(36, "Random Vector", OCTETS, 0, true, false, true),
    PRIVATE_GROUP_ID(37, "Private Group ID", TEXT, 0, false, true, false),
    RX_CONNECT_SPEED(38, "Rx Connect Speed", UINT32, 4, false, true, false),
    SEQUENCING_REQUIRED(39, "Sequencing Required", NOTHING, 0, true, false, false),
    /** RFC 3145. */
    DISCONNECT_CAUSE(46, "PPP Disconnect Cause Code", COMPOUND, 5, false, true, false);

    /** How a value is laid out. */
    enum Format {
        /** Unsigned, network order, 2 octets. */
        UINT16,
        /** Unsigned, network order, 4 octets. */
        UINT32,
        /** Unsigned, network order, 8 octets. */
        UINT64,
        /** UTF-8 or ASCII, any length. */
        TEXT,
        /** Any octets. */
        OCTETS,
        /** Several fields, maybe with text at the end. */
        COMPOUND,
        /** No value: being there is what it says. */
        NOTHING
    }

    private static final AvpType[] BY_ATTRIBUTE = new AvpType[47];

    static {
        for (AvpType type : values()) {
            BY_ATTRIBUTE[type.attribute] = type;
        }
    }

    private final int attribute;
    private final String title;
    private final Format format;
    private final int minimumBytes;
    private final boolean mandatory;
    private final boolean mayBeHidden;
    private final boolean essential;

    AvpType(int attribute, String title, Format format, int minimumBytes, boolean mandatory, boolean mayBeHidden,
            boolean essential) {
        this.attribute = attribute;
        this.title = title;
        this.format = format;
        this.minimumBytes = minimumBytes;
        this.mandatory = mandatory;
        this.mayBeHidden = mayBeHidden;
        this.essential = essential;
    }

    /** The Attribute Type on the wire, under Vendor ID 0. */
    public int attribute() {
        return attribute;
    }

    /** The name that the RFC gives it. */
    public String title() {
        return title;
    }

    /** The M bit that we send. */
    public boolean mandatory() {
        return mandatory;
    }

    /** Whether the RFC lets it be hidden. */
    public boolean mayBeHidden() {
        return mayBeHidden;
    }

    /** Whether a message with this attribute malformed cannot be used at all. */
    boolean essential() {
        return essential;
    }

    Format format() {
        return format;
    }

    /** Whether a value may have this many octets: numbers exactly, the rest at least as many as the RFC says. */
    boolean fits(int valueBytes) {
        return switch (format) {
            case UINT16, UINT32, UINT64 -> valueBytes == minimumBytes;
            default -> valueBytes >= minimumBytes;
        };
    }

    /** The known attribute with this number under Vendor ID 0, or null: for the decoder. */
    static AvpType of(int attribute) {
        return attribute >= 0 && attribute < BY_ATTRIBUTE.length ? BY_ATTRIBUTE[attribute] : null;
    }
}
