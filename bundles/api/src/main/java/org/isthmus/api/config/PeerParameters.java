package org.isthmus.api.config;

import java.util.List;

/** What stands in a {@code peer profile}: whom it fits, and which profiles its tunnels and sessions take. */
public final class PeerParameters {
    public static final Parameter<List<Prefix>> PEER_ADDRESS = Parameter.optional("peer_ipaddr",
            ValueTypes.listOf(ValueTypes.PREFIX), "The peer's addresses; several blocks may be given.")
            .elsewhere("peer", "netmask", "peer_address", "peer_port");
    public static final Parameter<String> PEER_HOST_NAME = Parameter.optional("peer_host_name", ValueTypes.TEXT,
            "The peer's Host Name AVP. Unset: the profile's own name, where no peer_ipaddr is given either.")
            .elsewhere("profile_name", "peer_identifier", "host_name");
    public static final Parameter<Role> LAC_LNS = Parameter.of("lac_lns", ValueTypes.oneOf(Role.class), Role.LACLNS,
            "What we are to this peer.").elsewhere("role");
    public static final Parameter<Boolean> DENY = Parameter.of("deny", ValueTypes.BOOLEAN, false,
            "Refuse this peer's tunnels.").asLive();
    public static final Parameter<String> TUNNEL_PROFILE = Parameter.of("tunnel_profile",
            ValueTypes.nameOf("tunnel profile"), "default", "Where its tunnels' parameters come from.")
            .elsewhere("tunnel_profile_name");
    public static final Parameter<String> SESSION_PROFILE = Parameter.of("session_profile",
            ValueTypes.nameOf("session profile"), "default", "Where its sessions' parameters come from.")
            .elsewhere("session_profile_name");
    public static final Parameter<List<String>> SESSION_PROFILES = Parameter.optional("session_profiles",
            ValueTypes.listOf(ValueTypes.nameOf("session profile")),
            "Session profiles for calls of L2TPv3 with a Remote End ID: a call takes the one whose remote_end_id it says."
            + " Where there is none, it takes session_profile.");
    public static final Parameter<String> PPP_PROFILE = Parameter.of("ppp_profile",
            ValueTypes.nameOf("ppp profile"), "default", "Where its sessions' PPP parameters come from.")
            .elsewhere("ppp_profile_name", "pseudowire_profile");
    public static final Parameter<Integer> SCCRQ_RATE_LIMIT = Parameter.of("sccrq_rate_limit",
            ValueTypes.zeroOr(1, 1_000_000), 0,
            "The most tunnel requests in a second from each of its addresses; 0 for no limit.").asLive();

    static final List<Parameter<?>> ALL = List.of(PEER_ADDRESS, PEER_HOST_NAME, LAC_LNS, DENY, TUNNEL_PROFILE,
            SESSION_PROFILE, SESSION_PROFILES, PPP_PROFILE, SCCRQ_RATE_LIMIT);

    private PeerParameters() {
    }
}
