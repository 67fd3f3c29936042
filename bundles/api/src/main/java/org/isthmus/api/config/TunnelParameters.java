package org.isthmus.api.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What stands in a {@code tunnel profile} and in a {@code tunnel}. */
public final class TunnelParameters {
    /** Framings and bearers as the capability AVPs and call AVPs name them. */
    public enum Framing { SYNC, ASYNC, ANY }

    /** See {@link Framing}. */
    public enum Bearer { DIGITAL, ANALOG, ANY }

    public static final Parameter<Endpoint> PEER = Parameter.optional("peer", ValueTypes.ENDPOINT,
            "The peer's host and UDP port (1701 where none is given).").asRequired()
            .elsewhere("dest_ipaddr", "peer_ipaddr", "peer_address", "peer_udp_port", "peer_port", "lns", "remote");
    public static final Parameter<InetAddress> LOCAL_ADDRESS = Parameter.optional("local_address",
            ValueTypes.ADDRESS, "Our own address towards the peer. Unset: the system chooses.")
            .elsewhere("src_ipaddr", "local", "local_ipaddr");
    public static final Parameter<Integer> LOCAL_PORT = Parameter.of("our_udp_port", ValueTypes.zeroOr(1, 65535), 0,
            "Our own UDP port; 0 for any free one. 1701 suits firewalls and peers that insist on it.")
            .elsewhere("local_port", "udp_port");
    public static final Parameter<Integer> TUNNEL_ID = Parameter.optional("tunnel_id", ValueTypes.IDENTIFIER,
            "A fixed tunnel id (in L2TPv3 the control connection id); above 65535 only with version l2tpv3. Unset:"
            + " random.");
    public static final Parameter<Boolean> STATIC = Parameter.of("static", ValueTypes.BOOLEAN, false,
            "A tunnel of L2TPv3 without a control channel, as \"ip l2tp add tunnel\" makes it: both ends set the same"
            + " ids, nothing is negotiated, and no peer is missed when it is gone.").elsewhere("unmanaged");
    public static final Parameter<Integer> PEER_TUNNEL_ID = Parameter.optional("peer_tunnel_id",
            ValueTypes.IDENTIFIER, "The peer's tunnel id, of a static tunnel.");
    public static final Parameter<L2tpVersion> VERSION = Parameter.optional("version",
            ValueTypes.oneOf(L2tpVersion.class),
            "The L2TP that is spoken; auto is version 3, or version 2 with a peer that has no other. Unset: l2tpv2 where"
            + " we open the tunnel (l2tpv3 if it is static), and either where a peer does.");
    public static final Parameter<Encapsulation> ENCAP = Parameter.of("encap", ValueTypes.oneOf(Encapsulation.class),
            Encapsulation.UDP, "What carries the tunnel's packets: udp, or IP protocol 115, which needs L2TPv3.")
            .elsewhere("encapsulation", "encap_type");
    public static final Parameter<InetAddress> ROUTER_ID = Parameter.optional("router_id", ValueTypes.IPV4_ADDRESS,
            "Our Router ID AVP of L2TPv3. Unset: the system's router_id.");
    public static final Parameter<Digest> DIGEST = Parameter.optional("digest", ValueTypes.oneOf(Digest.class),
            "How control messages of L2TPv3 are authenticated with the secret. Unset: md5 where there is a secret,"
            + " else none.").elsewhere("digest_type");
    public static final Parameter<Boolean> PERSIST = Parameter.of("persist", ValueTypes.BOOLEAN, false,
            "Bring the tunnel and its sessions up again whenever they go down.").asLive();
    public static final Parameter<String> PROFILE = Parameter.of("profile", ValueTypes.nameOf("tunnel profile"),
            "default", "The tunnel profile to take values from.")
            .elsewhere("profile_name", "tunnel_profile", "tunnel_profile_name");
    public static final Parameter<String> SESSION_PROFILE = Parameter.optional("session_profile",
            ValueTypes.nameOf("session profile"), "The profile of sessions that name none.")
            .elsewhere("session_profile_name");
    public static final Parameter<String> PPP_PROFILE = Parameter.optional("ppp_profile",
            ValueTypes.nameOf("ppp profile"), "The PPP profile of sessions that name none.")
            .elsewhere("ppp_profile_name", "pseudowire_profile");
    public static final Parameter<String> HOST_NAME = Parameter.optional("host_name", ValueTypes.TEXT,
            "Our Host Name AVP. Unset: the system's host_name.");
    public static final Parameter<AuthMode> AUTH_MODE = Parameter.of("auth_mode", ValueTypes.oneOf(AuthMode.class),
            AuthMode.NONE, "What the peer must show: nothing; a matching peer profile; or that it knows the secret.");
    public static final Parameter<Secret> SECRET = Parameter.optional("secret", ValueTypes.SECRET,
            "The secret shared with the peer, for authentication and hidden AVPs, or @NAME for the one of that name in the"
            + " secrets file.");
    public static final Parameter<Boolean> HIDE_AVPS = Parameter.of("hide_avps", ValueTypes.BOOLEAN, false,
            "Hide the AVPs that may be hidden; needs a secret. Never in SCCRQ.");
    public static final Parameter<Boolean> USE_TIEBREAKER = Parameter.of("use_tiebreaker", ValueTypes.BOOLEAN, false,
            "Send a Tie Breaker, so that of two tunnels opened at once by both ends one remains. Left off, both come up.");
    public static final Parameter<Framing> FRAMING_CAP = Parameter.of("framing_cap",
            ValueTypes.oneOf(Framing.class), Framing.ANY, "The framings that we say we can do.");
    public static final Parameter<Bearer> BEARER_CAP = Parameter.of("bearer_cap", ValueTypes.oneOf(Bearer.class),
            Bearer.ANY, "The bearers that we say we can do.");
    public static final Parameter<Duration> HELLO_TIMEOUT = Parameter.of("hello_timeout",
            ValueTypes.zeroOrSeconds(1, 3600), Duration.ofSeconds(60),
            "How long the tunnel may be silent before a HELLO is sent; 0 for never.").asLive()
            .elsewhere("hello_interval");
    public static final Parameter<Integer> MAX_RETRIES = Parameter.of("max_retries", ValueTypes.number(1, 100), 5,
            "How often a control message is sent again before the tunnel is given up.").asLive();
    public static final Parameter<Duration> RETRY_TIMEOUT = Parameter.of("retry_timeout",
            ValueTypes.seconds(1, 8), Duration.ofSeconds(1),
            "The wait before the first repetition; it doubles each time, up to 8 seconds.").asLive();
    public static final Parameter<Duration> IDLE_TIMEOUT = Parameter.of("idle_timeout",
            ValueTypes.zeroOrSeconds(1, 86_400), Duration.ZERO,
            "How long a tunnel without sessions is kept; 0 for ever.").asLive();
    public static final Parameter<Integer> RX_WINDOW_SIZE = Parameter.of("rx_window_size",
            ValueTypes.number(4, 256), 16, "The receive window that we tell the peer, in control messages.");
    public static final Parameter<Integer> TX_WINDOW_SIZE = Parameter.of("tx_window_size",
            ValueTypes.number(1, 256), 64,
            "The most control messages that we leave unacknowledged, whatever window the peer allows.");
    public static final Parameter<Integer> MAX_SESSIONS = Parameter.of("max_sessions",
            ValueTypes.number(0, 65_535), 0, "The most sessions in the tunnel; 0 for no limit.").asLive();
    public static final Parameter<Boolean> USE_UDP_CHECKSUMS = Parameter.of("use_udp_checksums",
            ValueTypes.BOOLEAN, true, "Put a checksum into the UDP header (IPv6 always has one).");
    public static final Parameter<Boolean> DO_PMTU_DISCOVERY = Parameter.of("do_pmtu_discovery",
            ValueTypes.BOOLEAN, false, "Send data packets with Don't Fragment set, and let the MTU of sessions follow what the way to the"
            + " peer takes: what routers say by ICMP, and what pmtu_probes find out. In L2TPv3 and L2TPv2, over UDP and over IP.");
    public static final Parameter<Boolean> PMTU_PROBES = Parameter.of("pmtu_probes", ValueTypes.BOOLEAN, true,
            "With do_pmtu_discovery, probe the way with padded HELLOs, so that the MTU is found also where ICMP is filtered.");
    public static final Parameter<Integer> MTU = Parameter.of("mtu", ValueTypes.number(576, 16_384), 1460,
            "The largest packet that sessions carry, unless a PPP profile or the peer asks for less, in bytes.");

