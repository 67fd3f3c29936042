package org.isthmus.api.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What stands in a {@code ppp profile}. */
public final class PppParameters {
    /** The {@link #PROVIDER} that is the engine itself. */
    public static final String INTERNAL = "internal";

    public static final Parameter<Integer> MRU = Parameter.of("mru", ValueTypes.number(128, 16_384), 1460,
            "The largest frame that we ask the peer to send, in bytes.");
    public static final Parameter<Integer> MTU = Parameter.of("mtu", ValueTypes.number(128, 16_384), 1460,
            "The largest packet that we send, if the peer's MRU allows it, in bytes.");
    public static final Parameter<Boolean> AUTH_PEER = Parameter.optional("auth_peer", ValueTypes.BOOLEAN,
            "Whether the peer must authenticate. Unset: yes for calls that we receive, no for those that we place.");
    public static final Parameter<Boolean> AUTH_PAP = method("pap", "PAP, which sends the password in clear");
    public static final Parameter<Boolean> AUTH_CHAP = method("chap", "CHAP with MD5");
    public static final Parameter<Boolean> AUTH_MSCHAPV1 = Parameter.of("auth_mschapv1", ValueTypes.BOOLEAN, false,
            "Allow MS-CHAP version 1, which is weak.");
    public static final Parameter<Boolean> AUTH_MSCHAPV2 = method("mschapv2", "MS-CHAP version 2");
    public static final Parameter<String> LOCAL_NAME = Parameter.optional("local_name", ValueTypes.TEXT,
            "Our name towards the peer in CHAP challenges. Unset: the system's host_name.")
            .elsewhere("name");
    public static final Parameter<Duration> CHAP_INTERVAL = Parameter.of("chap_interval",
            ValueTypes.zeroOrSeconds(1, 86_400), Duration.ZERO,
            "How often a peer is challenged again; 0 for once only.");
    public static final Parameter<Integer> MAX_AUTH_REQUESTS = Parameter.of("auth_max_requests",
            ValueTypes.number(1, 100), 10, "How often an authentication message is sent before we give up.")
            .elsewhere("pap_max_auth_requests", "chap_max_challenge");
    public static final Parameter<Duration> AUTH_RESTART = Parameter.of("auth_restart_interval",
            ValueTypes.seconds(1, 60), Duration.ofSeconds(3), "The wait between two of them.")
            .elsewhere("pap_restart_interval", "chap_restart");
    public static final Parameter<Integer> LCP_MAX_CONFIG_REQUESTS = Parameter.of("lcp_max_config_requests",
            ValueTypes.number(1, 100), 10, "How often LCP's Configure-Request is sent before we give up.");
    public static final Parameter<Integer> LCP_MAX_CONFIG_NAKS = Parameter.of("lcp_max_config_naks",
            ValueTypes.number(1, 100), 5, "How many of the peer's wishes are answered with another one before they are rejected.");
    public static final Parameter<Integer> LCP_MAX_TERMINATE_REQUESTS = Parameter.of("lcp_max_terminate_requests",
            ValueTypes.number(1, 100), 3, "How often Terminate-Request is sent.");
    public static final Parameter<Duration> LCP_RETRANSMIT_INTERVAL = Parameter.of("lcp_retransmit_interval",
            ValueTypes.seconds(1, 60), Duration.ofSeconds(3), "The wait between two LCP requests.");
    public static final Parameter<Integer> IPCP_MAX_CONFIG_REQUESTS = Parameter.of("ipcp_max_config_requests",
            ValueTypes.number(1, 100), 10, "How often IPCP's or IPV6CP's Configure-Request is sent before we give up.");
    public static final Parameter<Duration> IPCP_RETRANSMIT_INTERVAL = Parameter.of("ipcp_retransmit_interval",
            ValueTypes.seconds(1, 60), Duration.ofSeconds(3), "The wait between two of them.");
    public static final Parameter<Duration> LCP_ECHO_INTERVAL = Parameter.of("lcp_echo_interval",
            ValueTypes.zeroOrSeconds(1, 3600), Duration.ofSeconds(30),
            "How often the peer is asked whether it is there; 0 for never.").asLive();
    public static final Parameter<Integer> LCP_ECHO_FAILURE_COUNT = Parameter.of("lcp_echo_failure_count",
            ValueTypes.zeroOr(1, 100), 5,
            "How many questions in a row may stay unanswered before the session is closed; 0 for any number.").asLive();
    public static final Parameter<Boolean> IPV4 = Parameter.of("ipv4", ValueTypes.BOOLEAN, true, "Carry IPv4.");
    public static final Parameter<Boolean> IPV6 = Parameter.of("ipv6", ValueTypes.BOOLEAN, true,
            "Carry IPv6, with link-local addresses from IPV6CP.");
    public static final Parameter<InetAddress> LOCAL_ADDRESS = Parameter.optional("local_ipaddr",
            ValueTypes.IPV4_ADDRESS, "Our IPv4 address on the link. Unset: the peer gives us one, or the pool's gateway.");
    public static final Parameter<InetAddress> REMOTE_ADDRESS = Parameter.optional("remote_ipaddr",
            ValueTypes.IPV4_ADDRESS, "The peer's IPv4 address on the link. Unset: from the pool, or what the peer has.");
    public static final Parameter<String> IP_POOL = Parameter.optional("ip_pool_name", ValueTypes.nameOf("ippool"),
            "The pool that lends peers their addresses.")
            .elsewhere("ippool", "ip_pool", "pool");
    public static final Parameter<List<InetAddress>> DNS = Parameter.optional("dns_ipaddr",
            ValueTypes.listOf(ValueTypes.IPV4_ADDRESS, 2), "The name servers that peers are given; at most two.")
            .elsewhere("dns_ipaddr_pri", "dns_ipaddr_sec", "dns", "ms_dns");
    public static final Parameter<List<InetAddress>> WINS = Parameter.optional("wins_ipaddr",
            ValueTypes.listOf(ValueTypes.IPV4_ADDRESS, 2), "The NetBIOS name servers that peers are given; at most two.")
            .elsewhere("wins_ipaddr_pri", "wins_ipaddr_sec", "wins", "ms_wins");
    public static final Parameter<Boolean> ASK_DNS = Parameter.of("ask_dns", ValueTypes.BOOLEAN, false,
            "Ask the peer for name servers, show them, and list them in data/resolv.conf.");
    public static final Parameter<Boolean> DEFAULT_ROUTE = Parameter.of("default_route", ValueTypes.BOOLEAN, false,
            "Send everything that has no better route through the session.")
            .elsewhere("defaultroute");
    public static final Parameter<List<Prefix>> ROUTES = Parameter.optional("route",
            ValueTypes.listOf(ValueTypes.PREFIX), "Networks that are reached through the session.");
    public static final Parameter<Boolean> MSS_CLAMP = Parameter.of("mss_clamp", ValueTypes.BOOLEAN, true,
            "Lower the maximum segment size of TCP connections to what fits the link.");
    public static final Parameter<Boolean> INGRESS_FILTER = Parameter.of("ingress_filter", ValueTypes.BOOLEAN, true,
            "Drop packets from the peer whose source address is neither its own nor one of route.");

