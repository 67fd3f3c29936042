package org.isthmus.core.desired;

import java.util.Optional;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;

/**
 * The values that hold for a tunnel.
 *
 * @param settings       the tunnel's own over its profile's over those of the profile {@code default}; what is left open
 *                       has the schema's default
 * @param profile        the name of its tunnel profile
 * @param peer           the peer profile that it was made by, for a tunnel that a peer asked for
 * @param withoutDefault {@code settings} without those of the profile {@code default}
 */
public record ResolvedTunnel(Settings settings, String profile, Optional<Block> peer, Settings withoutDefault) {

    /** The name of the peer profile, or empty. */
    public String peerProfile() {
        return peer.map(Block::name).orElse("");
    }

    /** The L2TP that we speak in a tunnel of ours. */
    public L2tpVersion version() {
        return settings.find(TunnelParameters.VERSION)
                .orElse(settings.get(TunnelParameters.STATIC) ? L2tpVersion.L2TPV3 : L2tpVersion.L2TPV2);
    }
}