    public static final Parameter<String> DATAPLANE = Parameter.optional("dataplane", ValueTypes.DATAPLANE,
            "Which data plane carries the packets: user, kernel, another one's name, or auto. Unset: the system's dataplane.").asLive();
    public static final Parameter<Boolean> TAKE_OUTGOING_CALLS = Parameter.of("take_outgoing_calls",
            ValueTypes.BOOLEAN, false,
            "Place calls when the peer, as LNS, asks for them: each is connected at once, and PPP runs here as it does"
            + " for calls of our own. Otherwise they are refused.").asLive();
    public static final Parameter<Integer> CONTROL_DSCP = Parameter.optional("control_dscp",
            ValueTypes.number(0, 63), "The differentiated service of the control connection (RFC 3308), as a DSCP:"
            + " agreed on with the peer and put on its packets. Unset: nothing is asked for.");
    public static final Parameter<Integer> SESSION_DSCP = Parameter.optional("session_dscp",
            ValueTypes.number(0, 63), "The same for the sessions.");

    public static final Parameter<Boolean> FAILOVER = Parameter.of("failover", ValueTypes.BOOLEAN, false,
            "Let the tunnel and its sessions outlive a failure of either end, if the peer can too (RFC 4951): they are kept on"
            + " disk, and a peer that is silent is waited for as long as it asked.");
    public static final Parameter<Duration> RECOVERY_TIME = Parameter.of("recovery_time",
            ValueTypes.zeroOrMillis(1000, 3_600_000), Duration.ofSeconds(60),
            "With failover: how long the peer is asked to wait for us when we have failed; 0 for no longer than its retries.");