    public static final Parameter<ProxyUse> PROXY = Parameter.of("proxy", ValueTypes.oneOf(ProxyUse.class),
            ProxyUse.RENEGOTIATE, "What becomes of what a LAC has negotiated and collected for us (proxy LCP and"
            + " authentication): negotiate anew; accept it where it is what this profile asks for; or force it, whatever this"
            + " profile asks for. The user is judged in each case. Only a LAC that is trusted should be believed: it chose the"
            + " challenge itself.").elsewhere("allow_ppp_proxy", "use_ppp_proxy", "lcp_renegotiation");

    public static final Parameter<Boolean> MULTILINK = Parameter.of("multilink", ValueTypes.BOOLEAN, false,
            "Bundle the links of a user (RFC 1990): sessions whose peer shows the same endpoint discriminator and the same user are"
            + " one network connection, with one address. For calls that we place: those of one user_name and one ppp profile. Needs"
            + " the kernel's data plane.");

    public static final Parameter<String> PROVIDER = Parameter.of("ppp_provider", ValueTypes.TEXT, INTERNAL,
            "Who runs PPP: internal, which is the engine itself, or a plugin by its name, such as pppd, which starts the"
            + " system's pppd for each session and needs the kernel's data plane.");
    public static final Parameter<Boolean> PROXY_ARP = Parameter.of("proxy_arp", ValueTypes.BOOLEAN, false,
            "Answer for the peer's address on the network that it is part of (proxy ARP); the kernel does while it forwards.").elsewhere("proxyarp");
    public static final Parameter<MppeUse> MPPE = Parameter.of("mppe", ValueTypes.oneOf(MppeUse.class), MppeUse.OFF,
            "Whether packets are encrypted (RFC 3078): never; or always, or else the session ends. The keys come from MS-CHAP, so"
            + " auth_chap and auth_pap do not count then.");
    public static final Parameter<List<Integer>> MPPE_KEY_BITS = Parameter.of("mppe_key_bits",
            ValueTypes.listOf(ValueTypes.oneOf(128, 56, 40)), List.of(128), "How long the keys of mppe may be; the longest that the"
            + " other end takes too is used. 56 and 40 bits protect from nothing. The data plane kernel and pppd have no 56 bits.");
    public static final Parameter<MppeState> MPPE_STATEFUL = Parameter.of("mppe_stateful", ValueTypes.oneOf(MppeState.class),
            MppeState.NEVER, "Whether a key of mppe may serve for 256 packets instead of one: never, where the other end wants it"
            + " (allow), or asked for (prefer). It is less work, and after each loss such a session stands still for a moment: not"
            + " for lines that lose.");
    public static final Parameter<List<String>> PPPD_OPTIONS = Parameter.optional("pppd_options",
            ValueTypes.listOf(ValueTypes.TEXT), "With ppp_provider pppd: more lines for its options file, such as"
            + " \"plugin radius.so\"; they come last, so that they win.").elsewhere("pppd_args", "pppoptfile");

