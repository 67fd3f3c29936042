package org.isthmus.core.desired;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.PeerParameters;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SwitchParameters;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.core.net.IpNumber;

/**
 * The profiles of all sources, and which values hold for a tunnel or session that they serve. Immutable: any thread may
 * ask, and a worker keeps the one it was given until it gets the next.
 *
 * <p>What is set first wins. A tunnel: its own block, its tunnel profile, the tunnel profile {@code default}. A session:
 * its own block, its session profile, the session profile {@code default}; its PPP: its PPP profile, the PPP profile
 * {@code default}. Which session and PPP profile that is, is looked for in the session, its session profile (PPP only),
 * the tunnel, its tunnel profile, the peer profile, and then in the profiles named {@code default}. A profile that is
 * named but does not exist sets nothing.
 */
public final class Profiles {
    /** No profile at all: the schema's defaults hold. */
    public static final Profiles NONE = new Profiles(List.of());

    static final String DEFAULT = "default";

    private final Map<BlockType, Map<String, Block>> blocks = new HashMap<>();
    private final Map<BlockType, Map<String, Settings>> overDefault = new HashMap<>();
    private final Settings system;
    private final PeerIndex peers;

    /** @param all blocks of any type; tunnels are left aside */
    Profiles(Iterable<Block> all) {
        for (BlockType type : Schema.TOP_LEVEL) {
            blocks.put(type, new LinkedHashMap<>());
        }
        for (Block block : all) {
            if (block.type() != Schema.TUNNEL) {
                blocks.get(block.type()).putIfAbsent(block.name(), block);
            }
        }
        for (BlockType type : List.of(Schema.TUNNEL_PROFILE, Schema.SESSION_PROFILE, Schema.PPP_PROFILE)) {
            overDefault.put(type, merged(type));
        }
        Block systemBlock = blocks.get(Schema.SYSTEM).get("");
        system = systemBlock == null ? Settings.EMPTY : systemBlock.settings();
        peers = new PeerIndex(blocks.get(Schema.PEER_PROFILE).values());
    }

    /** What the {@code system} block says; empty where there is none. */
    public Settings system() {
        return system;
    }

    /** The profile, pool or system block with this name. */
    public Optional<Block> find(BlockType type, String name) {
        return Optional.ofNullable(blocks.get(type).get(name));
    }

    /** All address pools. */
    public List<Block> pools() {
        return List.copyOf(blocks.get(Schema.IPPOOL).values());
    }

    /** All switches, the first one first. */
    public List<Block> switches() {
        return List.copyOf(blocks.get(Schema.SWITCH).values());
    }

    /** The name of the tunnel to an LNS of a switch. */
    public static String onwardTunnelName(Block of, Block lns) {
        return of.name() + "-" + lns.name();
    }

    /** What is set for the tunnel to an LNS of a switch, the rest comes from its profile. */
    public static Settings onwardTunnel(Block lns) {
        Settings.Builder tunnel = Settings.builder();
        lns.settings().find(SwitchParameters.PEER).ifPresent(peer -> tunnel.set(TunnelParameters.PEER, peer));
        return tunnel.set(TunnelParameters.PROFILE, lns.settings().get(SwitchParameters.TUNNEL_PROFILE))
                .set(TunnelParameters.IDLE_TIMEOUT, lns.settings().get(SwitchParameters.IDLE_TIMEOUT)).build();
    }

    /** The values of a tunnel that somebody here asked for. */
    public ResolvedTunnel tunnel(Settings tunnel) {
        return tunnel(tunnel, tunnel.get(TunnelParameters.PROFILE), Optional.empty());
    }

    /** The values of a tunnel that a peer asks for; without a peer profile, those of the tunnel profile {@code default}. */
    public ResolvedTunnel tunnelOf(Optional<Block> peerProfile) {
        String profile = peerProfile.map(peer -> peer.settings().get(PeerParameters.TUNNEL_PROFILE)).orElse(DEFAULT);
        return tunnel(Settings.EMPTY, profile, peerProfile);
    }

    /**
     * The values of a call that a peer places: of the one of its session_profiles that has this remote_end_id, or of its
     * session_profile.
     *
     * @param remoteEndId what the call says, or empty
     */
    public ResolvedSession sessionOfPeer(ResolvedTunnel tunnel, String remoteEndId) {
        return tunnel.peer().flatMap(peer -> peer.settings().find(PeerParameters.SESSION_PROFILES)).orElse(List.of())
                .stream().filter(profile -> settings(Schema.SESSION_PROFILE, profile)
                        .find(SessionParameters.REMOTE_END_ID).filter(remoteEndId::equals).isPresent())
                .findFirst()
                .map(profile -> session(Settings.builder().set(SessionParameters.PROFILE, profile).build(), tunnel))
                .orElseGet(() -> session(Settings.EMPTY, tunnel));
    }

