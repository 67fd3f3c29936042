package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.AvpType.Format.COMPOUND;
import static org.isthmus.protocol.wire.AvpType.Format.NOTHING;
import static org.isthmus.protocol.wire.AvpType.Format.OCTETS;
import static org.isthmus.protocol.wire.AvpType.Format.TEXT;
import static org.isthmus.protocol.wire.AvpType.Format.UINT16;
import static org.isthmus.protocol.wire.AvpType.Format.UINT32;
import static org.isthmus.protocol.wire.AvpType.Format.UINT64;

/**
 * The attributes that this implementation knows (RFC 2661 section 4.4, RFC 3145, 3308, 3437, 3931, 4951 and 5515), with the
 * rules for each.
 *
 * <p>Flags of a known attribute are set exactly as the RFC asks when we send, and not judged when we receive:
 * many peers have them wrong.
 */
public enum AvpType {
    // Attribute, title, format, octets of the value (at least, where the format does not say), M bit, may be hidden,
    // essential.
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
    DISCONNECT_CAUSE(46, "PPP Disconnect Cause Code", COMPOUND, 5, false, true, false),
    /** RFC 3308: a PHB code, for the packets of the control connection. */
    CONTROL_CONNECTION_DS(47, "Control Connection DS", UINT16, 2, false, true, false),
    /** RFC 3308: a PHB code, for the packets of the session. */
    SESSION_DS(48, "Session DS", UINT16, 2, false, true, false),
    /** RFC 3437: the options of an LCP Configure-Request, as the next three. */
    LCP_WANT_OPTIONS(49, "LCP Want Options", OCTETS, 0, false, true, false),
    LCP_ALLOW_OPTIONS(50, "LCP Allow Options", OCTETS, 0, false, true, false),
    LNS_LAST_SENT_LCP_CONFREQ(51, "LNS Last Sent LCP Confreq", OCTETS, 0, false, true, false),
    LNS_LAST_RECEIVED_LCP_CONFREQ(52, "LNS Last Received LCP Confreq", OCTETS, 0, false, true, false),
    /** RFC 3931, as all to 75: four octets of Vendor ID, Attribute Type (2), value. */
    EXTENDED_VENDOR_ID(58, "Extended Vendor ID", OCTETS, 6, false, true, false),
    /** Digest Type (1), digest (16 or 20): {@link MessageAuthentication}. */
    MESSAGE_DIGEST(59, "Message Digest", OCTETS, 17, true, false, false),
    ROUTER_ID(60, "Router ID", UINT32, 4, true, false, false),
    ASSIGNED_CONNECTION_ID(61, "Assigned Control Connection ID", UINT32, 4, true, true, true),
    /** Pseudowire types, 2 octets each. */
    PSEUDOWIRE_CAPABILITIES(62, "Pseudowire Capabilities List", OCTETS, 0, true, true, false),
    LOCAL_SESSION_ID(63, "Local Session ID", UINT32, 4, true, true, true),
    REMOTE_SESSION_ID(64, "Remote Session ID", UINT32, 4, true, true, true),
    /** 0, 4 or 8 octets. */
    ASSIGNED_COOKIE(65, "Assigned Cookie", OCTETS, 0, true, true, true),
    REMOTE_END_ID(66, "Remote End ID", OCTETS, 0, true, true, false),
    PSEUDOWIRE_TYPE(68, "Pseudowire Type", UINT16, 2, true, true, true),
    L2_SPECIFIC_SUBLAYER(69, "L2-Specific Sublayer", UINT16, 2, true, true, true),
    DATA_SEQUENCING(70, "Data Sequencing", UINT16, 2, true, true, true),
    CIRCUIT_STATUS(71, "Circuit Status", COMPOUND, 2, true, true, false),
    PREFERRED_LANGUAGE(72, "Preferred Language", TEXT, 0, false, true, false),
    AUTHENTICATION_NONCE(73, "Control Message Authentication Nonce", OCTETS, 1, true, false, true),
    /** Bits per second, as the next. */
    TX_CONNECT_SPEED_64(74, "Tx Connect Speed", UINT64, 8, false, true, false),
    RX_CONNECT_SPEED_64(75, "Rx Connect Speed", UINT64, 8, false, true, false),
    /** RFC 4951, as the next three. */
    FAILOVER_CAPABILITY(76, "Failover Capability", COMPOUND, 6, false, true, false),
    TUNNEL_RECOVERY(77, "Tunnel Recovery", COMPOUND, 10, true, false, true),
    SUGGESTED_CONTROL_SEQUENCE(78, "Suggested Control Sequence", COMPOUND, 6, false, true, false),
    /** May stand in a message several times, once per session. */
    FAILOVER_SESSION_STATE(79, "Failover Session State", COMPOUND, 10, true, true, false),
    /** RFC 5515: may stand in a message several times, once per session. */
    CONNECT_SPEED_UPDATE(97, "Connect Speed Update", COMPOUND, 12, false, true, false),
    /** RFC 5515. */
    CONNECT_SPEED_UPDATE_ENABLE(98, "Connect Speed Update Enable", NOTHING, 0, false, true, false),