    static final List<Parameter<?>> ALL = List.of(MRU, MTU, AUTH_PEER, AUTH_PAP, AUTH_CHAP, AUTH_MSCHAPV1,
            AUTH_MSCHAPV2, LOCAL_NAME, CHAP_INTERVAL, MAX_AUTH_REQUESTS, AUTH_RESTART, LCP_MAX_CONFIG_REQUESTS,
            LCP_MAX_CONFIG_NAKS, LCP_MAX_TERMINATE_REQUESTS, LCP_RETRANSMIT_INTERVAL, IPCP_MAX_CONFIG_REQUESTS,
            IPCP_RETRANSMIT_INTERVAL, LCP_ECHO_INTERVAL, LCP_ECHO_FAILURE_COUNT, IPV4, IPV6, LOCAL_ADDRESS,
            REMOTE_ADDRESS, IP_POOL, DNS, WINS, ASK_DNS, DEFAULT_ROUTE, ROUTES, MSS_CLAMP, INGRESS_FILTER,
            PROXY, MULTILINK, PROVIDER, PROXY_ARP, MPPE, MPPE_KEY_BITS, MPPE_STATEFUL, PPPD_OPTIONS);

    private PppParameters() {
    }

    private static Parameter<Boolean> method(String name, String words) {
        return Parameter.of("auth_" + name, ValueTypes.BOOLEAN, true,
                "Allow " + words + ", when the peer authenticates to us or we to it.");
    }
}
