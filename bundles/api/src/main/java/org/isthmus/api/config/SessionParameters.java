package org.isthmus.api.config;

import java.time.Duration;
import java.util.List;

import org.isthmus.api.config.TunnelParameters.Bearer;
import org.isthmus.api.config.TunnelParameters.Framing;

/** What stands in a {@code session profile} and in a {@code session}. */
public final class SessionParameters {
    public static final Parameter<String> PROFILE = Parameter.optional("profile",
            ValueTypes.nameOf("session profile"),
            "The session profile to take values from. Unset: the one that the tunnel names, or default.")
            .elsewhere("profile_name", "session_profile", "session_profile_name");
    public static final Parameter<Integer> SESSION_ID = Parameter.optional("session_id",
            ValueTypes.IDENTIFIER, "A fixed session id, above 65535 only in L2TPv3. Unset: random.");
    public static final Parameter<Integer> PEER_SESSION_ID = Parameter.optional("peer_session_id",
            ValueTypes.IDENTIFIER, "The peer's session id, of a session in a static tunnel.");
    public static final Parameter<PseudowireType> PSEUDOWIRE_TYPE = Parameter.of("pseudowire_type",
            ValueTypes.oneOf(PseudowireType.class), PseudowireType.PPP,
            "What the session carries: PPP; Ethernet frames; or those of one VLAN. Both ends must say the same, and"
            + " L2TPv2 has PPP alone.").elsewhere("pseudowire", "pwtype", "pw_type");
    public static final Parameter<String> REMOTE_END_ID = Parameter.optional("remote_end_id", ValueTypes.TEXT,
            "Which circuit at the other end is meant (L2TPv3): sent with a call of ours; a profile that has one takes"
            + " only calls that say the same.").elsewhere("end_id", "local_end_id");
    public static final Parameter<Boolean> USE_TIEBREAKER = Parameter.of("use_tiebreaker", ValueTypes.BOOLEAN, true,
            "Send a Session Tie Breaker with a call of ours that has a remote_end_id (L2TPv3), so that of two calls for one"
            + " circuit made at once by both ends one becomes a session. With it at neither end, none does.");
    public static final Parameter<Integer> COOKIE_LENGTH = Parameter.of("cookie_length",
            ValueTypes.oneOf(0, 4, 8), 8,
            "The bytes of our cookie, which every data packet of L2TPv3 to us carries so that nobody else can insert"
            + " any.");
    public static final Parameter<Secret> COOKIE = Parameter.optional("cookie", ValueTypes.COOKIE,
            "Our cookie, of a session in a static tunnel. Unset: none.");
    public static final Parameter<Secret> PEER_COOKIE = Parameter.optional("peer_cookie", ValueTypes.COOKIE,
            "The peer's cookie, of a session in a static tunnel. Unset: none.");
    public static final Parameter<L2SpecType> L2SPEC_TYPE = Parameter.optional("l2spec_type",
            ValueTypes.oneOf(L2SpecType.class),
            "The sublayer of L2TPv3's data packets, which holds sequence numbers. Unset: default where data_sequencing"
            + " asks for them, else none.");
    public static final Parameter<DataSequencing> DATA_SEQUENCING = Parameter.of("data_sequencing",
            ValueTypes.oneOf(DataSequencing.class), DataSequencing.NONE,
            "Which data packets carry sequence numbers: none, those that are not IP, or all. In L2TPv2,"
            + " use_sequence_numbers is another word for all.");
    public static final Parameter<Duration> REORDER_TIMEOUT = Parameter.of("reorder_timeout",
            ValueTypes.zeroOrMillis(1, 10_000), Duration.ZERO,
            "How long packets with a sequence number wait for one that is missing before them, in milliseconds; 0: late"
            + " ones are dropped.");
    public static final Parameter<Integer> VLAN_ID = Parameter.optional("vlan_id", ValueTypes.number(1, 4094),
            "The VLAN of a session of pseudowire_type vlan.").elsewhere("vlan");
    public static final Parameter<String> BRIDGE = Parameter.optional("bridge", ValueTypes.INTERFACE_NAME,
            "The Linux bridge that the interface of an Ethernet or VLAN session is put into; made if there is none.");
    public static final Parameter<Boolean> BRIDGE_ISOLATED = Parameter.of("bridge_isolated", ValueTypes.BOOLEAN, false,
            "Keep the session from the other isolated ones in its bridge: it exchanges frames with the bridge itself and with ports"
            + " that are not isolated, such as an uplink.");
    public static final Parameter<Boolean> BRIDGE_TEMPORARY = Parameter.of("bridge_temporary", ValueTypes.BOOLEAN, false,
            "If the bridge is made for the session, take it away with the last session in it, unless it has other ports by then.");
    public static final Parameter<Long> MAC = Parameter.optional("mac", ValueTypes.MAC,
            "The hardware address of the interface of an Ethernet or VLAN session. Unset: it follows from the session's identifiers.");
    public static final Parameter<Integer> MTU = Parameter.of("mtu", ValueTypes.number(68, 16_384), 1500,
            "The MTU of the interface of an Ethernet or VLAN session, in bytes. PPP has that of its ppp profile.");
    public static final Parameter<String> PPP_PROFILE = Parameter.optional("ppp_profile",
            ValueTypes.nameOf("ppp profile"), "Where the PPP parameters come from. Unset: what the tunnel names, or default.")
            .elsewhere("ppp_profile_name", "pseudowire_profile");
    public static final Parameter<String> USER_NAME = Parameter.optional("user_name", ValueTypes.TEXT,
            "Our PPP name, when the peer wants us to authenticate. In a profile: for the calls that a peer asks us to"
            + " place (laoc).").elsewhere("user", "username");
    public static final Parameter<Secret> USER_PASSWORD = Parameter.optional("user_password", ValueTypes.SECRET,
            "Our PPP password, or @NAME for the one of that name in the secrets file. Unset: the one that the secrets"
            + " file has for user_name.").elsewhere("password");
    public static final Parameter<String> INTERFACE_NAME = Parameter.optional("interface_name",
            ValueTypes.INTERFACE_PATTERN, "The name of the session's interface, where it has one of its own. In a profile"
            + " with %i, so that each session has a name of its own: the tunnel id and session id in L2TPv2 (4 digits each), a 3 and"
            + " the session id in L2TPv3.")
            .elsewhere("ifname");
    public static final Parameter<SessionType> SESSION_TYPE = Parameter.of("session_type",
            ValueTypes.oneOf(SessionType.class), SessionType.LAIC,
            "Who asks for the call and which end we are: laic and lnoc are placed by us, lnic and laoc by the peer.");
    public static final Parameter<Boolean> SEQUENCING_REQUIRED = Parameter.of("sequencing_required",
            ValueTypes.BOOLEAN, false, "Ask for sequence numbers on every data packet and drop those without.");
    public static final Parameter<Boolean> USE_SEQUENCE_NUMBERS = Parameter.of("use_sequence_numbers",
            ValueTypes.BOOLEAN, false, "Send data packets with sequence numbers.");
    public static final Parameter<Boolean> USE_LENGTH = Parameter.of("use_length", ValueTypes.BOOLEAN, false,
            "Send data packets with a length field.");
    public static final Parameter<Boolean> USE_PRIORITY = Parameter.of("use_priority", ValueTypes.BOOLEAN, true,
            "Send PPP control frames with the priority bit.");
    public static final Parameter<Integer> OFFSET = Parameter.of("offset", ValueTypes.number(0, 255), 0,
            "Padding between the data header and the payload, in bytes.");
    public static final Parameter<Boolean> PPP_FRAMING = Parameter.of("ppp_hdlc_header", ValueTypes.BOOLEAN, true,
            "Send PPP frames with the bytes FF 03 in front; frames are understood either way.");
    public static final Parameter<Framing> FRAMING_TYPE = Parameter.of("framing_type",
            ValueTypes.oneOf(Framing.class), Framing.SYNC, "The framing of the call.");
    public static final Parameter<Bearer> BEARER_TYPE = Parameter.of("bearer_type", ValueTypes.oneOf(Bearer.class),
            Bearer.DIGITAL, "The bearer of the call.");
    public static final Parameter<Integer> CONNECT_SPEED = Parameter.of("connect_speed",
            ValueTypes.number(1, Integer.MAX_VALUE), 1_000_000_000,
            "The connect speed that we report, in bits per second; never 0, which some peers refuse. Of a call that a peer"
            + " asks us to place, it must lie between the bounds that the peer gives.").asLive();
    public static final Parameter<Integer> MINIMUM_BPS = Parameter.of("minimum_bps",
            ValueTypes.number(0, Integer.MAX_VALUE), 0,
            "The lowest line speed that will do for an outgoing call that we ask for (lnoc), in bits per second.");
    public static final Parameter<Integer> MAXIMUM_BPS = Parameter.of("maximum_bps",
            ValueTypes.number(1, Integer.MAX_VALUE), Integer.MAX_VALUE,
            "The highest line speed for an outgoing call that we ask for (lnoc), in bits per second.");
    public static final Parameter<Boolean> SPEED_UPDATES = Parameter.of("speed_updates", ValueTypes.BOOLEAN, false,
            "Announce to the LNS that we tell it when connect_speed changes while the call is up (RFC 5515).");
    public static final Parameter<String> AGENT_CIRCUIT_ID = Parameter.optional("agent_circuit_id",
            ValueTypes.LINE_NAME, "The Agent-Circuit-Id of the subscriber's line, for the LNS (RFC 5515).");
    public static final Parameter<String> AGENT_REMOTE_ID = Parameter.optional("agent_remote_id",
            ValueTypes.LINE_NAME, "The Agent-Remote-Id of the subscriber's line, for the LNS (RFC 5515).");
    public static final Parameter<Integer> LINE_RATE_UP = Parameter.optional("line_rate_up",
            ValueTypes.number(1, Integer.MAX_VALUE),
            "The Actual-Data-Rate-Upstream of the subscriber's line in bits per second, for the LNS (RFC 5515).");
    public static final Parameter<Integer> LINE_RATE_DOWN = Parameter.optional("line_rate_down",
            ValueTypes.number(1, Integer.MAX_VALUE),
            "The Actual-Data-Rate-Downstream of the subscriber's line in bits per second, for the LNS (RFC 5515).");
    public static final Parameter<String> CALLING_NUMBER = Parameter.optional("calling_number", ValueTypes.TEXT,
            "The Calling Number AVP.");
    public static final Parameter<String> CALLED_NUMBER = Parameter.optional("called_number", ValueTypes.TEXT,
            "The Called Number AVP.");
    public static final Parameter<String> SUB_ADDRESS = Parameter.optional("sub_address", ValueTypes.TEXT,
            "The Sub-Address AVP.");
    public static final Parameter<String> PRIV_GROUP_ID = Parameter.optional("priv_group_id", ValueTypes.TEXT,
            "The Private Group ID AVP.");
    public static final Parameter<Duration> IDLE_TIMEOUT = Parameter.of("idle_timeout",
            ValueTypes.zeroOrSeconds(1, 604_800), Duration.ZERO,
            "Close the session after this long without a data packet; 0 for never.").asLive();
    public static final Parameter<Duration> MAX_CONNECT_TIME = Parameter.of("max_connect_time",
            ValueTypes.zeroOrSeconds(1, 31_536_000), Duration.ZERO,
            "Close the session after this long; 0 for never.").asLive();