    private static final List<Parameter<?>> SHARED = List.of(VERSION, ENCAP, ROUTER_ID, DIGEST,
            LOCAL_ADDRESS, LOCAL_PORT, SESSION_PROFILE, PPP_PROFILE,
            HOST_NAME, AUTH_MODE, SECRET, HIDE_AVPS, USE_TIEBREAKER, FRAMING_CAP, BEARER_CAP, HELLO_TIMEOUT,
            MAX_RETRIES, RETRY_TIMEOUT, IDLE_TIMEOUT, RX_WINDOW_SIZE, TX_WINDOW_SIZE, MAX_SESSIONS,
            USE_UDP_CHECKSUMS, DO_PMTU_DISCOVERY, PMTU_PROBES, MTU, DATAPLANE, TAKE_OUTGOING_CALLS, CONTROL_DSCP,
            SESSION_DSCP, FAILOVER, RECOVERY_TIME);
    private static final List<Parameter<?>> OWN = List.of(PEER, PROFILE, TUNNEL_ID, STATIC, PEER_TUNNEL_ID,
            PERSIST);

    static final List<Parameter<?>> OF_PROFILE = SHARED;
    static final List<Parameter<?>> OF_TUNNEL = concat(OWN, SHARED);

    private TunnelParameters() {
    }

    static List<Parameter<?>> concat(List<Parameter<?>> first, List<Parameter<?>> second) {
        List<Parameter<?>> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