    /** The values of a session in a tunnel. */
    public ResolvedSession session(Settings session, ResolvedTunnel tunnel) {
        String profile = firstSet(List.of(session), SessionParameters.PROFILE)
                .or(() -> fromTunnel(tunnel, TunnelParameters.SESSION_PROFILE, PeerParameters.SESSION_PROFILE))
                .orElse(DEFAULT);
        Settings own = session.over(unlessDefault(Schema.SESSION_PROFILE, profile));
        Settings settings = session.over(settings(Schema.SESSION_PROFILE, profile));
        String pppProfile = firstSet(List.of(own), SessionParameters.PPP_PROFILE)
                .or(() -> fromTunnel(tunnel, TunnelParameters.PPP_PROFILE, PeerParameters.PPP_PROFILE))
                .or(() -> firstSet(List.of(settings), SessionParameters.PPP_PROFILE))
                .orElse(DEFAULT);
        return new ResolvedSession(settings, profile, settings(Schema.PPP_PROFILE, pppProfile), pppProfile);
    }

    /**
     * The peer profile that fits best: one that names both the address and the host name, before one that names the
     * address, before one that names the host name, before the one named {@code default}. Of several that name the
     * address, the one with the longest prefix.
     *
     * @param hostName the Host Name AVP; upper and lower case are the same
     */
    public Optional<Block> peerProfileFor(InetAddress source, String hostName) {
        return peers.match(IpNumber.high(source), IpNumber.low(source), hostName)
                .or(() -> find(Schema.PEER_PROFILE, DEFAULT));
    }

    /**
     * The {@code sccrq_rate_limit} of an address that a peer profile names, before its host name is known: of the
     * profile without a host name, or else the greatest of those with the longest prefix. Empty for an unknown address;
     * {@code 0.0.0.0/0} and {@code ::/0} fit every address and so make none known.
     *
     * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
     * @param low  the lower ones, or the IPv4 address
     */
    public OptionalInt requestLimitOf(long high, long low) {
        return peers.requestLimitOf(high, low);
    }

    private ResolvedTunnel tunnel(Settings tunnel, String profile, Optional<Block> peer) {
        return new ResolvedTunnel(tunnel.over(settings(Schema.TUNNEL_PROFILE, profile)), profile, peer,
                tunnel.over(unlessDefault(Schema.TUNNEL_PROFILE, profile)));
    }

    private static Optional<String> fromTunnel(ResolvedTunnel tunnel, Parameter<String> ofTunnel,
            Parameter<String> ofPeer) {
        return tunnel.withoutDefault().findSet(ofTunnel)
                .or(() -> tunnel.peer().flatMap(peer -> peer.settings().findSet(ofPeer)))
                .or(() -> tunnel.settings().findSet(ofTunnel));
    }

    private static Optional<String> firstSet(List<Settings> candidates, Parameter<String> parameter) {
        return candidates.stream().flatMap(settings -> settings.findSet(parameter).stream()).findFirst();
    }

    private Map<String, Settings> merged(BlockType type) {
        Settings base = ownSettings(type, DEFAULT);
        Map<String, Settings> merged = new HashMap<>();
        blocks.get(type).forEach((name, block) -> merged.put(name, block.settings().over(base)));
        return merged;
    }

    /** A profile's values over those of the one named default. */
    Settings settings(BlockType type, String name) {
        Settings found = overDefault.get(type).get(name);
        return found != null ? found : ownSettings(type, DEFAULT);
    }

    /** What a profile sets itself; the one named default comes last, so here it sets nothing. */
    private Settings unlessDefault(BlockType type, String name) {
        return name.equals(DEFAULT) ? Settings.EMPTY : ownSettings(type, name);
    }

    private Settings ownSettings(BlockType type, String name) {
        Block block = blocks.get(type).get(name);
        return block == null ? Settings.EMPTY : block.settings();
    }

    /** The names that blocks of a type have. */
    Set<String> names(BlockType type) {
        return blocks.get(type).keySet();
    }

    List<PeerIndex.Clash> clashes() {
        return peers.clashes();
    }
}