    private static final List<Parameter<?>> SHARED = List.of(PSEUDOWIRE_TYPE, PPP_PROFILE,
            REMOTE_END_ID, USE_TIEBREAKER, COOKIE_LENGTH, L2SPEC_TYPE, DATA_SEQUENCING, REORDER_TIMEOUT, VLAN_ID, BRIDGE, BRIDGE_ISOLATED,
            BRIDGE_TEMPORARY, MAC,
            INTERFACE_NAME, MTU, SESSION_TYPE, SEQUENCING_REQUIRED,
            USE_SEQUENCE_NUMBERS, USE_LENGTH, USE_PRIORITY, OFFSET, PPP_FRAMING, FRAMING_TYPE, BEARER_TYPE,
            CONNECT_SPEED, MINIMUM_BPS, MAXIMUM_BPS, SPEED_UPDATES, AGENT_CIRCUIT_ID, AGENT_REMOTE_ID, LINE_RATE_UP,
            LINE_RATE_DOWN, USER_NAME, USER_PASSWORD, CALLING_NUMBER, CALLED_NUMBER, SUB_ADDRESS, PRIV_GROUP_ID, IDLE_TIMEOUT,
            MAX_CONNECT_TIME);
    private static final List<Parameter<?>> OWN = List.of(PROFILE, SESSION_ID, PEER_SESSION_ID, COOKIE,
            PEER_COOKIE);

    static final List<Parameter<?>> OF_PROFILE = SHARED;
    static final List<Parameter<?>> OF_SESSION = TunnelParameters.concat(OWN, SHARED);

    private SessionParameters() {
    }
}
