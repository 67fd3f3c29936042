package org.isthmus.api.config;

import java.util.List;
import java.util.Optional;

/** Every kind of block of l2tpd.conf. */
public final class Schema {
    public static final BlockType SYSTEM = new BlockType("system", false,
            "The appliance as a whole. One block at the most.", SystemParameters.ALL, List.of());
    public static final BlockType PEER_PROFILE = new BlockType("peer profile", true,
            "Whom we talk to: matched by a peer's address or host name when it asks for a tunnel. The profile named"
            + " default takes every peer that no other fits.", PeerParameters.ALL, List.of());
    public static final BlockType TUNNEL_PROFILE = new BlockType("tunnel profile", true,
            "Values for tunnels that name it. What a profile leaves open comes from the one named default.",
            TunnelParameters.OF_PROFILE, List.of());
    public static final BlockType SESSION_PROFILE = new BlockType("session profile", true,
            "Values for sessions that name it. What a profile leaves open comes from the one named default.",
            SessionParameters.OF_PROFILE, List.of());
    public static final BlockType PPP_PROFILE = new BlockType("ppp profile", true,
            "Values for the PPP of sessions that name it. What a profile leaves open comes from the one named default.",
            PppParameters.ALL, List.of());
    public static final BlockType IPPOOL = new BlockType("ippool", true,
            "Addresses that are lent to PPP peers.", PoolParameters.ALL, List.of());
    public static final BlockType SESSION = new BlockType("session", true,
            "A session that is placed when its tunnel is up. Stands inside its tunnel.",
            SessionParameters.OF_SESSION, List.of());
    public static final BlockType TUNNEL = new BlockType("tunnel", true,
            "A tunnel that we open.", TunnelParameters.OF_TUNNEL, List.of(SESSION));

    public static final BlockType SWITCH_LNS = new BlockType("lns", true,
            "An LNS that calls are switched to. Stands inside its switch; its tunnel is opened when first needed.",
            SwitchParameters.OF_LNS, List.of());
    public static final BlockType SWITCH = new BlockType("switch", true,
            "Calls of LACs that are passed on to other LNSes. A call must fit every kind of condition that is given, and of"
            + " each kind one value; without conditions every call fits. The first switch that fits takes the call.",
            SwitchParameters.OF_SWITCH, List.of(SWITCH_LNS));

    /** The blocks that may stand at the top of a file, in the manual's order. */
    public static final List<BlockType> TOP_LEVEL = List.of(SYSTEM, PEER_PROFILE, TUNNEL_PROFILE, SESSION_PROFILE,
            PPP_PROFILE, IPPOOL, SWITCH, TUNNEL);

    private Schema() {
    }

    public static Optional<BlockType> topLevel(String keyword) {
        for (BlockType type : TOP_LEVEL) {
            if (type.keyword().equals(keyword)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
