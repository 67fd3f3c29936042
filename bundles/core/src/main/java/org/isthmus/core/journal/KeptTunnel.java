package org.isthmus.core.journal;

import java.util.Optional;

import org.isthmus.core.checkpoint.BlockCheckpoint;
import org.isthmus.core.checkpoint.LiveTunnelCheckpoint;

/**
 * A tunnel that has a way to its peer.
 *
 * @param tunnel without its sessions; ports are their numbers here
 * @param onward of a tunnel that leads to an LNS that calls are switched to: what it was made of
 */
public record KeptTunnel(LiveTunnelCheckpoint tunnel, Optional<BlockCheckpoint> onward) {
    static final String KEY = "t.";

    /** Its key. */
    public static String key(int tunnelId) {
        return KEY + Integer.toUnsignedString(tunnelId);
    }
}
