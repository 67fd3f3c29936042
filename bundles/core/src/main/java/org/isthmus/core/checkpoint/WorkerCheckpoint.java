package org.isthmus.core.checkpoint;

import java.util.List;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.RestingId;

/**
 * One worker's share.
 *
 * @param ports   its open ports; what uses one knows it by its place in this list
 * @param ours    the tunnels that somebody here asked for, up or not
 * @param tunnels those that have a way to their peer
 * @param resting tunnel identifiers that are not lent again yet
 */
public record WorkerCheckpoint(List<PortCheckpoint> ports, List<OursCheckpoint> ours, List<LiveTunnelCheckpoint> tunnels,
        List<RestingId> resting) {
}