    // The access line of the subscriber (RFC 5515 section 5): rates in bits per second, delays in milliseconds.
    AGENT_CIRCUIT_ID(1, "Agent-Circuit-Id", TEXT, 2),
    AGENT_REMOTE_ID(2, "Agent-Remote-Id", TEXT, 2),
    ACTUAL_RATE_UP(129, "Actual-Data-Rate-Upstream", UINT64, 8),
    ACTUAL_RATE_DOWN(130, "Actual-Data-Rate-Downstream", UINT64, 8),
    MINIMUM_RATE_UP(131, "Minimum-Data-Rate-Upstream", UINT64, 8),
    MINIMUM_RATE_DOWN(132, "Minimum-Data-Rate-Downstream", UINT64, 8),
    ATTAINABLE_RATE_UP(133, "Attainable-Data-Rate-Upstream", UINT64, 8),
    ATTAINABLE_RATE_DOWN(134, "Attainable-Data-Rate-Downstream", UINT64, 8),
    MAXIMUM_RATE_UP(135, "Maximum-Data-Rate-Upstream", UINT64, 8),
    MAXIMUM_RATE_DOWN(136, "Maximum-Data-Rate-Downstream", UINT64, 8),
    MINIMUM_RATE_UP_LOW_POWER(137, "Minimum-Data-Rate-Upstream-Low-Power", UINT64, 8),
    MINIMUM_RATE_DOWN_LOW_POWER(138, "Minimum-Data-Rate-Downstream-Low-Power", UINT64, 8),
    MAXIMUM_DELAY_UP(139, "Maximum-Interleaving-Delay-Upstream", UINT32, 4),
    ACTUAL_DELAY_UP(140, "Actual-Interleaving-Delay-Upstream", UINT32, 4),
    MAXIMUM_DELAY_DOWN(141, "Maximum-Interleaving-Delay-Downstream", UINT32, 4),
    ACTUAL_DELAY_DOWN(142, "Actual-Interleaving-Delay-Downstream", UINT32, 4),
    /** Data Link (1), Encaps 1 (1), Encaps 2 (1). */
    ACCESS_LOOP_ENCAPSULATION(144, "Access-Loop-Encapsulation", OCTETS, 3),
    /** Transmission system (1), reserved (3). */
    ACCESS_LINE_TYPE(145, "ANCP Access Line Type", UINT32, 4),
    IWF_SESSION(254, "IWF-Session", UINT32, 4);

    /** How a value is laid out. */
    public enum Format {
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

    /** The ADSL Forum, now Broadband Forum, under whose number the access line is described. */
    private static final int VENDOR_ADSL_FORUM = 3561;

    private static final AvpType[] BY_ATTRIBUTE = new AvpType[256];
    private static final AvpType[] BY_ADSL_FORUM_ATTRIBUTE = new AvpType[256];

    static {
        for (AvpType type : values()) {
            (type.vendorId == 0 ? BY_ATTRIBUTE : BY_ADSL_FORUM_ATTRIBUTE)[type.attribute] = type;
        }
    }

    private final int vendorId;
    private final int attribute;
    private final String title;
    private final Format format;
    private final int minimumBytes;
    private final boolean mandatory;
    private final boolean mayBeHidden;
    private final boolean essential;

    AvpType(int attribute, String title, Format format, int minimumBytes, boolean mandatory, boolean mayBeHidden,
            boolean essential) {
        this(0, attribute, title, format, minimumBytes, mandatory, mayBeHidden, essential);
    }

    /** Of the access line. */
    AvpType(int attribute, String title, Format format, int minimumBytes) {
        this(VENDOR_ADSL_FORUM, attribute, title, format, minimumBytes, false, true, false);
    }

    AvpType(int vendorId, int attribute, String title, Format format, int minimumBytes, boolean mandatory,
            boolean mayBeHidden, boolean essential) {
        this.vendorId = vendorId;
        this.attribute = attribute;
        this.title = title;
        this.format = format;
        this.minimumBytes = minimumBytes;
        this.mandatory = mandatory;
        this.mayBeHidden = mayBeHidden;
        this.essential = essential;
    }

    /** The Vendor ID on the wire: 0 for the IETF. */
    public int vendorId() {
        return vendorId;
    }

    /** The Attribute Type on the wire, under the Vendor ID. */
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

    /** How its value is laid out. */
    public Format format() {
        return format;
    }

    /** Whether a value may have this many octets: numbers exactly, the rest at least as many as the RFC says. */
    public boolean fits(int valueBytes) {
        if (this == ASSIGNED_COOKIE) {
            return valueBytes == 0 || valueBytes == 4 || valueBytes == 8;
        }
        return switch (format) {
            case UINT16, UINT32, UINT64 -> valueBytes == minimumBytes;
            default -> valueBytes >= minimumBytes;
        };
    }

    /** Whether it describes the access line of a subscriber (RFC 5515 section 5). */
    public boolean ofAccessLine() {
        return vendorId == VENDOR_ADSL_FORUM;
    }

    /** Whether a message may hold it several times, each of them to be read. */
    boolean repeatable() {
        return this == CONNECT_SPEED_UPDATE || this == DISCONNECT_CAUSE || this == MESSAGE_DIGEST
                || this == EXTENDED_VENDOR_ID || this == FAILOVER_SESSION_STATE;
    }

    /** Whether only version 3 has it: where version 2 may be all that the peer speaks, it is not mandatory. */
    boolean ofVersion3() {
        return vendorId == 0 && attribute >= EXTENDED_VENDOR_ID.attribute && attribute <= RX_CONNECT_SPEED_64.attribute;
    }

    /** The known attribute with this number, or null. */
    public static AvpType of(int vendorId, int attribute) {
        if (attribute < 0 || attribute >= BY_ATTRIBUTE.length) {
            return null;
        }
        return switch (vendorId) {
            case 0 -> BY_ATTRIBUTE[attribute];
            case VENDOR_ADSL_FORUM -> BY_ADSL_FORUM_ATTRIBUTE[attribute];
            default -> null;
        };
    }
}
