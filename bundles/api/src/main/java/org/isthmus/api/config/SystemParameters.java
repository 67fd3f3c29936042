package org.isthmus.api.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What stands in the {@code system} block: the appliance as a whole. */
public final class SystemParameters {
    public static final Parameter<Boolean> LISTEN = Parameter.of("listen", ValueTypes.BOOLEAN, true,
            "Whether the appliance takes tunnels from peers at all; without it, it is a client only.");
    public static final Parameter<List<Endpoint>> LISTEN_ADDRESS = Parameter.optional("listen_address",
            ValueTypes.listOf(ValueTypes.ENDPOINT),
            "The addresses on which peers are heard. Unset: every IPv4 and IPv6 address, on udp_port.");
    public static final Parameter<Integer> UDP_PORT = Parameter.of("udp_port", ValueTypes.number(1, 65535), 1701,
            "The UDP port on which peers are heard.").elsewhere("port");
    public static final Parameter<Boolean> LISTEN_IP = Parameter.of("listen_ip", ValueTypes.BOOLEAN, false,
            "Whether peers are heard on IP protocol 115 as well, which is L2TPv3 without UDP, on the addresses of"
            + " listen_address. Needs CAP_NET_RAW.");
    public static final Parameter<InetAddress> ROUTER_ID = Parameter.optional("router_id", ValueTypes.IPV4_ADDRESS,
            "Our Router ID AVP of L2TPv3, unless a tunnel gives another; tunnels that are up keep it. Unset: made of the host name.").asLive();
    public static final Parameter<String> HOST_NAME = Parameter.optional("host_name", ValueTypes.TEXT,
            "Our name in the Host Name AVP, unless a tunnel profile gives another; tunnels that are up keep it. Unset: the machine's name.")
            .asLive();
    public static final Parameter<Integer> MAX_TUNNELS = Parameter.of("max_tunnels",
            ValueTypes.number(0, 1_000_000), 0, "The most tunnels at a time; 0 for no limit.").asLive();
    public static final Parameter<Integer> MAX_SESSIONS = Parameter.of("max_sessions",
            ValueTypes.number(0, 10_000_000), 0, "The most sessions at a time; 0 for no limit.").asLive();
    public static final Parameter<Boolean> DRAIN_TUNNELS = Parameter.of("drain_tunnels", ValueTypes.BOOLEAN, false,
            "Refuse every new tunnel, keep those that are up.").asLive().elsewhere("drain");
    public static final Parameter<Boolean> DENY_LOCAL_TUNNEL_CREATES = Parameter.of("deny_local_tunnel_creates",
            ValueTypes.BOOLEAN, false, "Refuse tunnels that an administrator or the file asks for.").asLive();
    public static final Parameter<Boolean> DENY_REMOTE_TUNNEL_CREATES = Parameter.of("deny_remote_tunnel_creates",
            ValueTypes.BOOLEAN, false, "Refuse tunnels that a peer asks for.").asLive();
    public static final Parameter<Duration> TUNNEL_ESTABLISH_TIMEOUT = Parameter.of("tunnel_establish_timeout",
            ValueTypes.zeroOrSeconds(1, 86_400), Duration.ofSeconds(120),
            "How long a tunnel may take to come up; 0 for no limit.").asLive();
    public static final Parameter<Duration> SESSION_ESTABLISH_TIMEOUT = Parameter.of("session_establish_timeout",
            ValueTypes.zeroOrSeconds(1, 86_400), Duration.ofSeconds(120),
            "How long a session may take to come up; 0 for no limit.").asLive();
    public static final Parameter<Duration> TUNNEL_PERSIST_PEND_TIMEOUT = Parameter.of("tunnel_persist_pend_timeout",
            ValueTypes.seconds(1, 86_400), Duration.ofSeconds(300),
            "How long a persistent tunnel that went down waits in the state RETRY before it is tried again.").asLive();
    public static final Parameter<Duration> SESSION_PERSIST_PEND_TIMEOUT = Parameter.of(
            "session_persist_pend_timeout", ValueTypes.seconds(1, 86_400), Duration.ofSeconds(60),
            "How long a session of a persistent tunnel waits before it is tried again.").asLive();
    public static final Parameter<Integer> HALF_OPEN_LIMIT = Parameter.of("half_open_limit",
            ValueTypes.number(1, 65_535), 1024,
            "The most tunnels from unknown peers that are not yet up; the oldest gives way to a new one.").asLive();
    public static final Parameter<Integer> HALF_OPEN_LIMIT_PER_SOURCE = Parameter.of("half_open_limit_per_source",
            ValueTypes.number(1, 65_535), 16, "The same for one source address (IPv6: one /64).").asLive();
    public static final Parameter<Integer> SCCRQ_RATE_LIMIT = Parameter.of("sccrq_rate_limit",
            ValueTypes.zeroOr(1, 1_000_000), 1000,
            "The most tunnel requests from unknown peers that are looked at in a second; 0 for no limit.").asLive();
    public static final Parameter<Integer> SCCRQ_RATE_LIMIT_PER_SOURCE = Parameter.of("sccrq_rate_limit_per_source",
            ValueTypes.zeroOr(1, 1_000_000), 20, "The same for one source address (IPv6: one /64).").asLive();
    public static final Parameter<Integer> CALL_RATE_LIMIT = Parameter.of("call_rate_limit",
            ValueTypes.zeroOr(1, 1_000_000), 0,
            "The most calls from peers that are accepted in a second, over all tunnels; 0 for no limit.").asLive();
    public static final Parameter<Integer> WORKERS = Parameter.of("workers", ValueTypes.zeroOr(1, 256), 0,
            "The engine's worker threads; 0 for one per processor core.");
    public static final Parameter<String> DATAPLANE = Parameter.of("dataplane", ValueTypes.DATAPLANE, "auto",
            "Which data plane carries the packets of tunnels that name none: user, this process; kernel, Linux's L2TP; another one's"
            + " name; or auto, the kernel where it can and otherwise user.").asLive();
    public static final Parameter<InterfaceMode> INTERFACE_MODE = Parameter.of("interface_mode",
            ValueTypes.oneOf(InterfaceMode.class), InterfaceMode.SHARED,
            "Userspace data plane: one interface that all PPP sessions share, or one for each; sessions that are up keep theirs.").asLive();
    public static final Parameter<String> SHARED_INTERFACE_NAME = Parameter.of("shared_interface_name",
            ValueTypes.INTERFACE_NAME, "l2tp0", "The name of the shared interface; sessions that are up keep theirs.").asLive();
    public static final Parameter<Boolean> AUTONAME_INTERFACES = Parameter.of("autoname_interfaces", ValueTypes.BOOLEAN, false,
            "Name the interfaces that no interface_name names ourselves, l2tpe%i for Ethernet and VLANs and l2tpp%i for PPP that has an"
            + " interface each (dataplane kernel, interface_mode per_session): the kernel numbers at most 32,768 of a kind, and the"
            + " slower the more there are.").asLive();
    public static final Parameter<Integer> PPP_STARTUP_RATE_LIMIT = Parameter.of("ppp_startup_rate_limit",
            ValueTypes.zeroOr(1, 10_000), 50, "The most pppd that are started in a second, where ppp_provider is pppd; the"
            + " others wait for their turn; 0 for no limit.").asLive();
    public static final Parameter<Integer> PPP_STARTUP_CONCURRENCY_LIMIT = Parameter.of("ppp_startup_concurrency_limit",
            ValueTypes.zeroOr(1, 10_000), 100, "The most pppd that negotiate at a time, started and not yet up; 0 for no limit.")
            .asLive();
    public static final Parameter<String> SECRETS_FILE = Parameter.of("secrets_file", ValueTypes.TEXT, "l2tp-secrets",
            "The file with the users of PPP and the secrets that stand here as @NAME, in chap-secrets syntax; a relative"
            + " name is looked for beside l2tpd.conf. Only its owner may be able to read it (mode 600).").asLive();

    static final List<Parameter<?>> ALL = List.of(LISTEN, LISTEN_ADDRESS, UDP_PORT, LISTEN_IP, HOST_NAME, ROUTER_ID, MAX_TUNNELS,
            MAX_SESSIONS, DRAIN_TUNNELS, DENY_LOCAL_TUNNEL_CREATES, DENY_REMOTE_TUNNEL_CREATES,
            TUNNEL_ESTABLISH_TIMEOUT, SESSION_ESTABLISH_TIMEOUT, TUNNEL_PERSIST_PEND_TIMEOUT,
            SESSION_PERSIST_PEND_TIMEOUT, HALF_OPEN_LIMIT, HALF_OPEN_LIMIT_PER_SOURCE, SCCRQ_RATE_LIMIT,
            SCCRQ_RATE_LIMIT_PER_SOURCE, CALL_RATE_LIMIT, WORKERS, DATAPLANE, INTERFACE_MODE, SHARED_INTERFACE_NAME,
            AUTONAME_INTERFACES, PPP_STARTUP_RATE_LIMIT, PPP_STARTUP_CONCURRENCY_LIMIT, SECRETS_FILE);

    private SystemParameters() {
    }
}
